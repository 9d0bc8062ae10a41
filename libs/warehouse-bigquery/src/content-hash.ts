import { contentColumns, identifier, joinSql, sql, type Sql, type TableDefinition } from '@nba/kernel';

/**
 * The hash of one row, whole and positive or negative, as a decimal: the sum over a table's rows does not overflow, and is the same whatever their order. The row is written as JSON, which tells NULL from 0 and keeps texts apart by their quotes.
 *
 * A float has no bits in GoogleSQL, only its text. So that the text stands for the bits, it is read back in the same expression: when the text yields
 * the very same number, no other number can have that text, and two floats that differ in their last bit differ in the hash. A text
 * that does not yield its number ends the statement. (BigQuery writes the shortest text that is read back to the same number, so this has not been seen.)
 */
export function rowHash(table: TableDefinition): Sql {
  const cells = contentColumns(table).map((column) => {
    const name = identifier(column);
    return table.columns[column]?.type === 'FLOAT64' ? sql`${exactText(name)} AS ${name}` : name;
  });
  return sql`CAST(FARM_FINGERPRINT(TO_JSON_STRING(STRUCT(${joinSql(cells)}))) AS BIGNUMERIC)`;
}

const exactText = (float: Sql): Sql =>
  sql`CASE WHEN ${float} IS NULL THEN NULL WHEN CAST(CAST(${float} AS STRING) AS FLOAT64) = ${float} THEN CAST(${float} AS STRING) ELSE ERROR('a FLOAT64 whose text is another number') END`;
