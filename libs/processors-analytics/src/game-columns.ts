import { column, type Column } from '@nba/kernel';
import { GAME_COLUMNS } from '@nba/processors-raw';

const { flag, float, integer, text } = column;

/** Which game, whose row, against whom and where. */
export const TEAM_GAME_COLUMNS: Readonly<Record<string, Column>> = {
  ...GAME_COLUMNS,
  team_id: integer('NBA team id'),
  opponent_team_id: integer('The other team of the game, by the schedule'),
  is_home: flag('Whether the team is the schedule\'s home team (at a neutral site too)'),
};

/** The same for a player's row. */
export const PLAYER_GAME_COLUMNS: Readonly<Record<string, Column>> = {
  ...TEAM_GAME_COLUMNS,
  team_id: integer('Team the player plays for'),
  player_id: integer('NBA person id'),
  player_name: text('Name for display'),
};

/** Days since the game before and whether that was yesterday. */
export const REST_COLUMNS: Readonly<Record<string, Column>> = {
  days_rest: integer('Time since the previous game of the season, in days: 1 = played yesterday; NULL before the first game'),
  is_back_to_back: flag('Whether the previous game was the day before: days_rest = 1; NULL before the first game'),
};

/** A player's load over the seven days before the date. */
export const LOAD_COLUMNS: Readonly<Record<string, Column>> = {
  games_in_last_7_days: integer('The player\'s games in [D−7, D−1]'),
  seconds_in_last_7_days: integer('Time played in those games, in seconds: Σseconds_played; NULL without games'),
  minutes_in_last_7_days: float('The same in minutes: seconds_in_last_7_days / 60'),
};

/** Shooting efficiency of a box line, as fractions. */
export const SHOOTING_COLUMNS: Readonly<Record<string, Column>> = {
  efg_pct: float('Effective field goal percentage, as a fraction: (FGM + 0.5·FG3M) / FGA; NULL without attempts'),
  ts_pct: float('True shooting, as a fraction: points / (2·(FGA + 0.44·FTA)); NULL without attempts'),
};
