import { columnList, sql, type Sql } from '@nba/kernel';
import type { QueryContext, Upstream } from '@nba/pipeline';
import { PLAYER_KEY_COLUMNS } from './keys';

/** What the player tables carry over from upcoming_player_game_context, beside the keys that come by themselves. */
export const EXPECTED_PLAYER_COLUMNS = ['opponent_team_id', 'player_name'] as const;

/** Why a date may rightly have no player rows. */
export const NO_PLAYERS_EXPECTED = 'no team of this date has played a game this season';

type Context = QueryContext<{ players: Upstream }>;

/** The expected players with what their rows start with, and further columns of the context. */
export function expectedPlayerRows({ from, inRange }: Context, further: readonly string[] = []): Sql {
  return sql`SELECT ${columnList([...PLAYER_ROW_START, ...further])} FROM ${from.players} AS p WHERE ${inRange('game_date')}`;
}

/** The columns with which every player row starts. */
export const PLAYER_ROW_START: readonly string[] = Object.keys(PLAYER_KEY_COLUMNS);
