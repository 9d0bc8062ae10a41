import { columnList, columnNames, identifier, sql, tableId, type Row, type TableDefinition } from '@nba/kernel';
import { freshJobName } from './job-identity';
import { labelsOfRows } from './job-labels';
import { assertRowsFit, toNewlineJson } from './rows';
import { STAGING_DATASET } from './schema';
import type { Workplace } from './workplace';

/** A request may be no larger than 10 MB, and parameters take more room there than in newline JSON. */
const PARAMETER_LIMIT_BYTES = 2 * 2 ** 20;

/**
 * Appends rows by one INSERT, all or none. Not by a load job: a table takes 1,500 of those a day, and the run history gets two lines with every run.
 * What is too large to be a parameter is loaded into a staging table first.
 */
export async function appendRows(place: Workplace, table: TableDefinition, rows: readonly Row[]): Promise<void> {
  assertRowsFit(table, rows);
  if (rows.length === 0) return;
  const name = freshJobName();
  const options = { name, labels: labelsOfRows(rows) };
  const columns = columnList(columnNames(table));
  const insert = sql`INSERT INTO ${table} (${columns}) SELECT ${columnList(columnNames(table), 'appended')}`;
  if (toNewlineJson(rows).length <= PARAMETER_LIMIT_BYTES) {
    await place.jobs.query({ text: sql`${insert} FROM UNNEST(@rows) AS appended`.text, parameters: {} }, { ...options, lists: { rows: { rows, columns: table.columns } } });
    return;
  }
  const staged = name(tableId(table).replace('.', '_'), 0);
  await place.loadRows(rows, table.columns, staged, options);
  await place.jobs.query({ text: sql`${insert} FROM ${identifier(STAGING_DATASET)}.${identifier(staged)} AS appended`.text, parameters: {} }, options);
}
