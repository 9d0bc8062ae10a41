import { NbaError, isTransient } from '@nba/kernel';
import type { DailyOutcome, ReactionOutcome } from '@nba/pipeline';
import { isComplete, passesByItself } from '@nba/pipeline';
import { describeReason } from '@nba/dependency-guard';
import { QueueFull, TurnMissed } from './work-queue';

/** What a request is answered, and what is logged of it. */
export interface Answer {
  readonly status: number;
  /** One word: `done`, `nothing-to-do`, `blocked`, … */
  readonly outcome: string;
  /** What there is to know beside it. */
  readonly details: readonly string[];
  /** When to come again, in seconds; undefined when it makes no difference. */
  readonly retryAfter?: number;
}

/** A lease lasts a minute; a warehouse or a bus that is away mostly comes back within seconds. */
const [WHEN_FREE_S, WHEN_BACK_S] = [30, 10];
/** Inputs that are on their way: the cascade of the morning takes minutes. */
const WHEN_READY_S = 120;

/** What the sender of a message is to do: nothing more, come again, or give it up. */
export function answerOf(outcome: Exclude<ReactionOutcome, { kind: 'too-large' }>): Answer {
  switch (outcome.kind) {
    case 'done':
      return { status: 200, outcome: 'done', details: [`${outcome.units} units`] };
    case 'nothing-to-do':
      return { status: 200, outcome: 'nothing-to-do', details: [] };
    case 'blocked':
      return { status: 200, outcome: 'blocked', details: outcome.reasons };
    case 'in-use':
      return { status: 503, outcome: 'in-use', details: outcome.reasons, retryAfter: WHEN_FREE_S };
    case 'interrupted':
      return { status: 503, outcome: 'interrupted', details: ['What was finished is stored; the rest is for the next delivery.'], retryAfter: WHEN_BACK_S };
    case 'failed':
      return outcome.isTransient
        ? { status: 503, outcome: 'failed-for-now', details: outcome.faults, retryAfter: WHEN_BACK_S }
        : { status: 422, outcome: 'failed', details: outcome.faults };
  }
}

/** What the scheduler is to do about a part of the day. */
export function answerOfDay({ phases, interrupted, prediction, seasonsWithoutSchedule }: DailyOutcome): Answer {
  if (interrupted) return answerOf({ kind: 'interrupted' });
  const units = phases.flatMap(({ outcomes }) => outcomes);
  const inUse = units.flatMap(({ reasons }) => reasons).filter(passesByItself);
  if (inUse.length > 0) return answerOf({ kind: 'in-use', reasons: [...new Set(inUse.map(describeReason))] });
  const failed = units.filter(({ status }) => status === 'failed' || status === 'partial');
  // A document that came late may be there next time; the scheduler gives up by itself.
  if (failed.length > 0) return { status: 503, outcome: 'failed', details: failed.map(({ processor, date, status, fault }) => `${processor.name} ${date}: ${fault ?? status}`), retryAfter: WHEN_READY_S };
  if (prediction?.kind === 'waiting') {
    const isOnItsWay = prediction.incomplete.some(({ unit }) => !('reasons' in unit));
    const details = prediction.incomplete.map(({ processor, unit }) => `${processor.name} ${unit.date}`);
    return isOnItsWay ? { status: 503, outcome: 'waiting', details, retryAfter: WHEN_READY_S } : { status: 200, outcome: 'blocked', details };
  }
  const blocked = units.flatMap(({ reasons }) => reasons).map(describeReason);
  if (blocked.length > 0 || seasonsWithoutSchedule.length > 0) return { status: 200, outcome: 'blocked', details: [...new Set([...blocked, ...seasonsWithoutSchedule.map((season) => `no schedule of ${season}`)])] };
  if (prediction) return { status: 200, outcome: prediction.kind, details: [] };
  const done = units.filter(isComplete).length;
  return answerOf(done > 0 ? { kind: 'done', units: done } : { kind: 'nothing-to-do' });
}

/** What a fault means to the sender. Its text is for the log: it may tell more than a caller should know. */
export function answerOfFault(fault: unknown): Answer {
  if (fault instanceof QueueFull) return { status: 429, outcome: 'too-many', details: [fault.message], retryAfter: WHEN_BACK_S };
  if (fault instanceof TurnMissed) return { status: 503, outcome: 'interrupted', details: [fault.message], retryAfter: WHEN_BACK_S };
  if (isPassing(fault)) return { status: 503, outcome: 'unavailable', details: [(fault as NbaError).code], retryAfter: WHEN_BACK_S };
  if (fault instanceof NbaError && fault.code === 'INVALID_ARGUMENT') return { status: 400, outcome: 'refused', details: [fault.message] };
  return { status: 500, outcome: 'fault', details: [] };
}

/** Whether the same may go well in a moment, for whatever reason. */
export function isPassing(fault: unknown): boolean {
  return isTransient(fault) || (fault instanceof NbaError && ['WAREHOUSE_LOCKED', 'LEASE_LOST'].includes(fault.code));
}
