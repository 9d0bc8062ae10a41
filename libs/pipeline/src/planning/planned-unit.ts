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
  readonly complete: number;
}

/**
 * Splits ready units into statements: units that follow each other without an unready one between them, of one
 * season, at most `maxGroup` of them. Grouping changes speed, never bits.
 * @param sequence every unit's date of the scope, in order, ready or not
 */
export function groupUnits(ready: readonly PlannedUnit[], sequence: readonly GameDate[], maxGroup: number): PlannedUnit[][] {
  const byDate = new Map(ready.map((unit) => [unit.date, unit]));
  const groups: PlannedUnit[][] = [];
  let open: PlannedUnit[] = [];
  const close = (): void => {
    if (open.length > 0) groups.push(open);
    open = [];
  };
  for (const date of sequence) {
    const unit = byDate.get(date);
    if (!unit) {
      close();
      continue;
    }
    const last = open.at(-1);
    if (last && (open.length >= maxGroup || seasonOf(last.date) !== seasonOf(date))) close();
    open.push(unit);
  }
  close();
  return groups;
}
