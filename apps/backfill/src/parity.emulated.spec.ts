import { randomUUID } from 'node:crypto';
import { type Cell, type Clock, type Row, type TableDefinition, type Warehouse, columnList, columnNames, identifier, keyColumns, processorRunHistory, sql, tableId } from '@nba/kernel';
import { LocalEventBus } from '@nba/events-local';
import { Backfill, RUN_DEFAULTS, isComplete } from '@nba/pipeline';
import { openFolderLake } from '@nba/raw-lake';
import { parseScope } from '@nba/schedule';
import { openBigQueryWarehouse } from '@nba/warehouse-bigquery';
import { openDuckDbWarehouse } from '@nba/warehouse-duckdb';
import { Storage } from '@google-cloud/storage';
import { registry } from '@nba/wiring';
import { REAL_LAKE, describeOnRealData } from './lake-folder.fixture';

/** From the season's first game, so that every window of January is full. NBA_PARITY_TO ends it earlier: for a quick look. */
const FROM = '2024-10-22';
const TO = process.env['NBA_PARITY_TO'] ?? '2025-01-31';
const bigQuery = process.env['BIGQUERY_EMULATOR_HOST'];
const storage = process.env['STORAGE_EMULATOR_HOST'];
const HOUR_MS = 3_600_000;

const clock: Clock = { now: () => new Date(), sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)) };

async function loadSeason(warehouse: Warehouse): Promise<string[]> {
  const parts = { registry, warehouse, lake: openFolderLake(REAL_LAKE), bus: new LocalEventBus(), clock, settings: { gameTypes: ['regular-season'] as const } };
  const scope = parseScope({ startDate: FROM, endDate: TO });
  const request = { ...RUN_DEFAULTS, phases: [2, 3, 4] as const, scope, trigger: 'parity', holder: 'parity', skipDownstreamTrigger: true };
  const outcome = await new Backfill(parts).run(request, ({ processor, range, done, total }) => {
    if (process.env['NBA_PARITY_TO']) process.stderr.write(`${warehouse.location} ${new Date().toISOString()} ${processor} ${range?.from} ${done}/${total}\n`);
  });
  const incomplete = outcome.phases.flatMap(({ outcomes }) => outcomes.filter((unit) => !isComplete(unit)));
  return incomplete.map(({ processor, date, status, fault }) => `${processor.name} ${date} ${status}: ${fault}`);
}

async function rowsOf(warehouse: Warehouse, table: TableDefinition): Promise<readonly Row[]> {
  const partition = identifier(table.partition);
  const { text } = sql`SELECT ${columnList(columnNames(table))} FROM ${table} WHERE ${partition} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)
    ORDER BY ${columnList(keyColumns(table))}`;
  return warehouse.query(text, { from: '2024-07-01', to: '2025-06-30' });
}

/** Equal by value and kind; floats to the bit, so that 0 and -0 differ. */
function firstDifference(ours: readonly Row[], theirs: readonly Row[]): string | undefined {
  for (let i = 0; i < Math.max(ours.length, theirs.length); i++) {
    for (const column of Object.keys(ours[i] ?? theirs[i] ?? {})) {
      const [one, other]: (Cell | undefined)[] = [ours[i]?.[column], theirs[i]?.[column]];
      if (!Object.is(one, other)) return `row ${i}, ${column}: ${String(one)} and ${String(other)} in ${JSON.stringify(ours[i] ?? theirs[i])}`;
    }
  }
  return undefined;
}

const tables = registry.processors.map(({ table }) => table);

if (bigQuery && storage) {
  describeOnRealData('one pipeline on two engines', () => {
    let duckDb: Warehouse;
    let emulated: Warehouse;
    let failures: string[][] = [];
    beforeAll(async () => {
      const project = `nba-${randomUUID().slice(0, 8)}`;
      const client = new Storage({ projectId: project, apiEndpoint: storage });
      client.baseUrl = `${client.apiEndpoint}/storage/v1`;
      await client.createBucket(`${project}-nba-lake`);
      duckDb = await openDuckDbWarehouse({ file: ':memory:', clock, command: 'parity' });
      emulated = openBigQueryWarehouse({ project, clock, apiEndpoint: bigQuery, storageEndpoint: storage });
      failures = [await loadSeason(duckDb), await loadSeason(emulated)];
    }, HOUR_MS);
    afterAll(async () => {
      await duckDb?.close();
      await emulated?.close();
    });

    it('runs every unit on both', () => expect(failures).toEqual([[], []]));

    it.each(tables.map((table) => [tableId(table), table] as const))('stores the same rows in %s, to the bit', async (_, table) => {
      const ours = await rowsOf(duckDb, table);
      expect(ours.length).toBeGreaterThan(0);
      expect(firstDifference(ours, await rowsOf(emulated, table))).toBeUndefined();
    }, HOUR_MS);

    it('records the same for every unit', async () => {
      const text = sql`SELECT processor_name, data_date, status, rows_stored, rows_expected, rows_missing, rows_changed, output_version, input_versions, coverage_gaps, errors
        FROM ${processorRunHistory} WHERE status <> 'running' ORDER BY processor_name, data_date, output_version`.text;
      expect(firstDifference(await duckDb.query(text), await emulated.query(text))).toBeUndefined();
    });
  });
} else {
  it.skip('one pipeline on two engines: needs BIGQUERY_EMULATOR_HOST and STORAGE_EMULATOR_HOST (npm run emulated)', () => undefined);
}
