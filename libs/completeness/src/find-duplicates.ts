import { type DateRange, type QueryPort, columnList, identifier, joinSql, sql } from '@nba/kernel';
import { type KeyExpectation, gapOf } from './compare-keys';
import type { Gap } from './completeness-report';

/** Keys that are stored more than once in the range, each named once. */
export async function findDuplicates(port: QueryPort, { table, dateColumn, key }: Omit<KeyExpectation, 'spine'>, range: DateRange): Promise<Gap[]> {
  const columns = columnList(key);
  const rows = await port.query(
    sql`SELECT CAST(${identifier(dateColumn)} AS STRING) AS check_date, ${columns} FROM ${joinSql(table.split('.').map(identifier), '.')}
      WHERE ${identifier(dateColumn)} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)
      GROUP BY check_date, ${columns} HAVING COUNT(*) > 1`.text,
    { from: range.from, to: range.to },
  );
  return rows.map((row) => gapOf(row, 'duplicate'));
}
