import type { CompletionEvent, GameDate } from '@nba/kernel';
import type { Phase } from '../definition/processor';

/** A phase that is to be planned again because of one event. */
export interface Trigger {
  readonly phase: Phase;
  /** What changed. The phase is looked at from the first of these to the season's end. */
  readonly dates: readonly GameDate[];
  /** Whether these dates themselves are concerned: what is blocked on them is told. Else only later ones are repaired, in silence. */
  readonly isNamed: boolean;
}

/**
 * What an event triggers. Raw rows are read by Phase 3; summaries by Phase 4, and by later dates of their own phase: of those
 * what is stale runs, and what waits waits in silence. Nothing reads Phase 4 but the predictions, which are asked for and
 * never triggered; and an event that says so triggers nothing.
 */
export function triggeredBy({ phase, gameDates, skipDownstreamTrigger }: CompletionEvent): readonly Trigger[] {
  if (skipDownstreamTrigger) return [];
  if (phase === 2) return [{ phase: 3, dates: gameDates, isNamed: true }];
  return phase === 3 ? [{ phase: 3, dates: gameDates, isNamed: false }, { phase: 4, dates: gameDates, isNamed: true }] : [];
}
