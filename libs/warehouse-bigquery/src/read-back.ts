import { columnList, identifier, keyColumns, sql, type DateRange, type GameDate, type PartitionContent, type Statement, type TableDefinition, type Row } from '@nba/kernel';
import { rowHash } from './content-hash';

/** Asks for rows, distinct keys and content hash of each stored partition of the range, in date order. */
export function readBackStatement(table: TableDefinition, range: DateRange): Statement {
  const partition = identifier(table.partition);
  const key = columnList(keyColumns(table));
  const { text } = sql`SELECT ${partition} AS partition_date, SUM(copies) AS rows_stored, COUNT(*) AS distinct_keys, CAST(SUM(content) AS STRING) AS content_hash
    FROM (SELECT ${key}, COUNT(*) AS copies, SUM(${rowHash(table)}) AS content
      FROM ${table} WHERE ${partition} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) GROUP BY ${key})
    GROUP BY ${partition} ORDER BY ${partition}`;
  return { text, parameters: { from: range.from, to: range.to } };
}

export function partitionContent(row: Row): PartitionContent {
  return {
    date: row['partition_date'] as GameDate,
    rows: row['rows_stored'] as number,
    distinctKeys: row['distinct_keys'] as number,
    contentHash: row['content_hash'] as string,
  };
}
