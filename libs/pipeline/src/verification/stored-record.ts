import { type DateRange, type GameDate, type QueryPort, identifier, literal, processorRunHistory, sql, tableId } from '@nba/kernel';
import type { Processor } from '../definition/processor';

/** What the newest run that stored a unit's rows recorded of them. */
export interface StoredRecord {
  readonly rows: number;
  /** Content hash of the rows; null when there were none. */
  readonly hash: string | null;
  /** Raw units: the documents they were made from, by path, with commas; else null. */
  readonly sourceDocuments: string | null;
}

/**
 * For each unit of a processor the newest record that stored rows, or rightly none: what is there is that one's work,
 * whatever runs that failed or were blocked have said since. By the table's version, which no clock can put out of order.
 */
export async function readStoredRecords(port: QueryPort, { table }: Processor, range: DateRange): Promise<ReadonlyMap<GameDate, StoredRecord>> {
  const rows = await port.query(
    sql`SELECT data_date, rows_stored, output_hash, source_documents FROM ${processorRunHistory}
      WHERE output_table = ${literal(tableId(table))} AND status IN ('success', 'partial', 'empty_ok') AND data_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)
      QUALIFY ROW_NUMBER() OVER (PARTITION BY data_date ORDER BY output_version DESC NULLS LAST) = 1`.text,
    { from: range.from, to: range.to },
  );
  return new Map(rows.map((row) => [row['data_date'] as GameDate, {
    rows: Number(row['rows_stored'] ?? 0),
    hash: row['output_hash'] as string | null,
    sourceDocuments: row['source_documents'] as string | null,
  }]));
}

/** Rows per partition of the range, in date order; partitions without rows are left out. */
export async function countStored(port: QueryPort, { table }: Processor, range: DateRange): Promise<ReadonlyMap<GameDate, number>> {
  const partition = identifier(table.partition);
  const rows = await port.query(
    sql`SELECT ${partition} AS stored_date, COUNT(*) AS rows_stored FROM ${table}
      WHERE ${partition} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) GROUP BY ${partition} ORDER BY ${partition}`.text,
    { from: range.from, to: range.to },
  );
  return new Map(rows.map((row) => [row['stored_date'] as GameDate, Number(row['rows_stored'])]));
}
