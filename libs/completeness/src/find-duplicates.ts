import { type QueryPort, joinSql, sql } from '@nba/kernel';
import { gapOf } from './compare-keys';
import type { Gap } from './completeness-report';
import { columnName } from './table-name';
import type { TableUnderCheck } from './table-under-check';

/** Keys that are stored more than once in the range, each named once. */
export async function findDuplicates(port: QueryPort, table: TableUnderCheck, rowKey: readonly string[]): Promise<Gap[]> {
  const columns = joinSql(rowKey.map((name) => columnName(name, 'rowKey')));
  const rows = await port.query(
    sql`SELECT ${table.date} AS check_date, ${columns} FROM ${table.rows} GROUP BY 1, ${columns} HAVING COUNT(*) > 1`.text,
    table.parameters,
  );
  return rows.map((row) => gapOf(row, 'duplicate', rowKey));
}
