import { type DuckDBConnection, DuckDBInstance, type DuckDBPreparedStatement } from '@duckdb/node-api';
import { DEFAULT_GAME_TYPES, type DateRange, type GameDate, columnNames, parseSeason, rangeParameters, seasonSpan, tableId } from '@nba/kernel';
import { type Processor, isSeasonal, renderQuery } from '@nba/pipeline';
import { FILE_OPTIONS, PRELUDE, type RenderedSql, columnDefinitions, renderGoogleSql } from '@nba/warehouse-duckdb';
import { processors } from './processors';
import { readLakeSql } from './read-lake.sql';

/** What one statement of the floor is for. */
export interface FloorUnits {
  /** What the query is computed over. */
  readonly range: DateRange;
  /** Which of its dates are stored; by default all. */
  readonly dates?: readonly GameDate[];
  /** Whether what is stored of these dates is deleted first, in the same transaction. */
  readonly replaces?: boolean;
}

/**
 * The floor: the same statements on bare DuckDB, JSON reading included, writing the same tables; no validation, no choice
 * of versions, no guard, no leases, no history, no changes, no hashes, no events.
 */
export class Floor {
  private readonly prepared = new Map<string, Promise<DuckDBPreparedStatement>>();

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  /** Opens the file as the warehouse does, and makes the tables that are not there. */
  static async open(file: string): Promise<Floor> {
    const instance = await DuckDBInstance.create(file, { ...FILE_OPTIONS });
    const connection = await instance.connect();
    for (const statement of PRELUDE) await connection.run(statement);
    for (const { table } of processors) {
      await connection.run(`CREATE SCHEMA IF NOT EXISTS ${table.dataset}`);
      await connection.run(`CREATE TABLE IF NOT EXISTS ${tableId(table)} (${columnDefinitions(table)})`);
    }
    return new Floor(instance, connection);
  }

  /** Takes over the rows of a warehouse file, in their order: so that both contenders start from the same. */
  async takeOver(file: string): Promise<void> {
    await this.connection.run(`ATTACH '${file}' AS other (READ_ONLY)`);
    for (const { table } of processors) await this.connection.run(`INSERT INTO ${tableId(table)} BY NAME SELECT * FROM other.${tableId(table)}`);
    await this.connection.run('DETACH other');
  }

  /** A raw table from the lake's JSON: all that it holds, or one partition in the place of what is stored. */
  async read(processor: Processor, lake: string, partition?: string): Promise<void> {
    const { table } = processor;
    const columns = columnNames(table).join(', ');
    const insert = `INSERT INTO ${tableId(table)} (${columns}) SELECT ${columns} FROM (${readLakeSql(lake, partition)[table.name]})`;
    if (partition === undefined) return void (await this.connection.run(insert));
    const range = isSeasonal(processor) ? seasonSpan(parseSeason(partition)) : { from: partition, to: partition };
    await this.transaction([`DELETE FROM ${tableId(table)} WHERE game_date BETWEEN '${range.from}' AND '${range.to}'`, insert]);
  }

  /** A derived table's rows of some dates, by its query. */
  async compute(processor: Processor, { range, dates, replaces = false }: FloorUnits): Promise<void> {
    const { table } = processor;
    const columns = columnNames(table).join(', ');
    const { text, bound } = queryOver(processor, range);
    const owned = dates ? `game_date IN (${dates.map((date) => `DATE '${date}'`).join(', ')})` : undefined;
    const insert = `INSERT INTO ${tableId(table)} (${columns}) SELECT ${columns} FROM (${text})${owned ? ` WHERE ${owned}` : ''}`;
    if (!replaces) return this.run(insert, bound);
    await this.transaction([`DELETE FROM ${tableId(table)} WHERE ${owned ?? `game_date BETWEEN DATE '${range.from}' AND DATE '${range.to}'`}`], () => this.run(insert, bound));
  }

  /** The rows that a query yields, into a temporary table. */
  async yieldRows(processor: Processor, range: DateRange): Promise<void> {
    const { text, bound } = queryOver(processor, range);
    await this.connection.run(`CREATE OR REPLACE TEMP TABLE computed AS ${text}`, bound);
  }

  /** Rows by date of every table: what must at least be looked at to know that nothing is missing. */
  async countRows(): Promise<void> {
    for (const { table } of processors) await this.connection.runAndReadAll(`SELECT ${table.partition}, COUNT(*) FROM ${tableId(table)} GROUP BY ALL`);
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }

  private async transaction(statements: readonly string[], last: () => Promise<void> = async () => undefined): Promise<void> {
    await this.run('BEGIN TRANSACTION', {});
    for (const statement of statements) await this.connection.run(statement);
    await last();
    await this.run('COMMIT', {});
  }

  /** Prepared once: most statements come again for every date. */
  private async run(text: string, values: Readonly<Record<string, string>>): Promise<void> {
    const known = this.prepared.get(text) ?? this.connection.prepare(text);
    this.prepared.set(text, known);
    const statement = await known;
    if (Object.keys(values).length > 0) statement.bind(values);
    await statement.run();
  }
}

const rendered = new Map<Processor, RenderedSql>();

/** A processor's query in DuckDB's words, made once, and the parameters that it asks for. */
function queryOver(processor: Processor, range: DateRange) {
  const known = rendered.get(processor) ?? renderGoogleSql(renderQuery(processor, { gameTypes: DEFAULT_GAME_TYPES }).text);
  rendered.set(processor, known);
  const { text, parameters } = known;
  const values: Readonly<Record<string, string>> = rangeParameters(range);
  return { text, bound: Object.fromEntries(parameters.map((name) => [name, values[name] ?? ''])) };
}
