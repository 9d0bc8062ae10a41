import type { DuckDBConnection, DuckDBMaterializedResult, DuckDBPreparedStatement, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { NbaError, type Cell, type Clock, type Parameters, type Row } from '@nba/kernel';
import { toBinding, toCell } from './cells';
import { renderGoogleSql } from './render-google-sql';

const PREPARED_LIMIT = 200;
const CHANGES_DEFINITIONS = /^\s*(CREATE\s+(OR\s+REPLACE\s+)?(TABLE|SCHEMA)|ALTER|DROP)\b/i;

type StoredColumns = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What is known of a database by all of its sessions. */
export interface Catalog {
  /** Forgotten when a statement changes a definition. */
  columns?: Promise<StoredColumns>;
  /** The types of a query's columns, by its text. */
  readonly types: Map<string, readonly DuckDBType[]>;
}

/** One connection: runs GoogleSQL, one statement after the other, and turns faults into {@link NbaError}. */
export class Session {
  private readonly prepared = new Map<string, DuckDBPreparedStatement>();

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
    const rendered = renderGoogleSql(text);
    if (CHANGES_DEFINITIONS.test(text)) delete this.catalog.columns;
    try {
      // DuckDB plans a prepared statement without parameters once and for all, by the statistics of that moment: a table
      // that was empty then stays empty for it. With parameters it plans anew for every run.
      if (rendered.parameters.length === 0) return await this.connection.run(rendered.text);
      const statement = await this.prepare(rendered.text);
      const values: Record<string, DuckDBValue> = {};
      const types: Record<string, DuckDBType> = {};
      for (const name of rendered.parameters) {
        const parameter = name === 'nba_now' ? this.clock.now().toISOString() : parameters[name];
        if (parameter === undefined) throw new Error(`the parameter @${name} has no value`);
        const binding = toBinding(parameter);
        values[name] = binding.value;
        types[name] = binding.type;
      }
      statement.bind(values, types);
      return await statement.run();
    } catch (error) {
      throw statementFailed(text, error);
    }
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

  /** The types of a query's columns, without running it; remembered by its text. */
  async typesOf(text: string): Promise<readonly DuckDBType[]> {
    const known = this.catalog.types.get(text);
    if (known) return known;
    try {
      const statement = await this.connection.prepare(renderGoogleSql(text).text);
      const types = Array.from({ length: statement.columnCount }, (_, i) => statement.columnType(i));
      statement.destroySync();
      this.catalog.types.set(text, types);
      return types;
    } catch (error) {
      throw statementFailed(text, error);
    }
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
  private async command(text: string): Promise<void> {
    await (await this.prepare(text)).run();
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

  private async prepare(text: string): Promise<DuckDBPreparedStatement> {
    const known = this.prepared.get(text);
    if (known) return known;
    if (this.prepared.size >= PREPARED_LIMIT) this.forgetPrepared();
    const statement = await this.connection.prepare(text);
    this.prepared.set(text, statement);
    return statement;
  }

  close(): void {
    this.forgetPrepared();
    this.connection.closeSync();
  }

  private forgetPrepared(): void {
    for (const statement of this.prepared.values()) statement.destroySync();
    this.prepared.clear();
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
