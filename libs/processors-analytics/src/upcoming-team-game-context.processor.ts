import { days, games, identifier, sameDate, seasonSoFar, sql, type Sql } from '@nba/kernel';
import { blocks, defineProcessor, informs, reads } from '@nba/pipeline';
import { nbacSchedule, SCHEDULED_TEAMS_COLUMNS, scheduledTeams } from '@nba/processors-raw';
import { pace, rating } from './box-formulas';
import { known, weighed } from './known-sums';
import { opensDays, runningTotals, totalsOf } from './running-totals';
import { teamOffenseGameSummary } from './team-offense-game-summary.processor';
import { upcomingTeamGameContextTable } from './upcoming-team-game-context.table';

const RATED = ['points', 'opponent_points', 'possessions_x100', 'opponent_possessions_x100', 'game_minutes'] as const;

/** Both teams of every scheduled game on the morning of its date, from the games they have played before. */
export const upcomingTeamGameContext = defineProcessor({
  phase: 3,
  games: 'scheduled',
  table: upcomingTeamGameContextTable,
  upstreams: {
    schedule: reads(nbacSchedule, blocks(sameDate(), SCHEDULED_TEAMS_COLUMNS)),
    played: reads(
      teamOffenseGameSummary,
      blocks(games(10, 'team'), RATED),
      blocks(days(14, 'team'), []),
      informs(seasonSoFar('team'), ['is_win']),
    ),
  },
  spine: ({ from, inRange }) => sql`SELECT game_date, game_id, team_id FROM ${scheduledTeams(from.schedule)} WHERE ${inRange('game_date')}`,
  // A state is what a team looks like after one of its games, until the day of its next one. Several scheduled games
  // without a played one between them share a state; a frame over scheduled games would count the unplayed.
  query: ({ from, inRange }) => sql`
    WITH line AS (
      ${runningTotals(from.played, {
        of: 'team_id',
        carried: ['is_win', ...RATED],
        totals: { ...totalsOf(RATED), wins: sql`IF(is_win, 1, 0)`, losses: sql`IF(NOT is_win, 1, 0)` },
        ahead: ['game_date'],
      })}
    ), streak AS (
      SELECT season, team_id, is_win, IF(is_win, losses_before, wins_before) AS others_before, MIN(position) AS first_position
      FROM line
      GROUP BY season, team_id, is_win, others_before
    ), state AS (
      SELECT latest.season, latest.team_id, latest.game_date, IFNULL(latest.next_game_date, DATE '9999-12-31') AS holds_until,
        latest.position, latest.position + 1 - latest.first_position AS games,
        latest.wins_before + IF(latest.is_win, 1, 0) - first.wins_before AS wins,
        latest.losses_before + IF(NOT latest.is_win, 1, 0) - first.losses_before AS losses,
        IF(latest.is_win, 1, -1) * (latest.position + 1 - streak.first_position) AS streak,
        latest.position + 1 - last_10.position AS games_in_last_10,
        ${rating(lastTen('points'), lastTen('possessions_x100'))} AS offensive_rating_last_10,
        ${rating(lastTen('opponent_points'), lastTen('opponent_possessions_x100'))} AS defensive_rating_last_10,
        ${pace(sql`(${lastTen('possessions_x100')} + ${lastTen('opponent_possessions_x100')})`, lastTen('game_minutes'))} AS pace_last_10
      FROM line AS latest
      JOIN line AS first ON first.position = latest.first_position
      JOIN line AS last_10 ON last_10.position = GREATEST(latest.position - 9, latest.first_position)
      LEFT JOIN streak ON streak.season = latest.season AND streak.team_id = latest.team_id AND streak.is_win = latest.is_win
        AND streak.others_before = IF(latest.is_win, latest.losses_before, latest.wins_before)
    ), target AS (
      SELECT * FROM ${scheduledTeams(from.schedule)} AS t WHERE ${inRange('game_date')}
    )
    SELECT target.game_id, target.game_date, target.season, target.team_id, target.opponent_team_id, target.is_home,
      IFNULL(own.games, 0) + 1 AS game_number,
      UNIX_DATE(target.game_date) - UNIX_DATE(own.game_date) AS days_rest,
      UNIX_DATE(target.game_date) - UNIX_DATE(own.game_date) = 1 AS is_back_to_back,
      IFNULL(own.position + 1 - week.position, 0) AS games_in_last_7_days,
      IFNULL(own.position + 1 - fortnight.position, 0) AS games_in_last_14_days,
      IFNULL(own.wins, 0) AS wins, IFNULL(own.losses, 0) AS losses, IFNULL(own.streak, 0) AS streak,
      IFNULL(own.games_in_last_10, 0) AS games_in_last_10,
      own.offensive_rating_last_10, own.defensive_rating_last_10, own.pace_last_10,
      IFNULL(opponent.games_in_last_10, 0) AS opponent_games_in_last_10,
      opponent.offensive_rating_last_10 AS opponent_offensive_rating_last_10,
      opponent.defensive_rating_last_10 AS opponent_defensive_rating_last_10,
      opponent.pace_last_10 AS opponent_pace_last_10
    FROM target
    LEFT JOIN state AS own ON ${holds(sql`own`, sql`target.team_id`)}
    LEFT JOIN state AS opponent ON ${holds(sql`opponent`, sql`target.opponent_team_id`)}
    LEFT JOIN line AS week ON week.season = target.season AND week.team_id = target.team_id AND ${opensDays(sql`week`, 7, sql`target.game_date`)}
    LEFT JOIN line AS fortnight ON fortnight.season = target.season AND fortnight.team_id = target.team_id
      AND ${opensDays(sql`fortnight`, 14, sql`target.game_date`)}`,
});

/** The sum of a column over the state's last ten games; NULL when it is unknown of one. */
function lastTen(column: string): Sql {
  const name = identifier(column);
  return known(sql`latest.${name}_before + ${weighed(sql`latest.${name}`)} - last_10.${name}_before`);
}

/** The state in which a team comes to the target's date. */
function holds(state: Sql, team: Sql): Sql {
  return sql`${state}.season = target.season AND ${state}.team_id = ${team}
    AND target.game_date > ${state}.game_date AND target.game_date <= ${state}.holds_until`;
}
