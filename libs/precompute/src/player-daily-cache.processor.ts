import { columnList, games, identifier, joinSql, sameDate, seasonSoFar, sql, type Sql } from '@nba/kernel';
import { blocks, defineProcessor, informs, reads } from '@nba/pipeline';
import { playerGameSummary, upcomingPlayerGameContext, upcomingTeamGameContext } from '@nba/processors-analytics';
import { EXPECTED_PLAYER_COLUMNS, expectedPlayerRows, NO_PLAYERS_EXPECTED, PLAYER_ROW_START } from './expected-players';
import { CACHE_WINDOWS, gamesColumn, playerDailyCacheTable as table } from './player-daily-cache.table';
import { gamesOver, seasonHistory, sumOver, type SeasonHistory, type SeasonWindow } from './season-windows';
import { ratio } from './ratio';

/** What the sums over games read; all integers. */
const READ = ['points', 'seconds_played', 'field_goals_attempted', 'free_throws_attempted', 'plays_x100', 'team_plays_x100', 'game_minutes'] as const;

const SUMS = {
  points: sql`points`,
  points_squared: sql`points * points`,
  seconds: sql`seconds_played`,
  plays_by_minutes: sql`plays_x100 * game_minutes`,
  seconds_by_team_plays: sql`seconds_played * team_plays_x100`,
  shooting_plays: sql`100 * field_goals_attempted + 44 * free_throws_attempted`,
};
const HISTORY: SeasonHistory = { games: sql`history`, subject: 'player_id', target: sql`target`, sums: SUMS, windows: CACHE_WINDOWS };

/** The team's context of the same date, and what it is called here. */
const TEAM = { team_games_in_last_10: 'games_in_last_10', team_pace_last_10: 'pace_last_10', team_offensive_rating_last_10: 'offensive_rating_last_10' } as const;

/** Each expected player's form over the last games and the season, with his team's pace and offense. */
export const playerDailyCache = defineProcessor({
  phase: 4,
  table,
  games: 'scheduled',
  upstreams: {
    players: reads(upcomingPlayerGameContext, blocks(sameDate(), EXPECTED_PLAYER_COLUMNS)),
    teams: reads(upcomingTeamGameContext, blocks(sameDate(), Object.values(TEAM))),
    played: reads(playerGameSummary, blocks(games(30, 'player'), READ), informs(seasonSoFar('player'), READ)),
  },
  spine: { keysOf: 'players' },
  emptyReason: NO_PLAYERS_EXPECTED,
  query: (context) => sql`
    WITH target AS (${expectedPlayerRows(context)}), history AS (SELECT * FROM ${context.from.played} AS h),
    ${seasonHistory(HISTORY)}
    SELECT ${columnList(PLAYER_ROW_START, 'summed')},
      ${joinSql(CACHE_WINDOWS.map((window) => sql`${gamesOver(window)} AS ${identifier(gamesColumn(window))}`))},
      ${joinSql(CACHE_WINDOWS.flatMap(formOver))},
      IFNULL(team.${identifier(TEAM.team_games_in_last_10)}, 0) AS team_games_in_last_10,
      team.${identifier(TEAM.team_pace_last_10)} AS team_pace_last_10,
      team.${identifier(TEAM.team_offensive_rating_last_10)} AS team_offensive_rating_last_10
    FROM summed
    LEFT JOIN ${context.from.teams} AS team
      ON team.game_date = summed.game_date AND team.game_id = summed.game_id AND team.team_id = summed.team_id`,
});

function formOver(window: SeasonWindow): Sql[] {
  const n = gamesOver(window);
  const sum = (name: keyof typeof SUMS) => sumOver(name, window);
  const spread = sql`${n} * ${sum('points_squared')} - ${sum('points')} * ${sum('points')}`;
  const columns = {
    points_avg: ratio(sum('points'), n),
    points_std: sql`SQRT(${ratio(sql`(${spread})`, sql`${n} * (${n} - 1)`)})`,
    minutes_avg: ratio(sum('seconds'), sql`60 * ${n}`),
    // The hundredths of both plays cancel; 100 for the rate, 60 for seconds to minutes.
    usage_rate: ratio(sql`6000 * ${sum('plays_by_minutes')}`, sum('seconds_by_team_plays')),
    ts_pct: ratio(sql`50 * ${sum('points')}`, sum('shooting_plays')),
  };
  return Object.entries(columns).map(([name, value]) => sql`${value} AS ${identifier(`${name}_${window.name}`)}`);
}
