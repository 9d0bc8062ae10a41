import { identifier, joinSql, sql, type Sql } from '@nba/kernel';
import { known, runningTotals, totalsOf, weighed } from '@nba/processors-analytics';

/** A window of games before a date, within the season: the last so many, or all. */
export interface SeasonWindow {
  /** As it ends column names: `last_10`, `season`. */
  readonly name: string;
  /** How many games; null for the season so far. */
  readonly games: number | null;
}

/** The last `count` games. */
export const lastGames = (count: number): SeasonWindow => ({ name: `last_${count}`, games: count });

/** Every game of the season before the date. */
export const SEASON_SO_FAR: SeasonWindow = { name: 'season', games: null };

/** The integers to sum over the games of each player or team. */
export interface SeasonHistory {
  /** The games: season, game_date, game_id, the subject and what `sums` reads. */
  readonly games: Sql;
  readonly subject: 'player_id' | 'team_id';
  /** The rows that want a history: season, game_date and the subject. */
  readonly target: Sql;
  /** Integers of one game, by the names their sums go by. */
  readonly sums: Readonly<Record<string, Sql>>;
  readonly windows: readonly SeasonWindow[];
}

/** After every game. A date and not NULL, so that the join stays one of plain comparisons: only these are fast in an outer join. */
const NEVER = sql`DATE '9999-12-31'`;

/**
 * Common table expressions that end in `summed`: the target's columns, and per window {@link gamesOver} and each {@link sumOver}.
 *
 * Each target meets its subject's latest game before the date (`latest`) in the line of running totals, and the game at which each
 * window opens. A frame over scheduled games would count the unplayed: several scheduled games without a played one
 * between them have the same latest game.
 */
export function seasonHistory({ games, subject, target, sums, windows }: SeasonHistory): Sql {
  const who = identifier(subject);
  const names = Object.keys(sums);
  const summands = joinSql(names.map((name) => sql`${sums[name] as Sql} AS ${identifier(name)}`));
  return sql`played AS (
      SELECT season, ${who}, game_date, game_id, ${summands}
      FROM ${games} AS g WHERE ${who} IN (SELECT ${who} FROM ${target})
    ), career AS (
      SELECT *, IFNULL(next_game_date, ${NEVER}) AS holds_until
      FROM (${runningTotals(sql`played`, { of: subject, carried: names, totals: totalsOf(names), ahead: ['game_date'] })}) AS line
    ), summed AS (
      SELECT ${target}.*, ${joinSql(windows.flatMap((window) => [
        sql`IFNULL(latest.position - ${opening(window)}.position + 1, 0) AS ${gamesOver(window)}`,
        ...names.map(identifier).map((name) =>
          sql`${known(sql`latest.${name}_before + ${weighed(sql`latest.${name}`)} - ${opening(window)}.${name}_before`)} AS ${sumOver(name.text, window)}`),
      ]))}
      FROM ${target}
      LEFT JOIN career AS latest ON latest.season = ${target}.season AND latest.${who} = ${target}.${who}
        AND latest.game_date < ${target}.game_date AND latest.holds_until >= ${target}.game_date
      ${joinSql(windows.map(joinOpening), '\n      ')}
    )`;
}

/** The alias of the game at which a window opens. */
const opening = ({ name }: SeasonWindow): Sql => identifier(`opening_${name}`);

function joinOpening(window: SeasonWindow): Sql {
  const first = window.games === null ? sql`latest.first_position` : sql`GREATEST(latest.position - ${window.games - 1}, latest.first_position)`;
  return sql`LEFT JOIN career AS ${opening(window)} ON ${opening(window)}.position = ${first}`;
}

/** A column of `summed`: a sum over a window, NULL without games or with an unknown value among them. */
export const sumOver = (sum: string, { name }: SeasonWindow): Sql => identifier(`${sum}_${name}`);

/** A column of `summed`: the number of games in a window, 0 when there are none. */
export const gamesOver = ({ name }: SeasonWindow): Sql => identifier(`games_${name}`);
