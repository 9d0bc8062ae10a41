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
 * state that holds until the day of his next one, and meets scheduled games by the position of the team's latest game:
 * that of the state, or one of the nine after it.
 */
export function expectedPlayers({ from, inRange }: Context, { scheduled = scheduledTeams(from.schedule), carried = [], totals = {} }: Wanted = {}): Sql {
  return sql`team_game AS (
      SELECT season, team_id, game_id, game_date, position AS team_position, IFNULL(next_game_date, DATE '9999-12-31') AS holds_until
      FROM (${runningTotals(from.teams, { of: 'team_id', carried: [], ahead: ['game_date'] })}) AS t
    ), target AS (
      SELECT s.*, latest.team_position
      FROM ${scheduled} AS s
      JOIN team_game AS latest ON latest.season = s.season AND latest.team_id = s.team_id
        AND s.game_date > latest.game_date AND s.game_date <= latest.holds_until
      WHERE ${inRange('s.game_date')}
    ), candidate AS (
      SELECT p.*, team_game.team_position
      FROM ${from.players} AS p
      LEFT JOIN team_game ON team_game.season = p.season AND team_game.team_id = p.team_id
        AND team_game.game_id = p.game_id AND team_game.game_date = p.game_date
      WHERE p.player_id IN (SELECT player_id FROM ${from.players} AS seen WHERE team_id IN (SELECT team_id FROM target))
    ), career AS (
      ${runningTotals(sql`candidate`, {
        of: 'player_id',
        carried: ['team_id', 'team_position', ...carried],
        totals,
        ahead: ['game_date', 'team_id', 'team_position'],
      })}
    ), slot AS (
      SELECT slots, since FROM UNNEST([${countFrom(1)}]) AS slots JOIN UNNEST([${countFrom(0)}]) AS since ON since < slots
    ), expected AS (
      SELECT target.*, state.player_id, state.position
      FROM (
        SELECT season, player_id, team_id, game_date, position, team_position, IFNULL(next_game_date, DATE '9999-12-31') AS holds_until,
          IF(next_team_id = team_id AND next_team_position - team_position < ${EXPECTED_WITHIN_GAMES},
            next_team_position - team_position, ${EXPECTED_WITHIN_GAMES}) AS slots
        FROM career
      ) AS state
      JOIN slot ON slot.slots = state.slots
      JOIN target ON target.team_position = state.team_position + slot.since
        AND target.team_id = state.team_id AND target.season = state.season
        AND target.game_date > state.game_date AND target.game_date <= state.holds_until
    )`;
}

/**
 * The keys of `expected` alone. Who is expected shows in the latest games of the teams to play: what was before those is
 * left out, which for a single date is most of a season.
 */
export function expectedKeys({ from, inRange }: Context): Sql {
  const latestGames = sql`(SELECT * FROM ${from.players} AS line WHERE line.game_date >= (
      SELECT MIN(team_game.game_date) FROM target JOIN team_game ON team_game.season = target.season AND team_game.team_id = target.team_id
        AND team_game.team_position > target.team_position - ${EXPECTED_WITHIN_GAMES} AND team_game.team_position <= target.team_position))`;
  return sql`WITH ${expectedPlayers({ from: { ...from, players: latestGames }, inRange })} SELECT game_date, game_id, player_id FROM expected`;
}

/** Ten numbers from the given one, comma-separated. */
function countFrom(first: number): Sql {
  return { text: Array.from({ length: EXPECTED_WITHIN_GAMES }, (_, i) => first + i).join(', ') };
}
