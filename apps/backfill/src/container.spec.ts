import 'reflect-metadata';
import { FixedClock } from '@nba/testing';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_GAME_TYPES } from '@nba/kernel';
import { Backfill, CorrectionWatch, PipelineStatus } from '@nba/pipeline';
import { Configuration } from '@nba/command-line';
import { BackfillApp, withApp } from './container';

describe('the backfill container', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nba-wiring-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const file = join(folder, 'w.duckdb');
  const open = <T>(readOnly: boolean, use: (app: BackfillApp) => Promise<T>): Promise<T> =>
    withApp(new Configuration({ warehouse: `duckdb:${file}`, lake: join(folder, 'lake') }, {}), { gameTypes: DEFAULT_GAME_TYPES },
      { clock: new FixedClock('2025-07-01T00:00:00Z'), command: 'wiring test', readOnly }, use);

  it('makes nothing when it is told to find a warehouse', async () => {
    await expect(open(true, async () => undefined)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(existsSync(file)).toBe(false);
  });

  it('resolves the root with one warehouse for all of it, and closes the file', async () => {
    await open(false, async (app) => {
      expect(app).toBeInstanceOf(BackfillApp);
      expect(app.backfill).toBeInstanceOf(Backfill);
      expect(app.status).toBeInstanceOf(PipelineStatus);
      expect(app.corrections).toBeInstanceOf(CorrectionWatch);
      expect(app.lake.location).toBe(join(folder, 'lake'));
      expect(await app.warehouse.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });
    expect(existsSync(`${file}.owner.json`)).toBe(false);
    // Still open for writing in this process, the file would be refused.
    await open(true, async (app) => expect(app.warehouse.location).toBe(file));
  });

  it('closes the file when the work fails', async () => {
    await expect(open(false, () => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
    await open(true, async (app) => expect(app.warehouse.location).toBe(file));
  });
});
