import { columnList, columnNames, games, identifier, joinSql, sameDate, sql } from '@nba/kernel';
import { blocks, defineProcessor, reads } from '@nba/pipeline';
import { playerGameSummary, upcomingPlayerGameContext } from '@nba/processors-analytics';
import { EXPECTED_PLAYER_COLUMNS, expectedPlayerRows, NO_PLAYERS_EXPECTED } from './expected-players';
import { playerShotProfileTable as table, SHOT_WINDOWS } from './player-shot-profile.table';
import { gamesOver, lastGames, seasonHistory, sumOver, type SeasonHistory } from './season-windows';
import { extremeShotType, SHOT_COLUMNS, SHOT_TYPES } from './shot-types';
import { ratio } from './ratio';

const WINDOWS = SHOT_WINDOWS.map(lastGames);
const SUMS = {
  plays: sql`plays_x100`,
  ...Object.fromEntries(SHOT_TYPES.flatMap(({ name, attempted, made }) => [[`${name}_attempted`, attempted], [`${name}_made`, made]])),
};
const HISTORY: SeasonHistory = { games: sql`history`, subject: 'player_id', target: sql`target`, sums: SUMS, windows: WINDOWS };

/** What kinds of shots make up each expected player's plays, and how well they go in. */
export const playerShotProfile = defineProcessor({
  phase: 4,
  table,
  games: 'scheduled',
  upstreams: {
    players: reads(upcomingPlayerGameContext, blocks(sameDate(), EXPECTED_PLAYER_COLUMNS)),
    played: reads(playerGameSummary, blocks(games(Math.max(...SHOT_WINDOWS), 'player'), ['plays_x100', ...SHOT_COLUMNS])),
  },
  spine: { keysOf: 'players' },
  emptyReason: NO_PLAYERS_EXPECTED,
  query: (context) => sql`
    WITH target AS (${expectedPlayerRows(context)}), history AS (SELECT * FROM ${context.from.played} AS h),
    ${seasonHistory(HISTORY)},
    shares AS (
      SELECT summed.*, ${joinSql(WINDOWS.flatMap((window) => [
        sql`${gamesOver(window)} AS ${identifier(`games_in_${window.name}`)}`,
        ...SHOT_TYPES.flatMap(({ name, playsX100 }) => [
          sql`${ratio(sql`${playsX100} * ${sumOver(`${name}_attempted`, window)}`, sumOver('plays', window))} AS ${identifier(`${name}_share_${window.name}`)}`,
          sql`${ratio(sumOver(`${name}_made`, window), sumOver(`${name}_attempted`, window))} AS ${identifier(`${name}_pct_${window.name}`)}`,
        ]),
      ]))}
      FROM summed
    ), judged AS (
      SELECT *, ${extremeShotType('highest', ({ name }) => identifier(`${name}_share_last_20`))} AS dominant_shot_type FROM shares
    )
    SELECT ${columnList(columnNames(table))} FROM judged`,
});
