import { columnList, columnNames, NbaError, tableId, type ColumnType, type Parameters, type Statement, type TableDefinition } from '@nba/kernel';
import type { Jobs } from './jobs';
import { googleSqlType } from './schema-fields';

/** What BigQuery stores in such a column without a CAST. */
const FITS: Readonly<Record<ColumnType, readonly string[]>> = {
  INT64: ['INT64'],
  FLOAT64: ['FLOAT64', 'INT64', 'NUMERIC', 'BIGNUMERIC'],
  STRING: ['STRING'],
  BOOL: ['BOOL'],
  DATE: ['DATE'],
  TIMESTAMP: ['TIMESTAMP'],
};

/**
 * Checks by a dry run that a query yields the table's columns in the table's types. Nothing is run and nothing billed.
 * BigQuery would refuse it too, inside the transaction and without naming the table.
 * @throws NbaError WAREHOUSE_STATEMENT_FAILED naming the column
 */
export async function refuseOtherTypes(jobs: Jobs, table: TableDefinition, { text, parameters }: Statement): Promise<void> {
  const { fields } = await jobs.dryRun({ text: `SELECT ${columnList(columnNames(table)).text} FROM (${text})`, parameters });
  assertTypes(table, fields);
}

/** @throws NbaError WAREHOUSE_STATEMENT_FAILED naming the first column whose type does not fit. Columns of unknown type are left to the insert. */
export function assertTypes(table: TableDefinition, fields: readonly { readonly name: string; readonly type: string }[]): void {
  for (const { name, type } of fields) {
    const declared = table.columns[name]?.type;
    const found = googleSqlType(type);
    if (declared === undefined || FITS[declared].includes(found)) continue;
    throw new NbaError('WAREHOUSE_STATEMENT_FAILED', `${tableId(table)}.${name} is ${declared}, and its query yields ${found}. CAST it in the query.`, { table: tableId(table), field: name });
  }
}

/** One set of parameters for a script of several statements. @throws NbaError when two of them mean different things by one name */
export function joinParameters(...sets: readonly Parameters[]): Parameters {
  const joined: Record<string, Parameters[string]> = {};
  for (const [name, value] of sets.flatMap((set) => Object.entries(set))) {
    if (name in joined && joined[name] !== value) {
      throw new NbaError('WAREHOUSE_STATEMENT_FAILED', `The parameter @${name} is both ${JSON.stringify(joined[name])} and ${JSON.stringify(value)} in one replacement. Rename one.`, { field: name });
    }
    joined[name] = value;
  }
  return joined;
}
