import { column, defineTable } from '@nba/kernel';
import { BOX_LINE, GAME_COLUMNS } from './boxscore-columns';

export const nbacTeamBoxscoreTable = defineTable({
  dataset: 'nba_raw',
  name: 'nbac_team_boxscore',
  description: 'One row per team of a final, counted game.',
  key: ['game_id', 'team_id'],
  columns: {
    ...GAME_COLUMNS,
    team_id: column.integer('NBA team id'),
    team_tricode: column.text('The team\'s three letters'),
    team_name: column.text('The team\'s city and name'),
    ...BOX_LINE,
    // The feed derives it from its players' (a fifth of their sum), so a few real games have fractions: -2.6.
    plus_minus: column.float('Points scored minus points allowed, in points, as the feed has it: a few real games have fractions; margins are computed from points'),
  },
});
