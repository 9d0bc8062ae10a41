import type { BlockedReason } from '@nba/dependency-guard';
import type { GameDate, RunStatus } from '@nba/kernel';
import type { Finding, Processor } from '../definition/processor';

/** How one unit ended. */
export interface UnitOutcome {
  readonly processor: Processor;
  readonly date: GameDate;
  readonly status: Exclude<RunStatus, 'running' | 'skipped'>;
  readonly runId: string;
  readonly rows: number;
  /** Keys of the spine, and how many of them are not stored. */
  readonly expected: number;
  readonly missing: number;
  /** Rows, or whole new partitions, that differ from what was stored before. */
  readonly changes: number;
  /** Raw units: what the documents were found wanting in. */
  readonly findings: readonly Finding[];
  /** Holes in its windows beside which it ran; null when there were none. */
  readonly coverageGaps: string | null;
  /** Blocked units: why. */
  readonly reasons: readonly BlockedReason[];
  /** Failed units: what went wrong. */
  readonly fault: string | null;
}

/** Whether a unit that ended so has its rows there and right. */
export const isComplete = ({ status }: { readonly status: RunStatus }): boolean => status === 'success' || status === 'empty_ok';

/** The outcome of a unit that wrote nothing. */
export function notRun(processor: Processor, date: GameDate, status: 'failed' | 'blocked', why: Partial<Pick<UnitOutcome, 'runId' | 'reasons' | 'fault' | 'findings'>>): UnitOutcome {
  return { processor, date, status, runId: '', rows: 0, expected: 0, missing: 0, changes: 0, findings: [], coverageGaps: null, reasons: [], fault: null, ...why };
}
