import { column, defineTable } from '@nba/kernel';
import { BOX_LINE } from '@nba/processors-raw';
import { FORM_COLUMNS } from './form';
import { LOAD_COLUMNS, PLAYER_GAME_COLUMNS, REST_COLUMNS, SHOOTING_COLUMNS } from './game-columns';

const { float, integer } = column;

export const playerGameSummaryTable = defineTable({
  dataset: 'nba_analytics',
  name: 'player_game_summary',
  description: 'One row per player who appeared in a final game: box line, efficiency, usage, and the form before the game.',
  key: ['game_id', 'player_id'],
  columns: {
    ...PLAYER_GAME_COLUMNS,
    ...BOX_LINE,
    ...SHOOTING_COLUMNS,
    plays_x100: integer('Plays in hundredths: 100·FGA + 44·FTA + 100·TOV'),
    team_plays_x100: integer('The team\'s plays in hundredths, by the same formula'),
    game_minutes: integer('Length of the game in minutes: 48 + 5·overtime periods'),
    usage_rate: float('Share of the team\'s plays while on the floor, ×100: 100·plays·game_minutes / (minutes·team plays); NULL at 0 seconds'),
    ...FORM_COLUMNS,
    ...LOAD_COLUMNS,
    ...REST_COLUMNS,
    prior_games: integer('The player\'s games of the season before this one'),
  },
});
