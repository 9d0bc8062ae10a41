import { column, defineTable } from '@nba/kernel';
import { BOX_LINE, GAME_COLUMNS } from './boxscore-columns';

export const nbacPlayerBoxscoreTable = defineTable({
  dataset: 'nba_raw',
  name: 'nbac_player_boxscore',
  description: 'One row per player who appeared in a final, counted game; a row with 0 minutes is an appearance.',
  key: ['game_id', 'player_id'],
  columns: {
    ...GAME_COLUMNS,
    team_id: column.integer('Team the player played for'),
    team_tricode: column.text('The team\'s three letters'),
    player_id: column.integer('NBA person id'),
    player_name: column.text('Name for display'),
    ...BOX_LINE,
  },
});
