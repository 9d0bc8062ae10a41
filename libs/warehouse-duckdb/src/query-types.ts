import { DuckDBTypeId } from '@duckdb/node-api';
import { columnList, columnNames, NbaError, tableId, type ColumnType, type TableDefinition } from '@nba/kernel';
import type { Session } from './session';

const WHOLE = [DuckDBTypeId.BIGINT, DuckDBTypeId.HUGEINT, DuckDBTypeId.INTEGER, DuckDBTypeId.UBIGINT, DuckDBTypeId.SMALLINT, DuckDBTypeId.TINYINT];

/** What BigQuery would store in such a column without a CAST; DuckDB would coerce almost anything, rounding on the way. */
const FITS: Readonly<Record<ColumnType, readonly DuckDBTypeId[]>> = {
  INT64: WHOLE,
  FLOAT64: [DuckDBTypeId.DOUBLE, DuckDBTypeId.DECIMAL, ...WHOLE],
  STRING: [DuckDBTypeId.VARCHAR],
  BOOL: [DuckDBTypeId.BOOLEAN],
  DATE: [DuckDBTypeId.DATE],
  TIMESTAMP: [DuckDBTypeId.TIMESTAMP, DuckDBTypeId.TIMESTAMP_TZ],
};

/** Types are unknown to the planner where a bare parameter or NULL stands; those are left to the insert. */
const UNKNOWN = [DuckDBTypeId.INVALID, DuckDBTypeId.SQLNULL, DuckDBTypeId.ANY];

/**
 * Checks that a query yields the table's columns in the table's types. Nothing is run.
 * @throws NbaError WAREHOUSE_STATEMENT_FAILED naming the column
 */
export async function refuseOtherTypes(session: Session, table: TableDefinition, query: string): Promise<void> {
  const columns = columnNames(table);
  const types = await session.typesOf(`SELECT ${columnList(columns).text} FROM (${query})`);
  columns.forEach((name, i) => {
    const found = types[i];
    const declared = table.columns[name]?.type as ColumnType;
    if (found === undefined || UNKNOWN.includes(found.typeId) || FITS[declared].includes(found.typeId)) return;
    throw new NbaError('WAREHOUSE_STATEMENT_FAILED', `${tableId(table)}.${name} is ${declared}, and its query yields ${found}. CAST it in the query.`, {
      table: tableId(table), field: name,
    });
  });
}
