import { columnList, identifier, joinSql, sql, type Sql } from '@nba/kernel';
import { weighed } from './known-sums';

export interface Line {
  /** Whose games: each subject's season is one stretch of consecutive positions. */
  readonly of: 'player_id' | 'team_id';
  /** Columns of the relation to carry along. */
  readonly carried: readonly string[];
  /** What to run totals of, by name: integers. Unknown ones are {@link weighed}: a difference of totals is read by `known`. */
  readonly totals?: Readonly<Record<string, Sql>>;
  /** Columns to carry from the subject's next game of the season, as `next_<column>`; NULL after the last. */
  readonly ahead?: readonly string[];
}

/**
 * All games of all players (or teams) in one line, with the running totals before each: the sum over any stretch of
 * games is the difference of two totals, however long it is. Integers, so nothing is lost in subtracting; and one
 * window without partitions serves every length, which is far faster than a frame for each.
 *
 * Yields the columns carried, `position`, `first_position` (of the subject's season), `<total>_before`, `previous_date` (NULL before the first game of the season)
 * and `next_<column>`.
 */
export function runningTotals(relation: Sql, { of, carried, totals = {}, ahead = [] }: Line): Sql {
  const subject = identifier(of);
  const order = sql`ORDER BY season, ${subject}, game_date, game_id`;
  const neighbour = (side: 'LAG' | 'LEAD', column: string, name: string) =>
    sql`IF(${identifier(side)}(${subject}) OVER line = ${subject} AND ${identifier(side)}(season) OVER line = season,
        ${identifier(side)}(${identifier(column)}) OVER line, NULL) AS ${identifier(name)}`;
  const columns = [
    columnList(['season', of, 'game_date', 'game_id', ...carried]),
    sql`ROW_NUMBER() OVER line AS position`,
    // All games of a season are peers here, so their rank is the position of the first.
    sql`RANK() OVER (ORDER BY season, ${subject}) AS first_position`,
    neighbour('LAG', 'game_date', 'previous_date'),
    ...ahead.map((column) => neighbour('LEAD', column, `next_${column}`)),
    ...Object.entries(totals).map(([name, summand]) =>
      sql`CAST(IFNULL(SUM(${weighed(summand)}) OVER (${order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS INT64) AS ${identifier(`${name}_before`)}`),
  ];
  return sql`SELECT ${joinSql(columns, ',\n        ')}
      FROM ${relation} AS games
      WINDOW line AS (${order})`;
}

/** Running totals of columns as they are. */
export function totalsOf(columns: readonly string[]): Record<string, Sql> {
  return Object.fromEntries(columns.map((name) => [name, identifier(name)]));
}

/**
 * Whether `opening` is the subject's first game in the `days` days before `day`; no game is when there was none.
 * To be used beside the equality of season and subject.
 */
export function opensDays(opening: Sql, days: number, day: Sql): Sql {
  return sql`${opening}.game_date >= DATE_SUB(${day}, INTERVAL ${days} DAY) AND ${opening}.game_date < ${day}
      AND IFNULL(${opening}.previous_date, DATE '1900-01-01') < DATE_SUB(${day}, INTERVAL ${days} DAY)`;
}
