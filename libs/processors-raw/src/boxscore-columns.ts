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
  field_goals_made: integer('Field goals made, three-pointers included'),
  field_goals_attempted: integer('Field goals attempted, three-pointers included'),
  three_pointers_made: integer('Three-pointers made'),
  three_pointers_attempted: integer('Three-pointers attempted'),
  free_throws_made: integer('Free throws made'),
  free_throws_attempted: integer('Free throws attempted'),
  offensive_rebounds: integer('Offensive rebounds'),
  defensive_rebounds: integer('Defensive rebounds'),
  rebounds: integer('Rebounds, offensive and defensive'),
  assists: integer('Assists'),
  steals: integer('Steals'),
  blocks: integer('Blocks'),
  turnovers: integer('Turnovers'),
  personal_fouls: integer('Personal fouls'),
  points: integer('Points'),
};

/** Minutes, the counting stats and plus-minus: the box line. */
export const BOX_LINE: Readonly<Record<string, Column>> = {
  seconds_played: integer('Time played, in seconds; the feed rounds to whole minutes'),
  minutes: float('seconds_played / 60'),
  ...COUNTING_STATS,
  plus_minus: integer('Points scored minus points allowed while on the floor'),
};
