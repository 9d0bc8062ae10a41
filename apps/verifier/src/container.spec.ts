import 'reflect-metadata';
import { FixedClock } from '@nba/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_GAME_TYPES, STATE_TABLES } from '@nba/kernel';
import { Survey, Verifier } from '@nba/pipeline';
import { Configuration } from '@nba/command-line';
import { parseScope } from '@nba/schedule';
import { openDuckDbWarehouse } from '@nba/warehouse-duckdb';
import { registry } from '@nba/wiring';
import { withSurvey, withVerifier } from './container';

describe('the verifier container', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nba-wiring-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const clock = new FixedClock('2025-07-01T00:00:00Z');
  const configuration = new Configuration({ warehouse: `duckdb:${join(folder, 'w.duckdb')}` }, {});
  const open = (use: (verifier: Verifier) => Promise<void>) => withVerifier(configuration, { gameTypes: DEFAULT_GAME_TYPES }, clock, use);

  it('says that there is no warehouse rather than make one', async () => {
    await expect(open(async () => undefined)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('resolves the verifier over an existing file and closes it again', async () => {
    const warehouse = await openDuckDbWarehouse({ file: configuration.warehouseFile, clock, command: 'wiring test' });
    for (const table of [...STATE_TABLES, ...registry.processors.map((processor) => processor.table)]) await warehouse.ensureTable(table);
    await warehouse.close();
    await open(async (verifier) => {
      expect(verifier).toBeInstanceOf(Verifier);
      expect((await verifier.verifyPhase(4, { from: '2025-01-01' as never, to: '2025-01-31' as never })).complete).toBe(false);
    });
    await open(async (verifier) => expect(verifier).toBeInstanceOf(Verifier));
  });

  it('resolves the survey over the warehouse and a lake, and says when there is no lake', async () => {
    const survey = (lake: string) => withSurvey(new Configuration({ warehouse: `duckdb:${configuration.warehouseFile}`, lake }, {}), { gameTypes: DEFAULT_GAME_TYPES }, clock, async (one) => {
      expect(one).toBeInstanceOf(Survey);
      return (await one.read(parseScope({ season: ['2024-25'] }))).seasons.map(({ scheduled }) => scheduled);
    });
    expect(await survey(folder)).toEqual([false]);
    await expect(survey(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'LAKE_UNREADABLE' });
  });
});
