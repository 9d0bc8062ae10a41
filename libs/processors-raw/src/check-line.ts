import type { BoxscoreKind } from './boxscore-fields';
import type { BoxscoreRow } from './read-game-log';

/** Part and whole: the first can never exceed the second. */
const PARTS = [
  ['field_goals_made', 'field_goals_attempted'],
  ['three_pointers_made', 'three_pointers_attempted'],
  ['free_throws_made', 'free_throws_attempted'],
  ['three_pointers_made', 'field_goals_made'],
  ['three_pointers_attempted', 'field_goals_attempted'],
] as const;

const MOST_FOULS = 6;

/** What cannot be in a box line, in words; empty when all is possible. A field without a value is not judged. */
export function findImpossible(row: BoxscoreRow, kind: BoxscoreKind): string[] {
  const problems: string[] = [];
  const number = (column: string): number => (row[column] ?? NaN) as number;
  for (const [part, whole] of PARTS) {
    if (number(part) > number(whole)) problems.push(`${part} ${number(part)} exceeds ${whole} ${number(whole)}`);
  }
  const points = 2 * number('field_goals_made') + number('three_pointers_made') + number('free_throws_made');
  if (differ(points, number('points'))) problems.push(`points are ${number('points')}, the shots made give ${points}`);
  const rebounds = number('offensive_rebounds') + number('defensive_rebounds');
  if (differ(rebounds, number('rebounds'))) problems.push(`rebounds are ${number('rebounds')}, offensive and defensive give ${rebounds}`);
  if (kind.noun === 'player' && number('personal_fouls') > MOST_FOULS) {
    problems.push(`personal_fouls ${number('personal_fouls')} exceeds ${MOST_FOULS}`);
  }
  return problems;
}

/** Both known, and not the same: NaN stands for a missing value. */
function differ(one: number, other: number): boolean {
  return one < other || one > other;
}
