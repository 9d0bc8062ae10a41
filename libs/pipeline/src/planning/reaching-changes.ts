import { type GameDate, type Lookback, addDays, seasonOf, tableId } from '@nba/kernel';
import type { Processor, Upstream } from '../definition/processor';
import { IDENTITY } from '../definition/relation';
import type { RecordedRun } from './recorded-run';

/** Whose row was changed. Null where the table does not say. */
export interface Subject {
  readonly playerId: number | null;
  readonly teamId: number | null;
}

/** One recorded change of an upstream table. */
export interface RecordedChange {
  readonly table: string;
  readonly date: GameDate;
  readonly version: number;
  /** `partition`: all rows of the date are new. `rows`: some came, went or were edited. `unknown`: of what was there before nothing is known. */
  readonly kind: 'partition' | 'rows' | 'unknown';
  /** The columns that differ; null when rows came or went. */
  readonly columns: readonly string[] | null;
  /** Whose rows came, went or were edited; of other kinds it is not recorded. */
  readonly subjects: readonly Subject[];
}

/** A change, and a lookback of the unit in whose days it lies. */
export interface ReachingChange {
  readonly change: RecordedChange;
  readonly upstream: Upstream;
  readonly lookback: Lookback;
}

/**
 * The changes, newer than what the run read, that lie in a lookback's days and touch a column it reads; the nearest date
 * first. By dates alone, so never too few: whose rows they are is the trails' to say.
 */
export function findReachingChanges(processor: Processor, date: GameDate, run: RecordedRun, changes: readonly RecordedChange[]): ReachingChange[] {
  const unseen = changes.filter(({ table, version, date: changed }) => changed <= date && version > (run.inputVersions.get(table) ?? 0));
  if (unseen.length === 0) return [];
  const reaching = Object.values(processor.upstreams).flatMap((upstream) => {
    const own = unseen.filter(({ table }) => table === tableId(upstream.processor.table));
    return upstream.lookbacks.flatMap((lookback) => own
      .filter((change) => readsColumn(lookback, change) && windowMayHold(lookback, date, change.date))
      .map((change) => ({ change, upstream, lookback })));
  });
  return reaching.sort((a, b) => (a.change.date > b.change.date ? -1 : a.change.date < b.change.date ? 1 : 0));
}

function readsColumn({ columns }: Lookback, change: RecordedChange): boolean {
  return change.columns === null || change.columns.some((column) => columns.includes(column) || IDENTITY.includes(column));
}

/** A window of games may stretch to the season's start. */
function windowMayHold({ reach }: Lookback, date: GameDate, changed: GameDate): boolean {
  if (reach.kind === 'same-date') return changed === date;
  const inSeasonBefore = changed < date && seasonOf(changed) === seasonOf(date);
  return reach.kind === 'days' ? inSeasonBefore && changed >= addDays(date, -reach.count) : inSeasonBefore;
}
