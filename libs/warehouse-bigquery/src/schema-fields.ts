import type { ColumnType, TableDefinition } from '@nba/kernel';

/** BigQuery's interface still answers with the older names of some types. */
const OLDER_NAMES: Readonly<Record<string, ColumnType>> = { INTEGER: 'INT64', FLOAT: 'FLOAT64', BOOLEAN: 'BOOL' };

/** The GoogleSQL name of a type that the interface tells. */
export const googleSqlType = (type: string): string => OLDER_NAMES[type.toUpperCase()] ?? type.toUpperCase();

/** The columns as the interface wants them. All may be NULL: a missing value is never made up. */
export const schemaFields = (columns: TableDefinition['columns']) =>
  Object.entries(columns).map(([name, { type, description }]) => ({ name, type, mode: 'NULLABLE', description }));
