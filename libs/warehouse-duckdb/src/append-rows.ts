import { DuckDBDataChunk, type DuckDBValue } from '@duckdb/node-api';
import { describeKey, NbaError, type Cell, type Row, type TableDefinition } from '@nba/kernel';
import { toStored } from './cells';
import { columnTypes } from './schema';
import type { Session } from './session';

/** DuckDB's own vector size: a chunk holds no more. */
const CHUNK_ROWS = 2_048;

/** A table to fill: its columns, and where it is when not under its own name. */
export interface Target {
  readonly table: TableDefinition;
  readonly name?: { readonly catalog: string; readonly schema: string; readonly table: string };
}

/**
 * Appends rows through data chunks, within the open transaction. Missing columns are NULL; nothing is coerced.
 * @throws NbaError WAREHOUSE_STATEMENT_FAILED naming table, column and row when a value does not fit its column,
 * or a row has a column that the table has not
 */
export async function appendRows(session: Session, { table, name }: Target, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(table.columns);
  const types = columnTypes(table);
  const appender = await session.connection.createAppender(name?.table ?? table.name, name?.schema ?? table.dataset, name?.catalog ?? null);
  try {
    for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
      const part = rows.slice(start, start + CHUNK_ROWS);
      refuseUnknownColumns(table, part);
      const chunk = DuckDBDataChunk.create(types, part.length);
      columns.forEach((column, c) => {
        const typeId = (types[c] as (typeof types)[number]).typeId;
        const values: DuckDBValue[] = new Array(part.length);
        for (let r = 0; r < part.length; r++) {
          const cell = part[r]?.[column] ?? null;
          const stored = toStored(cell, typeId);
          if (stored === undefined) throw doesNotFit(table, column, cell, part[r] as Row);
          values[r] = stored;
        }
        chunk.setColumnValues(c, values);
      });
      appender.appendDataChunk(chunk);
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}

function refuseUnknownColumns(table: TableDefinition, rows: readonly Row[]): void {
  for (const row of rows) {
    for (const column in row) {
      if (!(column in table.columns)) {
        throw new NbaError('WAREHOUSE_STATEMENT_FAILED', `${table.name}: a row has the column ${column}, which the table has not (${describeKey(table, row)}).`, { table: table.name, field: column });
      }
    }
  }
}

function doesNotFit(table: TableDefinition, column: string, cell: Cell, row: Row): NbaError {
  const type = table.columns[column]?.type;
  return new NbaError('WAREHOUSE_STATEMENT_FAILED', `${table.name}.${column} is ${type} and cannot hold ${JSON.stringify(cell)} (${typeof cell}), in the row ${describeKey(table, row)}.`, {
    table: table.name, field: column, date: String(row[table.partition]),
  });
}
