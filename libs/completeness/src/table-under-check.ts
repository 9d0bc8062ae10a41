import { type DateRange, NbaError, type Parameters, type Sql, addDays, rangeParameters, sql } from '@nba/kernel';
import { columnName, tableName } from './table-name';

/** Where the rows are that are to be complete. */
export interface TableRows {
  /** `dataset.table` or `project.dataset.table`. */
  readonly table: string;
  /** The column with the date: a DATE, or a DATETIME whose day counts; with `timeZone` a TIMESTAMP. Default `game_date`. */
  readonly dateColumn?: string;
  /** The date column holds instants: the time zone whose civil date counts. Games go by `America/New_York`. */
  readonly timeZone?: string;
  /** GoogleSQL condition: only these rows count. Values go into `parameters`. */
  readonly where?: string;
  /** Named parameters of `where`, and of an own query. The checker's own names (`from`, `to`, …) are taken. */
  readonly parameters?: Parameters;
}

/** The rows of a table in a range of dates, as pieces of SQL. */
export interface TableUnderCheck {
  readonly name: string;
  /** Column that holds the date, as it is called. */
  readonly dateColumn: string;
  /** A row's civil date as text: clients differ in what they make of a DATE. */
  readonly date: Sql;
  /** What follows FROM: the table and the condition. */
  readonly rows: Sql;
  readonly parameters: Parameters;
}

/** A civil day somewhere on earth begins and ends within a day of the same day in UTC. */
const MARGIN_DAYS = 1;

/** @throws NbaError INVALID_ARGUMENT for names that are none, or a parameter whose name the checker uses itself */
export function tableUnderCheck({ table, dateColumn = 'game_date', timeZone, where, parameters = {} }: TableRows, range: DateRange): TableUnderCheck {
  const column = columnName(dateColumn, 'dateColumn');
  const own = { ...rangeParameters(range), ...(timeZone === undefined ? { after: addDays(range.to, 1) } : instants(range, timeZone)) };
  const taken = Object.keys(parameters).find((name) => name in own || name.startsWith('id_'));
  if (taken !== undefined) throw new NbaError('INVALID_ARGUMENT', `parameters: the checker sets @${taken} itself. Name yours otherwise.`, { field: taken });

  const day = timeZone === undefined ? sql`CAST(${column} AS DATE)` : sql`DATE(${column}, @time_zone)`;
  const within = timeZone === undefined
    // A DATETIME of the last day is not less than or equal to that day.
    ? sql`${column} >= CAST(@from AS DATE) AND ${column} < CAST(@after AS DATE)`
    // The instants, roughly, so that only the partitions are read in which they lie; then the civil dates.
    : sql`${column} >= CAST(@earliest AS TIMESTAMP) AND ${column} < CAST(@latest AS TIMESTAMP)
      AND ${day} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)`;
  const only = where === undefined ? sql`` : sql` AND (${{ text: where }}\n)`;
  return { name: table, dateColumn, date: sql`CAST(${day} AS STRING)`, rows: sql`${tableName(table)} WHERE ${within}${only}`, parameters: { ...parameters, ...own } };
}

function instants({ from, to }: DateRange, timeZone: string): Parameters {
  return { time_zone: timeZone, earliest: `${addDays(from, -MARGIN_DAYS)}T00:00:00Z`, latest: `${addDays(to, 1 + MARGIN_DAYS)}T00:00:00Z` };
}
