import { column, defineTable, type Column } from '@nba/kernel';
import { PLAYER_KEY_COLUMNS } from './keys';
import { lastGames, SEASON_SO_FAR, type SeasonWindow } from './season-windows';

const { float, integer } = column;

/** The windows over which a player's form is cached. */
export const CACHE_WINDOWS: readonly SeasonWindow[] = [lastGames(5), lastGames(10), lastGames(30), SEASON_SO_FAR];

/** The name of the number of games in a window. */
export const gamesColumn = ({ name, games }: SeasonWindow) => (games === null ? 'games_this_season' : `games_in_${name}`);

const inWords = ({ games }: SeasonWindow) => (games === null ? 'his games of the season before this date' : `his last ${games} games of the season`);

const gamesIn = (window: SeasonWindow): [string, Column] => [
  gamesColumn(window),
  integer(window.games === null ? 'The player\'s games of the season before this date' : `The player's games behind the values over the last ${window.games}: 0 to ${window.games}`),
];

const columnsOver = (window: SeasonWindow): Record<string, Column> => {
  const over = inWords(window);
  return {
    [`points_avg_${window.name}`]: float(`Mean points a game over ${over}: Σpoints / games`),
    [`points_std_${window.name}`]: float(`Sample deviation of points a game over ${over}: √((n·Σpoints² − (Σpoints)²) / (n·(n − 1))); NULL below 2 games`),
    [`minutes_avg_${window.name}`]: float(`Mean minutes a game over ${over}: Σseconds_played / (60·games)`),
    [`usage_rate_${window.name}`]: float(`Share of the team's plays while on the floor over ${over}, ×100: 100·Σ(plays·game_minutes) / Σ(minutes·team plays)`),
    [`ts_pct_${window.name}`]: float(`True shooting over ${over}, as a fraction: Σpoints / (2·Σ(FGA + 0.44·FTA))`),
  };
};

export const playerDailyCacheTable = defineTable({
  dataset: 'nba_precompute',
  name: 'player_daily_cache',
  description: 'One row per player expected in a scheduled game, played or not: his form, and his team\'s pace and offense, on the morning of the date.',
  key: ['game_id', 'player_id'],
  columns: {
    ...PLAYER_KEY_COLUMNS,
    ...Object.fromEntries(CACHE_WINDOWS.map(gamesIn)),
    ...Object.assign({}, ...CACHE_WINDOWS.map(columnsOver)) as Record<string, Column>,
    team_games_in_last_10: integer('The team\'s games behind its values over the last 10: 0 to 10'),
    team_pace_last_10: float('The team\'s possessions per 48 minutes over its last 10 games: 48·Σ(own + opponent possessions) / (2·Σgame_minutes)'),
    team_offensive_rating_last_10: float('The team\'s points per 100 possessions over its last 10 games: 100·Σpoints / Σpossessions'),
  },
});
