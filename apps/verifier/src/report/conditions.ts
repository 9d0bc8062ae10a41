import type { UnitCondition } from '@nba/pipeline';
import type { ReportCondition } from './report-data';

interface Words extends Omit<ReportCondition, 'name'> {
  /** For the legend. */
  readonly meaning: string;
}

const WORDS: Readonly<Record<string, Words>> = {
  complete: { label: 'complete', group: 'complete', meaning: 'stored, and as it should be' },
  missing: { label: 'missing', group: 'ready', meaning: 'has never run' },
  vanished: { label: 'vanished', group: 'ready', meaning: 'other rows are stored than its run left' },
  failed: { label: 'failed', group: 'ready', meaning: 'its newest run did not end well' },
  partial: { label: 'partial', group: 'ready', meaning: 'a part of it is stored' },
  'stale-by-input': { label: 'stale by input', group: 'ready', meaning: 'what it was made from has changed' },
  'stale-by-code': { label: 'stale by code', group: 'ready', meaning: 'what it is made by has changed' },
  'to-be-emptied': { label: 'to be emptied', group: 'ready', meaning: 'rows on a date without such games' },
  'rows-differ': { label: 'rows differ', group: 'ready', meaning: 'its record says complete, its rows do not' },
  blocked: { label: 'blocked', group: 'blocked', meaning: 'waits for something that no run of what is ready brings' },
  later: { label: 'not due', group: 'later', meaning: 'not played yet, or after today' },
};

/** A condition in words. One that is not known here is something to be run. */
export function wordsFor(condition: UnitCondition | string): Words {
  return WORDS[condition] ?? { label: condition.replaceAll('-', ' '), group: 'ready', meaning: 'is to be run' };
}

/** From the worst to the best: what a day as a whole is called after. */
export const WORST_FIRST: readonly string[] = [
  'failed', 'vanished', 'partial', 'rows-differ', 'blocked', 'missing', 'to-be-emptied', 'stale-by-input', 'stale-by-code', 'complete', 'later',
];
