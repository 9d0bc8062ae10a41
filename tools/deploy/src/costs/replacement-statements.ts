import { type Lookback, addDays, parseGameDate, processorRunHistory, partitionChanges, seasonOf, seasonSpan, tableId } from '@nba/kernel';
import { type Processor, type Upstream, relationColumns } from '@nba/pipeline';
import { type MeasuredTables, bytesIn } from './measure-tables';
import { LEAST_BILLED_BYTES } from './prices';

/** One statement as it is billed: the bytes of each table that it names. */
export type Reads = Readonly<Record<string, number>>;

/** The dates of a statement, within one season; both ends belong to it. */
export interface Dates {
  readonly from: string;
  readonly to: string;
}

const [LOADED_ROWS, STAGED_ROWS, STAGED_UNITS, RECEIPTS] = ['loaded_rows', 'staged_rows', 'staged_units', 'unit_receipts'];

/** Each table counts at least the minimum, and so does the statement. */
export function billedBytes(statement: Reads): number {
  return Math.max(LEAST_BILLED_BYTES, Object.values(statement).reduce((sum, bytes) => sum + Math.max(LEAST_BILLED_BYTES, bytes), 0));
}

/**
 * The statements that replace one processor's partitions, as the kernel's replacement script has them and BigQuery's adapter
 * runs them, by what each reads. The load jobs that bring the rows of documents cost nothing, and so do dry runs.
 * @param isAgain whether the partitions held rows before: then these are read and compared
 */
export function replacementStatements(processor: Processor, measured: MeasuredTables, dates: Dates, isAgain: boolean): Readonly<Record<string, Reads>> {
  const { table } = processor;
  const own = tableId(table);
  const partitions = measured.get(own) ?? [];
  const [all, partition] = [bytesIn(partitions, dates), bytesIn(partitions, { ...dates, columns: [table.partition] })];
  const held = isAgain ? all : 0;
  const history = measured.get(tableId(processorRunHistory)) ?? [];
  const changes = bytesIn(measured.get(tableId(partitionChanges)) ?? [], { columns: ['table_name', 'version', 'game_date'] });
  const upstream = upstreamReads(processor, measured, dates);
  return {
    rows: processor.kind === 'query' ? upstream : { [LOADED_ROWS]: all },
    snapshot: { [tableId(processorRunHistory)]: bytesIn(history, { columns: ['output_table', 'output_version'] }), [own]: isAgain ? partition : 0, [STAGED_UNITS]: 0 },
    ...(isAgain && { compare: { [own]: held, [STAGED_ROWS]: all }, delete: { [own]: held, [STAGED_UNITS]: 0 } }),
    insert: { [STAGED_ROWS]: all },
    ...(!isAgain && { newPartitions: { [own]: partition, [STAGED_UNITS]: 0 } }),
    readBack: { ...upstream, [own]: all, [tableId(partitionChanges)]: changes, [STAGED_UNITS]: 0 },
    check: { [STAGED_ROWS]: 0, [RECEIPTS]: 0 },
    record: { [RECEIPTS]: 0 },
    answer: { [RECEIPTS]: 0 },
  };
}

/** What the declared lookbacks read, each upstream column once, in the dates that the relation allows. */
function upstreamReads({ upstreams }: Processor, measured: MeasuredTables, dates: Dates): Record<string, number> {
  const reads: Record<string, number> = {};
  for (const upstream of Object.values(upstreams)) {
    const name = tableId(upstream.processor.table);
    reads[name] = (reads[name] ?? 0) + bytesIn(measured.get(name) ?? [], { columns: relationColumns(upstream), ...windowOf(upstream, dates) });
  }
  return reads;
}

/** From the furthest date that a lookback reaches; BigQuery reads whole partitions. */
function windowOf({ lookbacks }: Upstream, { from, to }: Dates): Dates {
  return { from: lookbacks.map((lookback) => firstDate(lookback, from)).sort()[0] ?? from, to };
}

function firstDate({ reach }: Lookback, from: string): string {
  const date = parseGameDate(from);
  switch (reach.kind) {
    case 'same-date':
      return from;
    case 'days':
      return addDays(date, -reach.count);
    case 'games':
    case 'season-so-far':
      return seasonSpan(seasonOf(date)).from;
  }
}
