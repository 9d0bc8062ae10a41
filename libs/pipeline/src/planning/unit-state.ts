import type { GameDate, RunStatus } from '@nba/kernel';
import { isComplete } from '../running/unit-outcome';
import type { RecordedChange } from './reaching-changes';
import type { RecordedRun } from './recorded-run';

/** Why a unit is, or is not, to be run. */
export type UnitState =
  | { readonly kind: 'complete' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'vanished' }
  | { readonly kind: 'failed'; readonly status: RunStatus }
  | { readonly kind: 'partial' }
  | { readonly kind: 'stale-by-input'; readonly change: string }
  | { readonly kind: 'stale-by-code' }
  | { readonly kind: 'to-be-emptied' };

/** All that is known of one unit. */
export interface UnitFacts {
  readonly date: GameDate;
  /** Whether the calendar has games for it; else it should hold nothing. */
  readonly expected: boolean;
  readonly storedRows: number;
  readonly run: RecordedRun | undefined;
  /** Raw units: the documents the lake holds for it now, as the history would write them; else null. */
  readonly documents: string | null;
  readonly codeVersion: string;
}

/**
 * The state of a unit: the difference between what should be and what is recorded and stored.
 * @param cause a change of what the unit reads that its run has not seen; undefined when there is none
 */
export function unitState(facts: UnitFacts, cause: Pick<RecordedChange, 'table' | 'date'> | undefined): UnitState {
  const { run, storedRows } = facts;
  // What was recorded and has vanished may have been read: it is emptied as well, so that its readers hear of it.
  if (!facts.expected) return { kind: storedRows > 0 || (run?.left?.rows ?? 0) > 0 ? 'to-be-emptied' : 'complete' };
  if (!run) return { kind: 'missing' };
  if (run.status === 'partial') return { kind: 'partial' };
  if (!isComplete(run)) return { kind: 'failed', status: run.status };
  if (run.rows !== storedRows) return { kind: 'vanished' };
  if (run.codeVersion !== facts.codeVersion) return { kind: 'stale-by-code' };
  if (facts.documents !== null && run.sourceDocuments !== facts.documents) return { kind: 'stale-by-input', change: 'the lake has other documents' };
  return cause ? { kind: 'stale-by-input', change: `${cause.table} ${cause.date} changed` } : { kind: 'complete' };
}
