import { identifier, sql, type Sql } from '@nba/kernel';

/**
 * Formulas over the integers of one box line, `row` being the alias it goes by in the query.
 * Each multiplies integers and divides once, so that both engines give the same bits; NULL when it would divide by 0.
 */
type Formula = (row: string) => Sql;

const formula = (write: (column: (name: string) => Sql) => Sql): Formula => (row) =>
  write((name) => sql`${identifier(row)}.${identifier(name)}`);

/** Columns that {@link playsX100} reads. */
export const PLAYS_COLUMNS = ['field_goals_attempted', 'free_throws_attempted', 'turnovers'] as const;
/** Columns that {@link possessionsX100} reads. */
export const POSSESSIONS_COLUMNS = [...PLAYS_COLUMNS, 'offensive_rebounds'] as const;
/** Columns that {@link effectiveFieldGoals} and {@link trueShooting} read. */
export const SHOOTING_INPUTS = ['field_goals_made', 'field_goals_attempted', 'three_pointers_made', 'free_throws_attempted', 'points'] as const;

/** Plays in hundredths: 100·FGA + 44·FTA + 100·TOV. */
export const playsX100 = formula((box) =>
  sql`(100 * ${box('field_goals_attempted')} + 44 * ${box('free_throws_attempted')} + 100 * ${box('turnovers')})`);

/** Possessions in hundredths: plays less offensive rebounds. */
export const possessionsX100: Formula = (row) => sql`(${playsX100(row)} - 100 * ${identifier(row)}.offensive_rebounds)`;

/** (FGM + 0.5·FG3M) / FGA. */
export const effectiveFieldGoals = formula((box) =>
  sql`(2 * ${box('field_goals_made')} + ${box('three_pointers_made')}) / NULLIF(2 * ${box('field_goals_attempted')}, 0)`);

/** Points / (2·(FGA + 0.44·FTA)). */
export const trueShooting = formula((box) =>
  sql`50 * ${box('points')} / NULLIF(100 * ${box('field_goals_attempted')} + 44 * ${box('free_throws_attempted')}, 0)`);

/** Points per 100 possessions, from points and possessions in hundredths. */
export const rating = (points: Sql, possessions: Sql): Sql => sql`10000 * ${points} / NULLIF(${possessions}, 0)`;

/** Possessions per team and 48 minutes, from both teams' possessions in hundredths and the minutes of the game or games. */
export const pace = (bothPossessions: Sql, gameMinutes: Sql): Sql => sql`48 * ${bothPossessions} / NULLIF(200 * ${gameMinutes}, 0)`;
