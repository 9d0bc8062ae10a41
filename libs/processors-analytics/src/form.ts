import { column, identifier, joinSql, sql, type Column, type Sql } from '@nba/kernel';
import { known } from './known-sums';

/** The numbers of games over which a player's form is taken. */
export const FORM_GAMES = [5, 10, 15] as const;

/** The furthest that form looks back, in games. */
export const FURTHEST_FORM_GAMES = 15;

/** What form is made of: the mean's name, the integer it sums, and how many of that make one. */
const FORM_STATS = [
  { name: 'points', summed: 'points', perUnit: 1 },
  { name: 'rebounds', summed: 'rebounds', perUnit: 1 },
  { name: 'assists', summed: 'assists', perUnit: 1 },
  { name: 'minutes', summed: 'seconds_played', perUnit: 60 },
] as const;

/** The box score columns that form sums; all integers. */
export const FORM_SUMMED: readonly string[] = FORM_STATS.map(({ summed }) => summed);

/** `points_avg_last_5` … `games_in_last_15`. */
export const FORM_COLUMNS: Readonly<Record<string, Column>> = Object.fromEntries([
  ...FORM_STATS.flatMap(({ name, summed, perUnit }) =>
    FORM_GAMES.map((count): [string, Column] => [
      `${name}_avg_last_${count}`,
      column.float(`Mean ${name} a game over the player's last ${count} games of the season before this date: Σ${summed} / ${perUnit === 1 ? 'games' : `(${perUnit}·games)`}`),
    ])),
  ...FORM_GAMES.map((count): [string, Column] => [
    `games_in_last_${count}`,
    column.integer(`Games behind the means over ${count}: 0 to ${count}`),
  ]),
]);

/** The alias of the game at which the window of so many games opens. */
const opening = (count: number): Sql => identifier(`last_${count}`);

/**
 * Joins, for each window, the game of `careers` (see running-totals.ts) at which it opens.
 * @param last position of the newest game in the windows
 * @param first position of the player's first game of the season
 */
export function formWindows(careers: Sql, last: Sql, first: Sql): Sql {
  return joinSql(
    FORM_GAMES.map((count) =>
      sql`JOIN ${careers} AS ${opening(count)} ON ${opening(count)}.position = GREATEST(${last} - ${count - 1}, ${first})`),
    '\n    ',
  );
}

/**
 * The form columns: differences of running totals, each divided once; NULL without games, or with an unknown value among them.
 * @param last position of the newest game in the windows
 * @param total a stat's running total up to that game
 */
export function formMeans(last: Sql, total: (stat: Sql) => Sql): Sql {
  const games = (count: number) => sql`(${last} + 1 - ${opening(count)}.position)`;
  return joinSql([
    ...FORM_STATS.flatMap(({ name, summed, perUnit }) =>
      FORM_GAMES.map((count) => {
        const sum = known(sql`${total(identifier(summed))} - ${opening(count)}.${identifier(`${summed}_before`)}`);
        const divisor = perUnit === 1 ? games(count) : sql`${perUnit} * ${games(count)}`;
        return sql`${sum} / NULLIF(${divisor}, 0) AS ${identifier(`${name}_avg_last_${count}`)}`;
      })),
    ...FORM_GAMES.map((count) => sql`${games(count)} AS ${identifier(`games_in_last_${count}`)}`),
  ]);
}
