import { column, type Column } from '@nba/kernel';

const { date, float, integer, text } = column;

/** The columns that say which game, before those that say whose row it is. */
export const GAME_COLUMNS: Readonly<Record<string, Column>> = {
  game_id: text('NBA game id, ten characters'),
  game_date: date('Civil date of the game in US Eastern time'),
  season: text('Season, as 2024-25'),
};

/** The counting stats of a box score in the feed's order; every one is an integer and additive over players. */
export const COUNTING_STATS: Readonly<Record<string, Column>> = {
  field_goals_made: integer('Field goals made (FGM), three-pointers included'),
  field_goals_attempted: integer('Field goals attempted (FGA), three-pointers included'),
  three_pointers_made: integer('Three-pointers made (FG3M)'),
  three_pointers_attempted: integer('Three-pointers attempted (FG3A)'),
  free_throws_made: integer('Free throws made (FTM)'),
  free_throws_attempted: integer('Free throws attempted (FTA)'),
  offensive_rebounds: integer('Offensive rebounds (OREB)'),
  defensive_rebounds: integer('Defensive rebounds (DREB)'),
  rebounds: integer('Rebounds: OREB + DREB'),
  assists: integer('Assists credited'),
  steals: integer('Steals made'),
  blocks: integer('Shots of the opponent blocked'),
  turnovers: integer('Turnovers (TOV)'),
  personal_fouls: integer('Personal fouls, 6 at most for a player'),
  points: integer('Points scored: 2·(FGM − FG3M) + 3·FG3M + FTM'),
};

/** Minutes, the counting stats and plus-minus: the box line. */
export const BOX_LINE: Readonly<Record<string, Column>> = {
  seconds_played: integer('Time played, in seconds; the feed rounds to whole minutes'),
  minutes: float('Time played, in minutes: seconds_played / 60'),
  ...COUNTING_STATS,
  plus_minus: integer('Points scored minus points allowed while on the floor, in points'),
};
