import { column, defineTable } from '@nba/kernel';
import { FORM_COLUMNS } from './form';
import { LOAD_COLUMNS, PLAYER_GAME_COLUMNS, REST_COLUMNS } from './game-columns';

const { float, integer } = column;

export const upcomingPlayerGameContextTable = defineTable({
  dataset: 'nba_analytics',
  name: 'upcoming_player_game_context',
  description: 'One row per player expected in a scheduled game, played or not: his form and rest on the morning of the date.',
  key: ['game_id', 'player_id'],
  columns: {
    ...PLAYER_GAME_COLUMNS,
    ...FORM_COLUMNS,
    ...LOAD_COLUMNS,
    ...REST_COLUMNS,
    back_to_backs_in_last_14_days: integer('The player\'s games in [D−14, D−1] whose previous game was the day before'),
    opponent_games_in_last_10: integer('The opponent\'s games behind its values over the last 10: 0 to 10'),
    opponent_defensive_rating_last_10: float('The opponent\'s points allowed per 100 possessions over its last 10 games: 100·Σopponent points / Σopponent possessions'),
    opponent_pace_last_10: float('The opponent\'s possessions per 48 minutes over its last 10 games: 48·Σ(own + opponent possessions) / (2·Σgame_minutes)'),
  },
});
