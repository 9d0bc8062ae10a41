import { DuckDBInstance } from '@duckdb/node-api';
import { contentColumns, tableId } from '@nba/kernel';
import { processors } from './processors';

/** Rows and a hash of what they say, of every table of a file, whatever the order of the rows. */
export async function readContents(file: string): Promise<Readonly<Record<string, string>>> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const contents: Record<string, string> = {};
  for (const { table } of processors) {
    const columns = contentColumns(table).map((column) => `"${column}"`).join(', ');
    const reader = await connection.runAndReadAll(`SELECT COUNT(*), CAST(SUM(hash(${columns})) AS VARCHAR) FROM ${tableId(table)}`);
    const [count, hash] = reader.getRows()[0] ?? [];
    contents[tableId(table)] = `${count} rows, ${hash}`;
  }
  connection.closeSync();
  instance.closeSync();
  return contents;
}
