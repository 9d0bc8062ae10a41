import { columnList, identifier, keyColumns, sql, type DateRange, type GameDate, type PartitionContent, type TableDefinition } from '@nba/kernel';
import { rowHash } from './replace-partitions';
import type { Session } from './session';

/** Rows, distinct keys and content hash of each stored partition of the range, in date order. */
export async function readBack(session: Session, table: TableDefinition, range: DateRange): Promise<PartitionContent[]> {
  const partition = identifier(table.partition);
  const key = columnList(keyColumns(table));
  const text = sql`SELECT ${partition} AS partition_date, SUM(copies) AS rows_stored, COUNT(*) AS distinct_keys, CAST(SUM(content) AS STRING) AS content_hash
    FROM (SELECT ${key}, COUNT(*) AS copies, SUM(${rowHash(table)}) AS content
      FROM ${table} WHERE ${partition} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) GROUP BY ${key})
    GROUP BY ${partition} ORDER BY ${partition}`.text;
  const rows = await session.query(text, { from: range.from, to: range.to });
  return rows.map((row) => ({
    date: row['partition_date'] as GameDate,
    rows: row['rows_stored'] as number,
    distinctKeys: row['distinct_keys'] as number,
    contentHash: row['content_hash'] as string,
  }));
}
