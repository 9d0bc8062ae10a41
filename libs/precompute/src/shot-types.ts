import { joinSql, literal, sql, type Sql } from '@nba/kernel';

/** A kind of shot. */
export interface ShotType {
  /** As it starts column names, and as the tables name it. */
  readonly name: 'three_pointer' | 'two_pointer' | 'free_throw';
  /** In words, for descriptions. */
  readonly words: string;
  /** Hundredths of a play that one attempt takes. */
  readonly playsX100: number;
  /** From a player's box line. */
  readonly attempted: Sql;
  readonly made: Sql;
}

/** In the order in which ties are decided. */
export const SHOT_TYPES: readonly ShotType[] = [
  { name: 'three_pointer', words: 'three-pointers', playsX100: 100, attempted: sql`three_pointers_attempted`, made: sql`three_pointers_made` },
  {
    name: 'two_pointer', words: 'two-pointers', playsX100: 100,
    attempted: sql`field_goals_attempted - three_pointers_attempted`, made: sql`field_goals_made - three_pointers_made`,
  },
  { name: 'free_throw', words: 'free throws', playsX100: 44, attempted: sql`free_throws_attempted`, made: sql`free_throws_made` },
];

/** The box line columns that attempts and makes are taken from. */
export const SHOT_COLUMNS = [
  'field_goals_made', 'field_goals_attempted', 'three_pointers_made', 'three_pointers_attempted', 'free_throws_made', 'free_throws_attempted',
] as const;

/**
 * The name of the shot type with the lowest or highest value among those that are known; the first of equals.
 * NULL when no value is known.
 */
export function extremeShotType(which: 'lowest' | 'highest', valueOf: (type: ShotType) => Sql): Sql {
  const beats = which === 'lowest' ? sql`<=` : sql`>=`;
  const cases = SHOT_TYPES.map((type) => {
    const value = valueOf(type);
    const others = SHOT_TYPES.filter((other) => other !== type).map((other) => sql`${value} ${beats} IFNULL(${valueOf(other)}, ${value})`);
    return sql`WHEN ${joinSql(others, ' AND ')} THEN ${literal(type.name)}`;
  });
  return sql`CASE ${joinSql(cases, ' ')} END`;
}
