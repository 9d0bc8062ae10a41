import { column, type Column } from '@nba/kernel';
import { GAME_COLUMNS } from '@nba/processors-raw';

const { integer, text } = column;

/** Which scheduled game, whose row, and against whom. */
export const TEAM_KEY_COLUMNS: Readonly<Record<string, Column>> = {
  ...GAME_COLUMNS,
  team_id: integer('NBA team id'),
  opponent_team_id: integer('The other team of the scheduled game'),
};

/** The same for a player's row. */
export const PLAYER_KEY_COLUMNS: Readonly<Record<string, Column>> = {
  ...TEAM_KEY_COLUMNS,
  team_id: integer('Team the player is expected to play for'),
  player_id: integer('NBA person id'),
  player_name: text('Name for display'),
};
