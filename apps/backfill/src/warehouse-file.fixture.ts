import { DuckDBInstance } from '@duckdb/node-api';
import { tableId } from '@nba/kernel';
import { registry } from '@nba/wiring';

export type Found = Readonly<Record<string, string | number | boolean | null>>;

/** All twelve tables, and those that are computed. */
export const TABLES = registry.processors.map(({ table }) => tableId(table));
export const COMPUTED = registry.processors.filter(({ phase }) => phase > 2).map(({ table }) => tableId(table));

/** Opens warehouse files with DuckDB itself, beside all our code, and lets go of them again. Names: `w` for the first, `x` for the second. */
async function opened<T>(files: readonly string[], use: (query: (text: string) => Promise<Found[]>) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    for (const [i, file] of files.entries()) await connection.run(`ATTACH '${file}' AS ${'wx'[i]}`);
    await connection.run('USE w');
    return await use(async (text) => (await connection.runAndReadAll(text)).getRowObjectsJson() as Found[]);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Runs one statement of DuckDB on a warehouse file; integers come as text when they are long. */
export function query(file: string, text: string): Promise<Found[]> {
  return opened([file], (run) => run(text));
}

/** Runs several statements, one after the other. */
export function change(file: string, ...statements: readonly string[]): Promise<void> {
  return opened([file], async (run) => {
    for (const statement of statements) await run(statement);
  });
}

/** A row that is in one warehouse and not, or not the same, in the other. */
export interface Difference {
  readonly table: string;
  readonly date: string;
  /** In which of the two it is. */
  readonly only: 'first' | 'second';
  readonly row: string;
}

export interface ComparisonOptions {
  readonly tables?: readonly string[];
  /** A condition on the rows of each table, for example `game_date < '2024-11-20'`. */
  readonly where?: string;
  /** Columns to leave out, beside the name of the document that a game's schedule was read from. */
  readonly without?: readonly string[];
}

/**
 * Every row that differs between two warehouses: all columns, as text, which tells every double apart bit by bit
 * (the shortest digits that read back as the same number), and as often as it is stored.
 */
export function differences(first: string, second: string, { tables = TABLES, where = 'TRUE', without = [] }: ComparisonOptions = {}): Promise<Difference[]> {
  const left = ['source_document', ...without].map((column) => `'${column}'`).join(', ');
  return opened([first, second], async (run) => {
    const found: Difference[] = [];
    for (const table of tables) {
      const rows = (of: string) => `SELECT game_date, CAST(t AS VARCHAR) AS row FROM (SELECT COLUMNS(c -> c NOT IN (${left})) FROM ${of}.${table} WHERE ${where}) AS t`;
      const only = (a: string, b: string, name: string) => `SELECT '${name}' AS "only", * FROM (${rows(a)} EXCEPT ALL ${rows(b)})`;
      const differing = await run(`${only('w', 'x', 'first')} UNION ALL ${only('x', 'w', 'second')} ORDER BY game_date, row`);
      found.push(...differing.map((one) => ({ table, date: String(one['game_date']), only: one['only'] as 'first' | 'second', row: String(one['row']) })));
    }
    return found;
  });
}

/** Rows per table: what is compared must be there. */
export function rowCounts(file: string): Promise<Record<string, number>> {
  return opened([file], async (run) => {
    const counts: Record<string, number> = {};
    for (const table of TABLES) counts[table] = Number((await run(`SELECT COUNT(*) AS n FROM ${table}`))[0]?.['n']);
    return counts;
  });
}
