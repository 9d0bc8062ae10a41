import { DuckDBInstance } from '@duckdb/node-api';
import { type ColumnType, STATE_TABLES, type TableDefinition, tableId } from '@nba/kernel';

/** What one partition of a table holds: the bytes of each column, as BigQuery counts them. */
export interface PartitionBytes {
  readonly date: string;
  readonly rows: number;
  readonly columns: Readonly<Record<string, number>>;
}

/** The partitions of every table, by `dataset.table`, in date order. */
export type MeasuredTables = ReadonlyMap<string, readonly PartitionBytes[]>;

/** A value's bytes as BigQuery bills them; NULL is 0, and a text is 2 and its UTF-8. */
const VALUE_BYTES: Readonly<Record<Exclude<ColumnType, 'STRING'>, number>> = { INT64: 8, FLOAT64: 8, DATE: 8, TIMESTAMP: 8, BOOL: 1 };

/**
 * Counts the bytes in a DuckDB warehouse, that nobody is writing, as BigQuery would count the same rows.
 * @param tables those of the processors; the state tables are counted as well, and what is not there is empty
 */
export async function measureTables(file: string, tables: readonly TableDefinition[]): Promise<MeasuredTables> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    const measured = new Map<string, PartitionBytes[]>();
    const there = new Set((await connection.runAndReadAll(`SELECT table_schema || '.' || table_name FROM information_schema.tables`)).getRows().map(([name]) => String(name)));
    for (const table of [...tables, ...STATE_TABLES]) {
      const rows = there.has(tableId(table)) ? (await connection.runAndReadAll(measurement(table))).getRows() : [];
      const names = Object.keys(table.columns);
      measured.set(tableId(table), rows.map(([date, count, ...bytes]) => ({
        date: String(date), rows: Number(count), columns: Object.fromEntries(names.map((name, i) => [name, Number(bytes[i] ?? 0)])),
      })));
    }
    return measured;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function measurement(table: TableDefinition): string {
  const bytes = Object.entries(table.columns).map(([name, { type }]) =>
    type === 'STRING' ? `2 * COUNT("${name}") + IFNULL(SUM(strlen("${name}")), 0)` : `${VALUE_BYTES[type]} * COUNT("${name}")`);
  return `SELECT CAST("${table.partition}" AS VARCHAR), COUNT(*), ${bytes.join(', ')} FROM ${tableId(table)} GROUP BY 1 ORDER BY 1`;
}

/** The bytes of some columns, by default of all, in the partitions of a range; both ends belong to it. */
export function bytesIn(partitions: readonly PartitionBytes[], { columns, from = '', to = '9999' }: { columns?: readonly string[]; from?: string; to?: string } = {}): number {
  let sum = 0;
  for (const partition of partitions) {
    if (partition.date < from || partition.date > to) continue;
    for (const column of columns ?? Object.keys(partition.columns)) sum += partition.columns[column] ?? 0;
  }
  return sum;
}
