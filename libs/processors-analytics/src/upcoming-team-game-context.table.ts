import { column, defineTable, type Column } from '@nba/kernel';
import { REST_COLUMNS, TEAM_GAME_COLUMNS } from './game-columns';

const { float, integer } = column;

const lastTen = (whose: string, prefix = ''): Record<string, Column> => ({
  [`${prefix}games_in_last_10`]: integer(`${whose} games behind the ratings over the last 10: 0 to 10`),
  [`${prefix}offensive_rating_last_10`]: float(`${whose} points per 100 possessions over the last 10 games: 100·Σpoints / Σpossessions`),
  [`${prefix}defensive_rating_last_10`]: float(`${whose} points allowed per 100 possessions of opponents over the last 10 games: 100·Σopponent points / Σopponent possessions`),
  [`${prefix}pace_last_10`]: float(`${whose} possessions per 48 minutes over the last 10 games: 48·Σ(own + opponent possessions) / (2·Σgame_minutes)`),
});

export const upcomingTeamGameContextTable = defineTable({
  dataset: 'nba_analytics',
  name: 'upcoming_team_game_context',
  description: 'One row per team of a scheduled game, played or not: what is known of both teams on the morning of the date.',
  key: ['game_id', 'team_id'],
  columns: {
    ...TEAM_GAME_COLUMNS,
    game_number: integer('Which of its games of the season this is: 1 + the team\'s games of the season played before this date'),
    ...REST_COLUMNS,
    games_in_last_7_days: integer('The team\'s games in [D−7, D−1]'),
    games_in_last_14_days: integer('The team\'s games in [D−14, D−1]'),
    wins: integer('Wins of the season before this date'),
    losses: integer('Losses of the season before this date'),
    streak: integer('Wins in a row (positive) or losses in a row (negative) up to this date; 0 before the first game'),
    ...lastTen('The team\'s'),
    ...lastTen('The opponent\'s', 'opponent_'),
  },
});
