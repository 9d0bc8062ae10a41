import { DuckDBInstance } from '@duckdb/node-api';
import { DEFAULT_GAME_TYPES, type Season, columnNames, seasonSpan, tableId } from '@nba/kernel';
import { renderQuery } from '@nba/pipeline';
import { PRELUDE, columnDefinitions, renderGoogleSql } from '@nba/warehouse-duckdb';
import { type Measurement, Stopwatch, peakBytes } from './measurement';
import { processors } from './processors';
import { readLakeSql } from './read-lake.sql';

/**
 * The floor: the same statements on bare DuckDB, JSON reading included, writing the same tables; no validation, no
 * choice of versions, no history, no changes, no verification.
 */
export async function runFloor(file: string, lake: string, seasons: readonly Season[]): Promise<Measurement> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  const watch = new Stopwatch();
  for (const statement of PRELUDE) await connection.run(statement);
  for (const { table } of processors) {
    await connection.run(`CREATE SCHEMA IF NOT EXISTS ${table.dataset}`);
    await connection.run(`CREATE TABLE ${tableId(table)} (${columnDefinitions(table)})`);
  }
  watch.lap('open and create tables');
  const readers = readLakeSql(lake);
  for (const processor of processors) {
    const { table, phase } = processor;
    const columns = columnNames(table).join(', ');
    const insert = `INSERT INTO ${tableId(table)} (${columns}) SELECT ${columns} FROM`;
    if (processor.kind === 'document') {
      await connection.run(`${insert} (${readers[table.name]})`);
    } else {
      const { text, parameters } = renderGoogleSql(renderQuery(processor, { gameTypes: DEFAULT_GAME_TYPES }).text);
      for (const season of seasons) {
        const { from, to } = seasonSpan(season);
        const values: Record<string, string> = { from, to, season_start: from };
        await connection.run(`${insert} (${text})`, Object.fromEntries(parameters.map((name) => [name, values[name] ?? null])));
      }
    }
    watch.lap(`phase ${phase}`);
  }
  const rows: Record<string, number> = {};
  for (const { table } of processors) {
    const reader = await connection.runAndReadAll(`SELECT COUNT(*) FROM ${tableId(table)}`);
    rows[table.name] = Number(reader.getRows()[0]?.[0]);
  }
  watch.lap('count rows');
  connection.closeSync();
  instance.closeSync();
  watch.lap('close the file');
  return { stages: watch.stages, peakBytes: peakBytes(), rows };
}
