import { readFileSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunEvent } from '@nba/open-lineage';
import { findLineageFaults } from './open-lineage-schemas.fixture';
import { type Ended, Programs, Workplace, answer } from './programs.fixture';
import { D1, SEASON, tinyLake } from './tiny-lake.fixture';

/** Building programs and running them takes its time on a busy machine. */
jest.setTimeout(90_000);

describe('a built program that is watched', () => {
  const place = new Workplace();
  let programs: Programs;
  beforeAll(() => {
    programs = new Programs();
    tinyLake(place.path('lake'));
  });
  afterAll(() => {
    programs.remove();
    place.remove();
  });

  const phases = (warehouse: string, ...args: string[]): Promise<Ended> => programs.backfill(['phase2', '--season', SEASON, ...place.at(warehouse), ...args]);
  const eventsIn = (text: string): RunEvent[] => text.trimEnd().split('\n').map((line) => JSON.parse(line) as RunEvent);

  it('writes lineage that keeps to the published schemas: a start and an end for every run of its history', async () => {
    const file = place.path('lineage/events.ndjson');
    const ended = await phases('told.duckdb', '--json', '--open-lineage', `file:${file}`);
    const events = eventsIn(readFileSync(file, 'utf8'));
    expect(events.flatMap(findLineageFaults)).toEqual([]);
    const history = async (columns: string, where: string) =>
      answer<Record<string, string | number>[]>(await programs.backfill(['sql', `SELECT ${columns} FROM nba_reference.processor_run_history WHERE ${where}`, ...place.at('told.duckdb'), '--json']));
    const idsOf = (rows: readonly Record<string, unknown>[]) => [...new Set(rows.map((row) => String(row['run_id'])))].sort();
    const told = (...types: RunEvent['eventType'][]) => events.filter(({ eventType }) => types.includes(eventType)).map(({ run }) => ({ run_id: run.facets['nba_run']?.['runId'] }));
    const ran = idsOf(await history('DISTINCT run_id', `status = 'running'`));
    expect(ended.code).not.toBe(4);
    expect(ran.length).toBeGreaterThan(2);
    expect([idsOf(told('START')), idsOf(told('COMPLETE', 'FAIL', 'ABORT'))]).toEqual([ran, ran]);
    expect(events).toHaveLength(ran.length * 2);
    expect(idsOf(told('FAIL'))).toEqual(idsOf(await history('DISTINCT run_id', `status = 'failed'`)));
    const [stored] = await history('SUM(rows_stored) AS n', `status IN ('success', 'partial', 'empty_ok')`);
    const counted = events.flatMap(({ outputs }) => outputs).reduce((sum, { outputFacets }) => sum + Number(outputFacets?.['outputStatistics']?.['rowCount'] ?? 0), 0);
    expect(counted).toBe(Number(stored?.['n']));
  });

  it('comes to the same end where nobody takes the lineage, and says so once', async () => {
    const nobody: Server = createServer();
    await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(nobody.address() as AddressInfo).port}/api/v1/lineage`;
    await new Promise((resolve) => nobody.close(resolve));
    const told = await phases('untold.duckdb', '--skip-downstream-trigger', '--open-lineage', url);
    const plain = await phases('plain.duckdb', '--skip-downstream-trigger');
    expect(told.code).toBe(plain.code);
    expect(told.err.match(/events cannot be delivered/g)).toHaveLength(1);
    expect(plain.err).not.toContain('OpenLineage');
    expect((await phases('never.duckdb', '--open-lineage', 'ftp://x')).code).toBe(2);
  });

  it('prints its spans through an SDK that is loaded before it: its own copy of the API is the same API', async () => {
    const setup = place.path('tracing.js');
    writeFileSync(setup, [
      `const { ConsoleSpanExporter, NodeTracerProvider, SimpleSpanProcessor } = require('${require.resolve('@opentelemetry/sdk-trace-node')}');`,
      'new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(new ConsoleSpanExporter())] }).register();',
    ].join('\n'));
    const args = ['phase2', '--date', D1, '--skip-downstream-trigger', ...place.at('traced.duckdb')];
    const { out, err } = await programs.start('backfill', args, { environment: { NODE_OPTIONS: `--require ${setup}` } }).ended;
    expect(err).not.toContain('Error');
    for (const name of ['request backfill', 'plan nba_raw.nbac_player_boxscore', 'group nba_raw.nbac_player_boxscore', 'statement REPLACE nba_raw.nbac_player_boxscore']) expect(out).toContain(`name: '${name}'`);
    expect(new Set(out.match(/traceId: '[0-9a-f]{32}'/g)).size).toBe(2);
    expect((await programs.backfill(args)).out).not.toContain('traceId');
  });
});
