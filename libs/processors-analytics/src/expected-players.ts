import { sql, type Sql } from '@nba/kernel';
import type { QueryContext, Upstream } from '@nba/pipeline';
import { scheduledTeams } from '@nba/processors-raw';
import { runningTotals } from './running-totals';

/** A player is expected as long as his latest game is among this many of his team's latest. */
export const EXPECTED_WITHIN_GAMES = 10;

type Context = QueryContext<{ schedule: Upstream; players: Upstream; teams: Upstream }>;

interface Wanted {
  /** Both teams of the scheduled games, with what else is known of them; by default as the schedule has them. */
  readonly scheduled?: Sql;
  /** Columns of player_game_summary to carry. */
  readonly carried?: readonly string[];
  /** Running totals wanted of it. */
  readonly totals?: Readonly<Record<string, Sql>>;
}

/**
 * Common table expressions that end in `expected`: one row per player expected in a scheduled game of the dates,
 * with the columns of the scheduled game and the `position` of the player's latest game in `career`, which are the
 * {@link runningTotals} of player_game_summary.
 *
 * Not a frame over scheduled games, which would count the unplayed. Instead each game that a player has played is a
 * state that holds until the day of his next one, as long as the team has not played ten games since.
 */
export function expectedPlayers({ from, inRange }: Context, { scheduled = scheduledTeams(from.schedule), carried = [], totals = {} }: Wanted = {}): Sql {
  const candidates = sql`(SELECT * FROM ${from.players} AS p WHERE player_id IN (SELECT player_id FROM ${from.players} AS seen WHERE team_id IN (SELECT team_id FROM target)))`;
  return sql`${targets({ from, inRange }, scheduled)}, career AS (
      ${runningTotals(candidates, { of: 'player_id', carried: ['team_id', ...carried], totals, ahead: ['game_date'] })}
    ), expected AS (
      SELECT target.*, latest.player_id, latest.position
      FROM (SELECT season, player_id, team_id, game_date, position, ${heldUntil(sql`next_game_date`)} FROM career) AS latest
      JOIN target ON ${isExpected}
    )`;
}

/** The keys of `expected` alone. Who is expected shows in the latest games of the teams to play: what was before those is left out. */
export function expectedKeys({ from, inRange }: Context): Sql {
  return sql`WITH ${targets({ from, inRange }, scheduledTeams(from.schedule))}, latest AS (
      SELECT season, player_id, team_id, game_date, ${heldUntil(sql`LEAD(game_date) OVER (PARTITION BY season, player_id ORDER BY game_date, game_id)`)}
      FROM ${from.players} AS line WHERE game_date >= (SELECT MIN(counted_from) FROM target)
    )
    SELECT target.game_date, target.game_id, latest.player_id FROM latest JOIN target ON ${isExpected}`;
}

/** `target`: both teams of the scheduled games that have played before, with the date of the earliest of their latest games that count. */
function targets({ from, inRange }: Context, scheduled: Sql): Sql {
  return sql`team_game AS (
      SELECT season, team_id, game_date, ${heldUntil(sql`LEAD(game_date) OVER line`)},
        IFNULL(LAG(game_date, ${EXPECTED_WITHIN_GAMES - 1}) OVER line, DATE '1900-01-01') AS counted_from
      FROM ${from.teams} AS games
      WINDOW line AS (PARTITION BY season, team_id ORDER BY game_date, game_id)
    ), target AS (
      SELECT s.*, latest.counted_from
      FROM ${scheduled} AS s
      JOIN team_game AS latest ON latest.season = s.season AND latest.team_id = s.team_id
        AND s.game_date > latest.game_date AND s.game_date <= latest.holds_until
      WHERE ${inRange('s.game_date')}
    )`;
}

/** A game is the latest until the day of the next one. */
const heldUntil = (next: Sql): Sql => sql`IFNULL(${next}, DATE '9999-12-31') AS holds_until`;

/** Whether a player's `latest` game was for the team of a `target`, and counts. */
const isExpected = sql`target.season = latest.season AND target.team_id = latest.team_id
        AND target.game_date > latest.game_date AND target.game_date <= latest.holds_until AND target.counted_from <= latest.game_date`;
