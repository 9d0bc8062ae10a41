import { columnList, days, games, sameDate, seasonSoFar, sql } from '@nba/kernel';
import { blocks, defineProcessor, informs, reads } from '@nba/pipeline';
import { BOX_LINE, nbacPlayerBoxscore } from '@nba/processors-raw';
import { effectiveFieldGoals, playsX100, trueShooting } from './box-formulas';
import { FORM_SUMMED, formMeans, formWindows, FURTHEST_FORM_GAMES } from './form';
import { known } from './known-sums';
import { playerGameSummaryTable } from './player-game-summary.table';
import { opensDays, runningTotals, totalsOf } from './running-totals';
import { teamOffenseGameSummary } from './team-offense-game-summary.processor';

const SECONDS_IN_WEEK = known(sql`own.seconds_played_before - week.seconds_played_before`);

/** Each player's game with his form before it. The form never sees the game itself. */
export const playerGameSummary = defineProcessor({
  phase: 3,
  games: 'final',
  table: playerGameSummaryTable,
  upstreams: {
    boxscores: reads(
      nbacPlayerBoxscore,
      blocks(sameDate(), ['player_name', ...Object.keys(BOX_LINE)]),
      blocks(games(FURTHEST_FORM_GAMES, 'player'), FORM_SUMMED),
      blocks(days(7, 'player'), ['seconds_played']),
      informs(seasonSoFar('player'), []),
    ),
    teams: reads(teamOffenseGameSummary, blocks(sameDate(), ['opponent_team_id', 'is_home', 'game_minutes', 'plays_x100'])),
  },
  spine: { keysOf: 'boxscores' },
  emptyReason: 'no final game on this date',
  query: ({ from, inRange }) => sql`
    WITH asked AS (
      SELECT *, ${playsX100('b')} AS plays_x100 FROM ${from.boxscores} AS b WHERE ${inRange('game_date')}
    ), history AS (
      SELECT * FROM ${from.boxscores} AS b WHERE player_id IN (SELECT player_id FROM asked)
    ), career AS (
      ${runningTotals(sql`history`, { of: 'player_id', carried: [], totals: totalsOf(FORM_SUMMED) })}
    )
    SELECT asked.game_id, asked.game_date, asked.season, asked.team_id, teams.opponent_team_id, teams.is_home,
      asked.player_id, asked.player_name, ${columnList(Object.keys(BOX_LINE), 'asked')},
      ${effectiveFieldGoals('asked')} AS efg_pct, ${trueShooting('asked')} AS ts_pct,
      asked.plays_x100, teams.plays_x100 AS team_plays_x100, teams.game_minutes,
      6000 * asked.plays_x100 * teams.game_minutes / NULLIF(asked.seconds_played * teams.plays_x100, 0) AS usage_rate,
      ${formMeans(sql`(own.position - 1)`, (stat) => sql`own.${stat}_before`)},
      IFNULL(own.position - week.position, 0) AS games_in_last_7_days,
      ${SECONDS_IN_WEEK} AS seconds_in_last_7_days,
      ${SECONDS_IN_WEEK} / 60 AS minutes_in_last_7_days,
      UNIX_DATE(own.game_date) - UNIX_DATE(own.previous_date) AS days_rest,
      UNIX_DATE(own.game_date) - UNIX_DATE(own.previous_date) = 1 AS is_back_to_back,
      own.position - own.first_position AS prior_games
    FROM asked
    JOIN (SELECT * FROM career WHERE ${inRange('game_date')}) AS own
      ON own.game_date = asked.game_date AND own.game_id = asked.game_id AND own.player_id = asked.player_id
    ${formWindows(sql`career`, sql`(own.position - 1)`, sql`own.first_position`)}
    LEFT JOIN career AS week ON week.season = own.season AND week.player_id = own.player_id AND ${opensDays(sql`week`, 7, sql`own.game_date`)}
    LEFT JOIN ${from.teams} AS teams
      ON teams.game_date = asked.game_date AND teams.game_id = asked.game_id AND teams.team_id = asked.team_id`,
});
