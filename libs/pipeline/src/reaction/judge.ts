import { type BlockedReason, describeReason } from '@nba/dependency-guard';
import type { CompletionEvent } from '@nba/kernel';
import { triggeredBy } from '../cascade/triggered-by';
import { type UnitOutcome, isComplete } from '../running/unit-outcome';
import type { ReactionOutcome } from './reaction-outcome';

/** How the units ended that several events have triggered together. */
export interface Ran {
  readonly outcomes: readonly UnitOutcome[];
  readonly isInterrupted: boolean;
  /** Whether a failed unit may go well when it is tried again. */
  readonly isTransient: (unit: UnitOutcome) => boolean;
}

/**
 * What came of one event among those that were answered together. What may go better in a moment concerns all of them;
 * what failed or waits for good concerns only those that have told of its date.
 */
export function judge(event: CompletionEvent, { outcomes, isInterrupted, isTransient }: Ran): ReactionOutcome {
  const triggers = triggeredBy(event);
  if (triggers.length === 0) return { kind: 'nothing-to-do' };
  if (isInterrupted) return { kind: 'interrupted' };
  const inTheWay = outcomes.flatMap(({ reasons }) => reasons).filter(passesByItself);
  if (inTheWay.length > 0) return { kind: 'in-use', reasons: told(inTheWay) };
  const failed = outcomes.filter(({ status }) => status === 'failed');
  const transient = failed.filter(isTransient);
  if (transient.length > 0) return { kind: 'failed', isTransient: true, faults: faultsOf(transient) };

  const own = outcomes.filter(({ processor, date }) => triggers.some(({ phase, dates }) => phase === processor.phase && dates.includes(date)));
  const ownFailed = own.filter(({ status }) => status === 'failed');
  if (ownFailed.length > 0) return { kind: 'failed', isTransient: false, faults: faultsOf(ownFailed) };
  const blocked = own.filter(({ status }) => status === 'blocked');
  const units = outcomes.filter((unit) => isComplete(unit) || unit.status === 'partial').length;
  if (blocked.length > 0) return { kind: 'blocked', units: blocked.length, reasons: told(blocked.flatMap(({ reasons }) => reasons)) };
  return units > 0 ? { kind: 'done', units } : { kind: 'nothing-to-do' };
}

/** Another runner, or a guard that could not look: neither leaves anything behind that would wake the unit. */
export const passesByItself = ({ kind }: BlockedReason): boolean => kind === 'table-in-use' || kind === 'upstream-running' || kind === 'guard-failed';

const told = (reasons: readonly BlockedReason[]): string[] => [...new Set(reasons.map(describeReason))];
const faultsOf = (units: readonly UnitOutcome[]): string[] => [...new Set(units.map(({ processor, date, fault }) => `${processor.name} ${date}: ${fault ?? 'no reason given'}`))];
