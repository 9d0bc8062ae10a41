import { columnList, sameDate, sql } from '@nba/kernel';
import { blocks, defineProcessor, reads } from '@nba/pipeline';
import { BOX_LINE, nbacSchedule, nbacTeamBoxscore, SCHEDULED_TEAMS_COLUMNS, scheduledTeams } from '@nba/processors-raw';
import { effectiveFieldGoals, pace, playsX100, possessionsX100, rating, trueShooting } from './box-formulas';
import { teamOffenseGameSummaryTable } from './team-offense-game-summary.table';

/** Each team's own game: box line, possessions, efficiency. Everything that later tables sum over games is an integer here. */
export const teamOffenseGameSummary = defineProcessor({
  phase: 3,
  games: 'final',
  table: teamOffenseGameSummaryTable,
  upstreams: {
    boxscores: reads(nbacTeamBoxscore, blocks(sameDate(), ['team_tricode', ...Object.keys(BOX_LINE)])),
    schedule: reads(nbacSchedule, blocks(sameDate(), SCHEDULED_TEAMS_COLUMNS)),
  },
  spine: { keysOf: 'boxscores' },
  emptyReason: 'no final game on this date',
  // 13650 s = 240 min − half an overtime: rounding by FLOOR is the same in both engines, and no float is near a half.
  query: ({ from, inRange }) => sql`
    WITH box AS (
      SELECT *, ${playsX100('b')} AS plays_x100, ${possessionsX100('b')} AS possessions_x100,
        CAST(FLOOR((seconds_played - 13650) / 1500) AS INT64) AS overtime_periods
      FROM ${from.boxscores} AS b WHERE ${inRange('game_date')}
    ), game AS (
      SELECT own.*, teams.opponent_team_id, teams.is_home, 48 + 5 * own.overtime_periods AS game_minutes,
        opponent.points AS opponent_points, opponent.defensive_rebounds AS opponent_defensive_rebounds,
        opponent.possessions_x100 AS opponent_possessions_x100
      FROM box AS own
      LEFT JOIN ${scheduledTeams(from.schedule)} AS teams
        ON teams.game_date = own.game_date AND teams.game_id = own.game_id AND teams.team_id = own.team_id
      LEFT JOIN box AS opponent
        ON opponent.game_date = own.game_date AND opponent.game_id = own.game_id AND opponent.team_id = teams.opponent_team_id
    )
    SELECT game_id, game_date, season, team_id, team_tricode, opponent_team_id, is_home,
      points > opponent_points AS is_win, points - opponent_points AS margin, opponent_points,
      ${columnList(Object.keys(BOX_LINE))}, overtime_periods, game_minutes, plays_x100, possessions_x100, opponent_possessions_x100,
      ${pace(sql`(possessions_x100 + opponent_possessions_x100)`, sql`game_minutes`)} AS pace,
      ${rating(sql`points`, sql`possessions_x100`)} AS offensive_rating,
      ${effectiveFieldGoals('game')} AS efg_pct,
      ${trueShooting('game')} AS ts_pct,
      100 * turnovers / NULLIF(plays_x100, 0) AS tov_pct,
      offensive_rebounds / NULLIF(offensive_rebounds + opponent_defensive_rebounds, 0) AS oreb_pct,
      free_throws_made / NULLIF(field_goals_attempted, 0) AS ft_rate
    FROM game`,
});
