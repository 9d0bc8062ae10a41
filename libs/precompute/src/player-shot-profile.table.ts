import { column, defineTable, type Column } from '@nba/kernel';
import { PLAYER_KEY_COLUMNS } from './keys';
import { SHOT_TYPES, type ShotType } from './shot-types';

const { float, integer, text } = column;

/** The numbers of games over which a player's shots are told. */
export const SHOT_WINDOWS = [10, 20] as const;

const columnsOf = ({ name, words, playsX100 }: ShotType, count: number): Record<string, Column> => ({
  [`${name}_share_last_${count}`]: float(`Share of the player's plays over his last ${count} games that were ${words}: ${playsX100}·Σattempted / Σplays_x100, as a fraction (turnovers are plays too)`),
  [`${name}_pct_last_${count}`]: float(`The player's ${words} made / attempted over his last ${count} games, as a fraction`),
});

export const playerShotProfileTable = defineTable({
  dataset: 'nba_precompute',
  name: 'player_shot_profile',
  description: 'One row per player expected in a scheduled game, played or not: what he shoots and how well, on the morning of the date.',
  key: ['game_id', 'player_id'],
  columns: {
    ...PLAYER_KEY_COLUMNS,
    ...Object.fromEntries(SHOT_WINDOWS.map((count) => [
      `games_in_last_${count}`, integer(`The player's games behind the values over the last ${count}: 0 to ${count}`),
    ])),
    ...Object.assign({}, ...SHOT_WINDOWS.flatMap((count) => SHOT_TYPES.map((type) => columnsOf(type, count)))) as Record<string, Column>,
    dominant_shot_type: text('Shot type with the largest share over the last 20 games: three_pointer, two_pointer or free_throw, the first of equals in this order; NULL without plays'),
  },
});
