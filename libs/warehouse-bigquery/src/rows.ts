import { describeKey, NbaError, type Row, type TableDefinition } from '@nba/kernel';
import { fits } from './cells';

/**
 * Checks that rows fit their table, before anything is sent: BigQuery would coerce text to numbers on the way in.
 * @throws NbaError WAREHOUSE_STATEMENT_FAILED naming table, column and row
 */
export function assertRowsFit(table: TableDefinition, rows: readonly Row[]): void {
  for (const row of rows) {
    for (const [name, cell] of Object.entries(row)) {
      const column = table.columns[name];
      if (!column) {
        throw new NbaError('WAREHOUSE_STATEMENT_FAILED', `${table.name}: a row has the column ${name}, which the table has not (${describeKey(table, row)}).`, { table: table.name, field: name });
      }
      if (!fits(cell, column.type)) {
        throw new NbaError('WAREHOUSE_STATEMENT_FAILED', `${table.name}.${name} is ${column.type} and cannot hold ${JSON.stringify(cell)} (${typeof cell}), in the row ${describeKey(table, row)}.`, {
          table: table.name, field: name, date: String(row[table.partition]),
        });
      }
    }
  }
}

/** Newline JSON, as load jobs read it. Whole numbers are safe ones, and JavaScript writes a float so that it is read back to the last bit. */
export const toNewlineJson = (rows: readonly Row[]): string => rows.map((row) => JSON.stringify(row) + '\n').join('');
