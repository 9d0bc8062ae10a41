import { NbaError } from './nba-error';

/** The column types both engines have, by their GoogleSQL names. */
export type ColumnType = 'STRING' | 'INT64' | 'FLOAT64' | 'BOOL' | 'DATE' | 'TIMESTAMP';

/** One column: its type and what it means, with unit where it has one. */
export interface Column {
  readonly type: ColumnType;
  readonly description: string;
  /** Says where the row was taken from, not what it says. */
  readonly isProvenance?: boolean;
}

/** A table of the warehouse, partitioned by one date column. */
export interface TableDefinition {
  readonly dataset: string;
  readonly name: string;
  readonly description: string;
  /** The columns that identify a row; never NULL. */
  readonly key: readonly string[];
  /** The date column by which it is partitioned. */
  readonly partition: string;
  readonly columns: Readonly<Record<string, Column>>;
}

const NAME = /^[a-z][a-z0-9_]*$/;

/**
 * Declares a table. The partition defaults to `game_date`.
 * @throws NbaError INVALID_DEFINITION when a name is not snake_case, the key is empty or names no column, or the partition is no date column
 */
export function defineTable(definition: Omit<TableDefinition, 'partition'> & { readonly partition?: string }): TableDefinition {
  const table = { ...definition, partition: definition.partition ?? 'game_date' };
  const wrongName = [table.dataset, table.name, ...Object.keys(table.columns)].find((name) => !NAME.test(name));
  if (wrongName !== undefined) {
    throw new NbaError('INVALID_DEFINITION', `${table.name}: "${wrongName}" is not a snake_case name`, { table: table.name });
  }
  const unknown = [...table.key, table.partition].find((name) => !Object.hasOwn(table.columns, name));
  if (unknown !== undefined) {
    throw new NbaError('INVALID_DEFINITION', `${table.name}: key or partition "${unknown}" is no column`, { table: table.name });
  }
  if (table.key.length === 0) {
    throw new NbaError('INVALID_DEFINITION', `${table.name}: no column identifies a row; name its key`, { table: table.name });
  }
  if (table.columns[table.partition]?.type !== 'DATE') {
    throw new NbaError('INVALID_DEFINITION', `${table.name}: partition "${table.partition}" is no date`, { table: table.name });
  }
  return table;
}

/** The table's name with its dataset: `nba_raw.nbac_schedule`. */
export function tableId(table: TableDefinition): string {
  return `${table.dataset}.${table.name}`;
}

/** The names of the columns, in the order of their declaration. */
export function columnNames(table: TableDefinition): string[] {
  return Object.keys(table.columns);
}

/** The columns that tell a row from every other, its partition first: a row that is on another date is another row. */
export function keyColumns({ partition, key }: TableDefinition): string[] {
  return [...new Set([partition, ...key])];
}

/** Which row it is, for messages: `game_date=2025-01-26 game_id=0022400617 player_id=1628404`. */
export function describeKey(table: TableDefinition, row: Readonly<Record<string, unknown>>): string {
  return keyColumns(table).map((column) => `${column}=${String(row[column])}`).join(' ');
}

/** The columns that make up what a row says: all but those that tell where it was taken from. */
export function contentColumns(table: TableDefinition): string[] {
  return columnNames(table).filter((name) => !table.columns[name]?.isProvenance);
}
