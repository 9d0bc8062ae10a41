import * as fc from 'fast-check';
import { type Row, type RunStatus, parseGameDate, partitionChanges, processorRunHistory } from '@nba/kernel';
import { memoryWarehouse } from '@nba/testing';
import { toyForm, toyPoints } from '../toy-processors.fixture';
import { RunHistory } from './run-history';
import type { RecordedRun } from './recorded-run';

const DATES = ['2025-01-01', '2025-01-02', '2025-01-03'].map((date) => parseGameDate(date));
const PROCESSORS = [toyPoints, toyForm];
const STATUSES: readonly RunStatus[] = ['running', 'success', 'partial', 'empty_ok', 'failed', 'blocked'];
const second = (n: number): string => `2025-02-01T00:00:${String(n).padStart(2, '0')}.000Z`;

/** What runs have written of some units; few instants, so that several began at one. Each version of a table is made once. */
const histories = fc.array(fc.record({
  processor: fc.constantFrom(...PROCESSORS), date: fc.constantFrom(...DATES), status: fc.constantFrom(...STATUSES), began: fc.integer({ min: 0, max: 5 }), wrote: fc.boolean(),
}), { maxLength: 25 }).map((lines) => lines.map(({ processor, date, status, began, wrote }, i): Row => ({
  processor_name: processor.name, data_date: date, run_id: `run ${i}`, phase: processor.phase, attempt: 1, status, started_at: second(began), finished_at: status === 'running' ? null : second(6 + i),
  rows_stored: status === 'running' ? null : i, output_table: processor.name, output_version: wrote && status !== 'running' ? ((i * 7) % 25) + 1 : null, output_hash: String(1_000 + i),
  code_version: `code ${i}`, input_versions: null, source_documents: null, trigger: 'spec', correlation_id: 'spec', skip_downstream_trigger: false,
})));

/** The same by looking at one row after the other. */
function told(rows: readonly Row[]): object | undefined {
  const [newest] = [...rows].sort((a, b) => compare(b['started_at'], a['started_at']) || compare(b['finished_at'] ?? '', a['finished_at'] ?? ''));
  const [left] = rows.filter((row) => row['output_version'] !== null).sort((a, b) => Number(b['output_version']) - Number(a['output_version']));
  return newest && {
    status: newest['status'], rows: newest['rows_stored'] ?? 0, codeVersion: newest['code_version'], left: left ? { rows: left['rows_stored'], hash: left['output_hash'], version: left['output_version'] } : null,
  };
}
const compare = (a: unknown, b: unknown): number => (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0);

it('knows of each unit how its newest run stands, and what the last that wrote has left', async () => {
  await fc.assert(fc.asyncProperty(histories, async (rows) => {
    // Two rows of one unit that are running since one instant tell the same.
    const distinct = rows.filter((row, i) => row['status'] !== 'running' || !rows.slice(0, i).some((other) => ['processor_name', 'data_date', 'status', 'started_at'].every((column) => other[column] === row[column])));
    const warehouse = await memoryWarehouse();
    await warehouse.append(processorRunHistory, distinct);
    const latest = await new RunHistory(warehouse).latest(PROCESSORS, { from: DATES[0]!, to: DATES[1]! });
    await warehouse.close();
    for (const { name } of PROCESSORS) {
      for (const date of DATES) {
        const expected = date === DATES[2] ? undefined : told(distinct.filter((row) => row['processor_name'] === name && row['data_date'] === date));
        expect([name, date, latest.get(name)?.get(date)]).toEqual([name, date, expected && expect.objectContaining(expected)]);
      }
    }
  }), { numRuns: 40 });
});

it('tells of the changes of a season that are newer than what its runs have read, whatever those of other seasons have read', async () => {
  const warehouse = await memoryWarehouse();
  const change = (version: number, date: string): Row => ({ table_name: 'nba_raw.toy_points', game_date: date, version, run_id: `run ${version}`, kind: 'partition' });
  await warehouse.append(partitionChanges, [change(1, '2024-01-05'), change(2, '2025-01-05'), change(3, '2024-01-06'), change(4, '2025-01-06'), change(5, '2022-12-25')]);
  const run = (date: string, version: number): RecordedRun => ({
    processor: toyForm.name, date: parseGameDate(date), status: 'success', startedAt: '2024-10-30T12:00:00.000Z', rows: 1, inputVersions: new Map([['nba_raw.toy_points', version]]), codeVersion: 'abc', sourceDocuments: null, left: null,
  });
  const runs = [run('2024-01-07', 1), run('2024-01-08', 3), run('2025-01-07', 2), run('2025-01-08', 4)];
  const changes = await new RunHistory(warehouse).changesSince(toyForm, runs, () => Infinity);
  expect(changes.map(({ date, version }) => [date, version])).toEqual([['2024-01-06', 3], ['2025-01-06', 4]]);
  await warehouse.close();
});
