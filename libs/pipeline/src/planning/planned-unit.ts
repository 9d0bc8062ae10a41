import { type DateRange, type GameDate, seasonOf } from '@nba/kernel';
import type { BlockedReason } from '@nba/dependency-guard';
import type { UnitState } from './unit-state';

/** A unit that is to be run, and why. */
export interface PlannedUnit {
  /** By which it is recorded: the game date, or a season's first day. */
  readonly date: GameDate;
  /** The partitions it owns. */
  readonly partitions: DateRange;
  readonly state: UnitState;
  /** Holes in informing windows beside which it runs; null when there are none. */
  readonly coverageGaps: string | null;
  /** Set when something else is stored than its newest run has left: the hash of that. */
  readonly lost: { readonly hash: string | null } | null;
}

/** A unit that waits, and for what. */
export interface BlockedUnit {
  readonly date: GameDate;
  readonly reasons: readonly BlockedReason[];
}

/** What is to be done for one processor; plain data, no effects. */
export interface UnitPlan {
  readonly groups: readonly (readonly PlannedUnit[])[];
  readonly blocked: readonly BlockedUnit[];
  /** Units of the scope that are complete as they are. */
  readonly complete: readonly GameDate[];
}

/**
 * Puts ready units together into statements: units of one season, at most `maxGroup` of them, whether or not there are others
 * between them: to compute a season and store a part of it is quicker than a statement for every stretch. Grouping changes
 * speed, never bits.
 * @param ready in the order of their dates
 */
export function groupUnits(ready: readonly PlannedUnit[], maxGroup: number): PlannedUnit[][] {
  const groups: PlannedUnit[][] = [];
  for (const unit of ready) {
    const open = groups.at(-1);
    if (open?.[0] && open.length < maxGroup && seasonOf(open[0].date) === seasonOf(unit.date)) open.push(unit);
    else groups.push([unit]);
  }
  return groups;
}
