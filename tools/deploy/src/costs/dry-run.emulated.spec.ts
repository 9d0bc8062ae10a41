import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Storage } from '@google-cloud/storage';
import { systemClock } from '@nba/command-line';
import { DEFAULT_GAME_TYPES, type GameDate, parseGameDate, rangeParameters, sql, tableId } from '@nba/kernel';
import { Backfill, RUN_DEFAULTS, renderQuery } from '@nba/pipeline';
import { openFolderLake } from '@nba/raw-lake';
import { LocalEventBus } from '@nba/events-local';
import { generateLeague } from '@nba/sample-league';
import { parseScope } from '@nba/schedule';
import { type BigQueryWarehouse, openBigQueryWarehouse } from '@nba/warehouse-bigquery';
import { openDuckDbWarehouse } from '@nba/warehouse-duckdb';
import { registry } from '@nba/wiring';
import { type MeasuredTables, measureTables } from './measure-tables';
import { replacementStatements } from './replacement-statements';

const bigQuery = process.env['BIGQUERY_EMULATOR_HOST'];
const storage = process.env['STORAGE_EMULATOR_HOST'];
const [SEASON, GAME_DATES] = ['2024-25', 40] as const;
/** Columns that a relation hands on and the query leaves alone, or that a join reads once more: 6 % at most, seen in both directions. */
const TOLERANCE = 0.1;
const settings = { gameTypes: DEFAULT_GAME_TYPES };

if (bigQuery && storage) {
  jest.setTimeout(300_000);
  describe('the bytes that the costs are computed from', () => {
    const folder = mkdtempSync(join(tmpdir(), 'nba-dry-run-'));
    const file = join(folder, 'w.duckdb');
    const dates: GameDate[] = [];
    let warehouse: BigQueryWarehouse;
    let measured: MeasuredTables;

    beforeAll(async () => {
      const lake = openFolderLake(join(folder, 'lake'));
      for (const { path, text } of generateLeague({ seasons: [SEASON] })) {
        const date = /player-boxscores\/([\d-]+)\//.exec(path)?.[1];
        if (date) dates.push(parseGameDate(date));
        await lake.write(path, text);
      }
      dates.sort().splice(GAME_DATES);
      const clock = systemClock();
      const local = await openDuckDbWarehouse({ file, clock, command: 'spec' });
      const backfill = new Backfill({ registry, warehouse: local, lake, bus: new LocalEventBus(), clock, settings });
      const scope = parseScope({ startDate: String(dates[0]), endDate: String(dates.at(-1)) });
      await backfill.run({ ...RUN_DEFAULTS, phases: [2, 3, 4], scope, trigger: 'spec', holder: 'spec' });

      const project = `nba-${randomUUID().slice(0, 8)}`;
      const cloud = new Storage({ projectId: project, apiEndpoint: storage });
      cloud.baseUrl = `${cloud.apiEndpoint}/storage/v1`;
      await cloud.createBucket(`${project}-nba-lake`);
      warehouse = openBigQueryWarehouse({ project, clock, apiEndpoint: bigQuery, storageEndpoint: storage });
      for (const { table } of registry.processors) {
        await warehouse.ensureTable(table);
        await warehouse.append(table, await local.query(sql`SELECT * FROM ${table}`.text));
      }
      await local.close();
      measured = await measureTables(file, registry.processors.map(({ table }) => table));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const queries = registry.processors.filter(({ kind }) => kind === 'query').map((processor) => [processor.table.name, processor] as const);
    it.each(queries)('are those that a dry run tells of the query of %s, for a date and for a range', async (_, processor) => {
      for (const [from, to] of [[dates.at(-1), dates.at(-1)], [dates[10], dates[30]]] as [GameDate, GameDate][]) {
        const { bytesProcessed } = await warehouse.estimateCost({ text: renderQuery(processor, settings).text, parameters: rangeParameters({ from, to }) });
        const computed = Object.values(replacementStatements(processor, measured, { from, to }, false)['rows'] ?? {}).reduce((sum, bytes) => sum + bytes, 0);
        expect(bytesProcessed).toBeGreaterThan(0);
        expect([tableId(processor.table), from, to, Math.abs(computed / bytesProcessed - 1) < TOLERANCE, computed, bytesProcessed]).toEqual([tableId(processor.table), from, to, true, computed, bytesProcessed]);
      }
    });
  });
} else {
  describe('the bytes that the costs are computed from', () => {
    it.skip('need the emulators: npm run emulated', () => undefined);
  });
}
