import { BIGINT, BOOLEAN, DATE, DOUBLE, TIMESTAMP, VARCHAR, type DuckDBType } from '@duckdb/node-api';
import { NbaError, tableId, type ColumnType, type TableDefinition } from '@nba/kernel';
import { duckDbType } from './render-functions';
import type { Session } from './session';

const TYPES: Readonly<Record<ColumnType, DuckDBType>> = {
  STRING: VARCHAR, INT64: BIGINT, FLOAT64: DOUBLE, BOOL: BOOLEAN, DATE, TIMESTAMP,
};

/** The types of the columns, in the order of their declaration. */
export function columnTypes(table: TableDefinition): DuckDBType[] {
  return Object.values(table.columns).map(({ type }) => TYPES[type]);
}

/** The columns with their types, as DDL lists them. */
export function columnDefinitions(table: TableDefinition): string {
  return Object.entries(table.columns).map(([name, { type }]) => `"${name}" ${duckDbType(type)}`).join(', ');
}

/** The table's DDL. Keys are not declared as constraints: duplicates are counted and reported, not refused. */
export function createTable(table: TableDefinition): string {
  return `CREATE TABLE IF NOT EXISTS "${table.dataset}"."${table.name}" (${columnDefinitions(table)})`;
}

/**
 * Creates schema and table when they are not there.
 * @throws NbaError WAREHOUSE_SCHEMA_DRIFT naming the first column that differs
 */
export async function ensureTable(session: Session, table: TableDefinition, location: string): Promise<void> {
  const types = new Map((await session.storedColumns()).get(tableId(table)));
  if (types.size === 0) {
    await session.runNative(`CREATE SCHEMA IF NOT EXISTS "${table.dataset}"`);
    await session.runNative(createTable(table));
    return;
  }
  for (const [name, { type }] of Object.entries(table.columns)) {
    const found = types.get(name);
    if (found === undefined) throw drift(table, location, name, `is declared as ${type} and is not stored`);
    if (found !== duckDbType(type)) throw drift(table, location, name, `is declared as ${type} and stored as ${found}`);
    types.delete(name);
  }
  for (const [name, type] of types) throw drift(table, location, name, `is stored as ${type} and no longer declared`);
}

function drift(table: TableDefinition, location: string, column: string, how: string): NbaError {
  const id = tableId(table);
  return new NbaError('WAREHOUSE_SCHEMA_DRIFT', `${id} in ${location}: column ${column} ${how}.`, {
    table: id,
    field: column,
    next: `move ${location} away, then nx run backfill:all builds it anew from the lake`,
  });
}
