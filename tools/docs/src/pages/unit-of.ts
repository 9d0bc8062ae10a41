import type { Column } from '@nba/kernel';

/** What a number's description may say its unit by; the first that fits. */
const UNITS: readonly (readonly [unit: string, words: RegExp])[] = [
  ['percentage points', /in percentage points/],
  ['percent (×100)', /×100\b/],
  ['fraction', /as a fraction/],
  ['hundredths', /in hundredths/],
  ['possessions per 48 minutes', /per 48 minutes/],
  ['points per 100 possessions', /points( allowed)? per 100 possessions/i],
  ['attempts per 100 possessions', /attempt(s|ed) per 100( of their)? possessions/],
  ['points', /in points|points a game/],
  ['seconds', /in seconds/],
  ['minutes', /in minutes|minutes a game/],
  ['days', /in days/],
  ['rebounds', /rebounds a game/],
  ['assists', /assists a game/],
  ['per game', /^Mean \w+ a game/],
];

const TYPES: Readonly<Partial<Record<Column['type'], string>>> = { STRING: 'text', BOOL: 'true or false', DATE: 'date', TIMESTAMP: 'time, UTC' };

/**
 * The unit of a column's values, or what kind of thing they are. Whole numbers that name no unit are ids (by their name),
 * codes (`1 scheduled, 2 live`), or counts of what the description begins with.
 * Undefined for a number with a fraction whose description names no unit.
 */
export function findUnit(name: string, { type, description }: Column): string | undefined {
  const ofType = TYPES[type];
  if (ofType) return ofType;
  const told = UNITS.find(([, words]) => words.test(description))?.[0];
  if (told || type === 'FLOAT64') return told;
  if (name.endsWith('_id')) return 'id';
  if (/^\d \w+, \d \w+/.test(description)) return 'code';
  return /\bpoints\b/i.test(description) ? 'points' : 'count';
}
