import type { DateRange } from '@nba/kernel';
import type { Phase, Processor } from '../definition/processor';
import type { UnitState } from '../planning/unit-state';

/**
 * What happens to the units that read something incomplete: `skip-dependents` runs all others, `stop` runs no later
 * phase, `continue` runs them and records the gaps they ran beside.
 */
export type FailurePolicy = 'skip-dependents' | 'stop' | 'continue';

/** How units are run, whatever asked for them. */
export interface RunOptions {
  /** One processor only, with what it reads in the phases asked for; undefined for all. */
  readonly processor?: Processor;
  readonly failurePolicy: FailurePolicy;
  /** `false`: the guard reports holes and goes on. For tests; a production entry point refuses it. */
  readonly strictMode: boolean;
  /**
   * Ranges run in it, single dates do not. Phase 2 is verified for the whole range and what lies before it in the
   * season, first: what is incomplete is told and sets the exit code, the failure policy decides what still runs.
   * Outside of it, what is upstream must also have ended well at the game date before.
   */
  readonly backfillMode: boolean;
  readonly skipDownstreamTrigger: boolean;
  readonly force: boolean;
  /** Which of the units asked for that are not complete are to be run; by default all. */
  readonly wants?: (state: UnitState) => boolean;
  /** Documents read at the same time. */
  readonly workers: number;
  /** Most units in one statement; 1 is date by date. */
  readonly maxGroup: number;
  /** How long to wait for a table that another runner is writing. */
  readonly waitMs: number;
  /**
   * How long what the finished phases trigger may take: what has not been run by then is left to the next run, and told. A request
   * for more than four seasons is answered four at a time, and this is the time for each four.
   */
  readonly cascadeMs: number;
  /** Who or which message asked. */
  readonly trigger: string;
  /** Who runs, for those who find a table taken. */
  readonly holder: string;
  readonly signal?: AbortSignal;
}

/** How units are run unless somebody says otherwise: a season in a statement, eight documents at a time, an hour for what follows. */
export const RUN_DEFAULTS = {
  failurePolicy: 'skip-dependents', strictMode: true, backfillMode: true, skipDownstreamTrigger: false, force: false, workers: 8, maxGroup: 400, waitMs: 0, cascadeMs: 3_600_000,
} as const;

/** Told after every statement. */
export interface Progress {
  readonly phase: Phase;
  readonly processor: string;
  /** The dates of the statement that just ended; null when a processor had nothing to do. */
  readonly range: DateRange | null;
  /** Units done, and units in all as far as is known. */
  readonly done: number;
  readonly total: number;
  /** Set while units are run elsewhere and waited for: then the counts are of this phase alone. */
  readonly isWaiting?: true;
}
