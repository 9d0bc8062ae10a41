import type { DuckDBConnection, DuckDBMaterializedResult, DuckDBPreparedStatement } from '@duckdb/node-api';
import { NbaError, type Cell, type Clock, type Parameters, type Row } from '@nba/kernel';
import { toCell, toLiteral } from './cells';
import { renderGoogleSql } from './render-google-sql';

/** In DuckDB's text, whose strings and quoted names may hold what looks like a parameter. */
const STRING_NAME_OR_PARAMETER = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w+)/g;
const CHANGES_DEFINITIONS = /^\s*(CREATE\s+(OR\s+REPLACE\s+)?(TABLE|SCHEMA)|ALTER|DROP)\b/i;

type StoredColumns = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What is known of a database by all of its sessions. */
export interface Catalog {
  /** Forgotten when a statement changes a definition. */
  columns?: Promise<StoredColumns>;
  /** The types of a query's columns, by the text that it is remembered by. */
  readonly types: Map<string, readonly string[]>;
}

/** One connection: runs GoogleSQL, one statement after the other, and turns faults into {@link NbaError}. */
export class Session {
  private readonly commands = new Map<string, DuckDBPreparedStatement>();

  constructor(
    readonly connection: DuckDBConnection,
    readonly clock: Clock,
    private readonly catalog: Catalog = { types: new Map() },
  ) {}

  /** Runs one GoogleSQL statement for its rows. Parameters that it does not mention are left out. */
  async query(text: string, parameters: Parameters = {}): Promise<Row[]> {
    const result = await this.run(text, parameters);
    const names = result.deduplicatedColumnNames();
    const rows: Row[] = [];
    for (const chunk of await result.fetchAllChunks()) {
      const columns = names.map((name, i) => chunk.getColumnValues(i).map((value) => toCell(value, name)));
      for (let r = 0; r < chunk.rowCount; r++) {
        const row: Record<string, Cell> = {};
        for (let c = 0; c < names.length; c++) row[names[c] as string] = columns[c]?.[r] as Cell;
        rows.push(row);
      }
    }
    return rows;
  }

  /** Runs one GoogleSQL statement. @throws NbaError WAREHOUSE_STATEMENT_FAILED with the statement's head */
  async run(text: string, parameters: Parameters = {}): Promise<DuckDBMaterializedResult> {
    if (CHANGES_DEFINITIONS.test(text)) delete this.catalog.columns;
    try {
      return await this.connection.run(this.render(text, parameters));
    } catch (error) {
      throw statementFailed(text, error);
    }
  }

  /**
   * A statement in DuckDB's text, with its parameters' values in their places. Not prepared and bound: DuckDB would plan it once to
   * prepare it and, since it has parameters, once more for every run.
   */
  render(googleSql: string, parameters: Parameters): string {
    const { text, parameters: names } = renderGoogleSql(googleSql);
    const literals = new Map(names.map((name) => {
      const value = name === 'nba_now' ? this.clock.now().toISOString() : parameters[name];
      if (value === undefined) throw statementFailed(googleSql, new Error(`the parameter @${name} has no value`));
      return [name, toLiteral(value)];
    }));
    return text.replace(STRING_NAME_OR_PARAMETER, (whole, name?: string) => (name === undefined ? whole : (literals.get(name) as string)));
  }

  /** Every stored column and its DuckDB type, by `dataset.table`: asked once, until a statement changes a definition. */
  storedColumns(): Promise<StoredColumns> {
    this.catalog.columns ??= this.readColumns();
    return this.catalog.columns;
  }

  private async readColumns(): Promise<StoredColumns> {
    const tables = new Map<string, Map<string, string>>();
    for (const row of await this.query('SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal ORDER BY column_index')) {
      const id = `${row['schema_name']}.${row['table_name']}`;
      tables.set(id, (tables.get(id) ?? new Map<string, string>()).set(String(row['column_name']), String(row['data_type'])));
    }
    return tables;
  }

  /**
   * The types of a query's columns as DuckDB writes them, without running it. DESCRIBE binds, and plans no more: half the time of preparing.
   * @param known the text by which they are remembered: the same for whatever dates the query is rendered
   * @param query in DuckDB's text
   */
  async typesOf(known: string, query: string): Promise<readonly string[]> {
    const remembered = this.catalog.types.get(known);
    if (remembered) return remembered;
    const described = (await (await this.runNative(`DESCRIBE ${query}`)).getRowObjects()).map((column) => String(column['column_type']));
    this.catalog.types.set(known, described);
    return described;
  }

  /** Runs the work in one transaction: a fault in it undoes all of it, and the connection stays usable. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.command('BEGIN TRANSACTION');
    try {
      const result = await work();
      await this.command('COMMIT');
      return result;
    } catch (error) {
      // A failed COMMIT has rolled back already; then there is nothing left to undo.
      await this.connection.run('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  /** Prepared once: planning a COMMIT anew takes longer than the commit. */
  private async command(text: 'BEGIN TRANSACTION' | 'COMMIT'): Promise<void> {
    const statement = this.commands.get(text) ?? (await this.connection.prepare(text));
    this.commands.set(text, statement);
    await statement.run();
  }

  /** Runs DuckDB's own text: for what the adapter itself needs. */
  async runNative(text: string): Promise<DuckDBMaterializedResult> {
    if (CHANGES_DEFINITIONS.test(text)) delete this.catalog.columns;
    try {
      return await this.connection.run(text);
    } catch (error) {
      throw statementFailed(text, error);
    }
  }

  close(): void {
    for (const statement of this.commands.values()) statement.destroySync();
    this.connection.closeSync();
  }
}

function statementFailed(text: string, cause: unknown): NbaError {
  if (cause instanceof NbaError) return cause;
  const head = text.trim().replace(/\s+/g, ' ').slice(0, 200);
  const message = (cause instanceof Error ? cause.message.split('\n\n')[0] : undefined) ?? String(cause);
  // Two transactions that met: the one that lost may go well when it is tried again.
  if (/Transaction(Context)? Error: .*conflict/i.test(message)) {
    return new NbaError('WAREHOUSE_UNAVAILABLE', `${message}\n  Statement: ${head}`, { next: 'run the same command again' }, cause);
  }
  return new NbaError('WAREHOUSE_STATEMENT_FAILED', `${message}\n  Statement: ${head}`, {}, cause);
}
