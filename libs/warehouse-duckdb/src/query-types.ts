import { columnNames, NbaError, tableId, type ColumnType, type TableDefinition } from '@nba/kernel';
import type { Session } from './session';

const WHOLE = /^(BIGINT|HUGEINT|INTEGER|UBIGINT|SMALLINT|TINYINT)$/;

/** What BigQuery would store in such a column without a CAST; DuckDB would coerce almost anything, rounding on the way. */
const FITS: Readonly<Record<ColumnType, readonly RegExp[]>> = {
  INT64: [WHOLE],
  FLOAT64: [/^DOUBLE$/, /^DECIMAL\b/, WHOLE],
  STRING: [/^VARCHAR$/],
  BOOL: [/^BOOLEAN$/],
  DATE: [/^DATE$/],
  TIMESTAMP: [/^TIMESTAMP( WITH TIME ZONE)?$/],
};

/**
 * Checks that a query yields the table's columns in the table's types. Nothing is run. A NULL without a type is a whole number, as in BigQuery.
 * @param text the query as its processor has it, by which its types are remembered
 * @param query the same for its dates, or what reads the rows that it yielded, of the table's columns in their order, in DuckDB's text
 * @throws NbaError WAREHOUSE_STATEMENT_FAILED naming the column
 */
export async function refuseOtherTypes(session: Session, table: TableDefinition, text: string, query: string): Promise<void> {
  const types = await session.typesOf(text, query);
  columnNames(table).forEach((name, i) => {
    const found = types[i] as string;
    const declared = table.columns[name]?.type as ColumnType;
    if (FITS[declared].some((type) => type.test(found))) return;
    throw new NbaError('WAREHOUSE_STATEMENT_FAILED', `${tableId(table)}.${name} is ${declared}, and its query yields ${found}. CAST it in the query.`, {
      table: tableId(table), field: name,
    });
  });
}
