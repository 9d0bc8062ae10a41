import { columnList, days, games, sameDate, sql } from '@nba/kernel';
import { blocks, defineProcessor, reads } from '@nba/pipeline';
import { nbacSchedule, SCHEDULED_TEAMS_COLUMNS, scheduledTeams } from '@nba/processors-raw';
import { EXPECTED_WITHIN_GAMES, expectedKeys, expectedPlayers } from './expected-players';
import { FORM_COLUMNS, FORM_SUMMED, formMeans, formWindows, FURTHEST_FORM_GAMES } from './form';
import { known, weighed } from './known-sums';
import { playerGameSummary } from './player-game-summary.processor';
import { opensDays, totalsOf } from './running-totals';
import { teamOffenseGameSummary } from './team-offense-game-summary.processor';
import { upcomingPlayerGameContextTable } from './upcoming-player-game-context.table';
import { upcomingTeamGameContext } from './upcoming-team-game-context.processor';

const OPPONENT = ['opponent_games_in_last_10', 'opponent_defensive_rating_last_10', 'opponent_pace_last_10'] as const;
const SECONDS_IN_WEEK = known(sql`seconds_so_far - seconds_before_week`);

/** The players expected in every scheduled game on the morning of its date, from the games they have played before. */
export const upcomingPlayerGameContext = defineProcessor({
  phase: 3,
  games: 'scheduled',
  table: upcomingPlayerGameContextTable,
  upstreams: {
    schedule: reads(nbacSchedule, blocks(sameDate(), SCHEDULED_TEAMS_COLUMNS)),
    teams: reads(teamOffenseGameSummary, blocks(games(EXPECTED_WITHIN_GAMES, 'team'), [])),
    players: reads(
      playerGameSummary,
      blocks(games(1, 'player'), ['player_name']),
      blocks(games(FURTHEST_FORM_GAMES, 'player'), FORM_SUMMED),
      blocks(days(7, 'player'), ['seconds_played']),
      blocks(days(14, 'player'), ['is_back_to_back']),
    ),
    contexts: reads(upcomingTeamGameContext, blocks(sameDate(), OPPONENT)),
  },
  spine: expectedKeys,
  emptyReason: 'no team of this date has played a game this season',
  query: ({ from, inRange }) => sql`
    WITH ${expectedPlayers({ from, inRange }, {
      scheduled: sql`(SELECT s.*, ${columnList(OPPONENT, 'contexts')} FROM ${scheduledTeams(from.schedule)} AS s
        LEFT JOIN ${from.contexts} AS contexts
          ON contexts.game_date = s.game_date AND contexts.game_id = s.game_id AND contexts.team_id = s.team_id)`,
      carried: ['player_name', ...FORM_SUMMED, 'is_back_to_back'],
      totals: { ...totalsOf(FORM_SUMMED), back_to_backs: sql`IF(is_back_to_back, 1, 0)` },
    })},
    form AS (
      SELECT latest.position, latest.player_name, latest.game_date,
        latest.seconds_played_before + ${weighed(sql`latest.seconds_played`)} AS seconds_so_far,
        latest.back_to_backs_before + IF(latest.is_back_to_back, 1, 0) AS back_to_backs_so_far,
        ${formMeans(sql`latest.position`, (stat) => sql`latest.${stat}_before + ${weighed(sql`latest.${stat}`)}`)}
      FROM career AS latest
      ${formWindows(sql`career`, sql`latest.position`, sql`latest.first_position`)}
      WHERE latest.position IN (SELECT position FROM expected)
    ), recent AS (
      SELECT expected.*, week.position AS week_position, week.seconds_played_before AS seconds_before_week,
        fortnight.back_to_backs_before AS back_to_backs_before_fortnight
      FROM expected
      LEFT JOIN career AS week ON week.season = expected.season AND week.player_id = expected.player_id
        AND ${opensDays(sql`week`, 7, sql`expected.game_date`)}
      LEFT JOIN career AS fortnight ON fortnight.season = expected.season AND fortnight.player_id = expected.player_id
        AND ${opensDays(sql`fortnight`, 14, sql`expected.game_date`)}
    )
    SELECT recent.game_id, recent.game_date, recent.season, recent.team_id, recent.opponent_team_id, recent.is_home,
      recent.player_id, form.player_name, ${columnList(Object.keys(FORM_COLUMNS), 'form')},
      IFNULL(form.position + 1 - week_position, 0) AS games_in_last_7_days,
      ${SECONDS_IN_WEEK} AS seconds_in_last_7_days,
      ${SECONDS_IN_WEEK} / 60 AS minutes_in_last_7_days,
      UNIX_DATE(recent.game_date) - UNIX_DATE(form.game_date) AS days_rest,
      UNIX_DATE(recent.game_date) - UNIX_DATE(form.game_date) = 1 AS is_back_to_back,
      IFNULL(back_to_backs_so_far - back_to_backs_before_fortnight, 0) AS back_to_backs_in_last_14_days,
      ${columnList(OPPONENT)}
    FROM recent
    JOIN form ON form.position = recent.position`,
});
