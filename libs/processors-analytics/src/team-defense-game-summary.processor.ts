import { sameDate, sql } from '@nba/kernel';
import { blocks, defineProcessor, reads } from '@nba/pipeline';
import { nbacSchedule, nbacTeamBoxscore, SCHEDULED_TEAMS_COLUMNS, scheduledTeams } from '@nba/processors-raw';
import { effectiveFieldGoals, playsX100, POSSESSIONS_COLUMNS, possessionsX100, rating, SHOOTING_INPUTS, trueShooting } from './box-formulas';
import { teamDefenseGameSummaryTable } from './team-defense-game-summary.table';

const READ = new Set([
  ...POSSESSIONS_COLUMNS, ...SHOOTING_INPUTS, 'three_pointers_attempted', 'free_throws_made', 'defensive_rebounds', 'steals', 'blocks',
]);

/** What each team allowed: the opponent's offense in the same game. */
export const teamDefenseGameSummary = defineProcessor({
  phase: 3,
  games: 'final',
  table: teamDefenseGameSummaryTable,
  upstreams: {
    boxscores: reads(nbacTeamBoxscore, blocks(sameDate(), [...READ])),
    schedule: reads(nbacSchedule, blocks(sameDate(), SCHEDULED_TEAMS_COLUMNS)),
  },
  spine: { keysOf: 'boxscores' },
  emptyReason: 'no final game on this date',
  query: ({ from, inRange }) => sql`
    WITH box AS (SELECT * FROM ${from.boxscores} AS b WHERE ${inRange('game_date')})
    SELECT own.game_id, own.game_date, own.season, own.team_id, teams.opponent_team_id, teams.is_home,
      opponent.points AS opponent_points,
      ${possessionsX100('opponent')} AS opponent_possessions_x100,
      ${rating(sql`opponent.points`, possessionsX100('opponent'))} AS defensive_rating,
      ${effectiveFieldGoals('opponent')} AS opponent_efg_pct,
      ${trueShooting('opponent')} AS opponent_ts_pct,
      opponent.field_goals_made - opponent.three_pointers_made AS opponent_two_pointers_made,
      opponent.field_goals_attempted - opponent.three_pointers_attempted AS opponent_two_pointers_attempted,
      opponent.three_pointers_made AS opponent_three_pointers_made,
      opponent.three_pointers_attempted AS opponent_three_pointers_attempted,
      opponent.free_throws_made AS opponent_free_throws_made,
      opponent.free_throws_attempted AS opponent_free_throws_attempted,
      own.defensive_rebounds / NULLIF(own.defensive_rebounds + opponent.offensive_rebounds, 0) AS dreb_pct,
      100 * opponent.turnovers / NULLIF(${playsX100('opponent')}, 0) AS opponent_tov_pct,
      own.steals, own.blocks
    FROM box AS own
    LEFT JOIN ${scheduledTeams(from.schedule)} AS teams
      ON teams.game_date = own.game_date AND teams.game_id = own.game_id AND teams.team_id = own.team_id
    LEFT JOIN box AS opponent
      ON opponent.game_date = own.game_date AND opponent.game_id = own.game_id AND opponent.team_id = teams.opponent_team_id`,
});
