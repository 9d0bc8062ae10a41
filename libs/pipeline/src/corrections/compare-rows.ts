import { type Cell, type Row, type TableDefinition, contentColumns } from '@nba/kernel';

/** One value before and after. NULL and 0 differ. */
export interface ValueChange {
  readonly column: string;
  /** As it is stored; null for NULL, and where no row is. */
  readonly before: Cell;
  /** As the documents have it; null for NULL, and where no row is. */
  readonly after: Cell;
}

/** A row that differs by its key. */
export interface RowChange {
  readonly kind: 'edited' | 'came' | 'went';
  /** The row as it is stored; undefined for one that comes. */
  readonly before: Row | undefined;
  /** The row as the documents have it; undefined for one that goes. */
  readonly after: Row | undefined;
  /** The columns that differ; of a row that comes or goes all that have a value, without the key. */
  readonly values: readonly ValueChange[];
}

/** What differs by key between two sets of rows of a table, provenance apart; stored rows first, in their order, then those that come. */
export function compareRows(table: TableDefinition, before: readonly Row[], after: readonly Row[]): RowChange[] {
  const keyOf = (row: Row): string => JSON.stringify(table.key.map((column) => row[column]));
  const coming = new Map(after.map((row) => [keyOf(row), row]));
  const stored = new Set(before.map(keyOf));
  const changes = before.flatMap((row) => changeOf(table, row, coming.get(keyOf(row))) ?? []);
  return [...changes, ...after.filter((row) => !stored.has(keyOf(row))).flatMap((row) => changeOf(table, undefined, row) ?? [])];
}

function changeOf(table: TableDefinition, before: Row | undefined, after: Row | undefined): RowChange | undefined {
  const kind = !before ? 'came' : !after ? 'went' : 'edited';
  const values = contentColumns(table)
    .filter((column) => !table.key.includes(column))
    .map((column) => ({ column, before: before?.[column] ?? null, after: after?.[column] ?? null }))
    .filter((value) => !isSame(table, value));
  return kind === 'edited' && values.length === 0 ? undefined : { kind, before, after, values };
}

/** An instant is the same however it is written: a document has no milliseconds, a warehouse does. */
function isSame(table: TableDefinition, { column, before, after }: ValueChange): boolean {
  if (before === after) return true;
  if (table.columns[column]?.type !== 'TIMESTAMP' || typeof before !== 'string' || typeof after !== 'string') return false;
  return Date.parse(before) === Date.parse(after);
}
