import { type GameDate, type Lookback, type RunStatus, addDays, seasonOf, tableId } from '@nba/kernel';
import type { Processor } from '../definition/processor';
import { isComplete } from '../running/unit-outcome';
import { IDENTITY } from '../definition/relation';

/** The newest line of the run history for one unit, as far as planning needs it. */
export interface RecordedRun {
  readonly processor: string;
  readonly date: GameDate;
  readonly status: RunStatus;
  readonly rows: number;
  /** Version of each table it read, by `dataset.table`. */
  readonly inputVersions: ReadonlyMap<string, number>;
  readonly codeVersion: string;
  readonly sourceDocuments: string | null;
}

/** One recorded change of an upstream table. */
export interface RecordedChange {
  readonly table: string;
  readonly date: GameDate;
  readonly version: number;
  /** The columns that differ; null when rows came or went. */
  readonly columns: readonly string[] | null;
}

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
 * @param changes of the tables the processor reads
 */
export function unitState(processor: Processor, facts: UnitFacts, changes: readonly RecordedChange[]): UnitState {
  const { run, storedRows } = facts;
  if (!facts.expected) return { kind: storedRows > 0 ? 'to-be-emptied' : 'complete' };
  if (!run) return { kind: 'missing' };
  if (run.status === 'partial') return { kind: 'partial' };
  if (!isComplete(run)) return { kind: 'failed', status: run.status };
  if (run.rows !== storedRows) return { kind: 'vanished' };
  if (run.codeVersion !== facts.codeVersion) return { kind: 'stale-by-code' };
  if (facts.documents !== null && run.sourceDocuments !== facts.documents) return { kind: 'stale-by-input', change: 'the lake has other documents' };
  const change = changes.find((one) => reaches(processor, facts.date, run, one));
  return change ? { kind: 'stale-by-input', change: `${change.table} ${change.date} changed` } : { kind: 'complete' };
}

/** Whether a change, newer than what the run read, lies in a lookback of the unit that reads a column it touched. */
function reaches(processor: Processor, date: GameDate, run: RecordedRun, change: RecordedChange): boolean {
  if (change.version <= (run.inputVersions.get(change.table) ?? 0)) return false;
  return Object.values(processor.upstreams)
    .filter(({ processor: upstream }) => tableId(upstream.table) === change.table)
    .some(({ lookbacks }) => lookbacks.some((lookback) => readsColumn(lookback, change) && windowMayHold(lookback, date, change.date)));
}

function readsColumn({ columns }: Lookback, change: RecordedChange): boolean {
  return change.columns === null || change.columns.some((column) => columns.includes(column) || IDENTITY.includes(column));
}

/** By dates alone: a window of games may stretch to the season's start, so this is never too small. */
function windowMayHold({ reach }: Lookback, date: GameDate, changed: GameDate): boolean {
  if (reach.kind === 'same-date') return changed === date;
  const inSeasonBefore = changed < date && seasonOf(changed) === seasonOf(date);
  return reach.kind === 'days' ? inSeasonBefore && changed >= addDays(date, -reach.count) : inSeasonBefore;
}
