import type { GameDate, Season } from '@nba/kernel';
import type { Phase } from '../definition/processor';
import type { UnitState } from '../planning/unit-state';
import type { Estimate } from './estimate';
import type { PlanCost } from './plan-cost';

/** A unit that is to be run. */
export interface PlannedStep {
  readonly date: GameDate;
  readonly kind: UnitState['kind'];
  /** In words: `stale: nba_raw.nbac_player_boxscore 2025-01-26 changed`. */
  readonly reason: string;
}

/** Units of one processor that run in one statement. */
export interface PlannedStatement {
  readonly processor: string;
  readonly phase: Phase;
  /** `dataset.table`. */
  readonly table: string;
  readonly units: readonly PlannedStep[];
}

/** Units of one processor in one season that cannot run. */
export interface WaitingUnits {
  readonly processor: string;
  readonly phase: Phase;
  readonly season: Season;
  readonly dates: readonly GameDate[];
  /** What frees them: dates that a raw table lacks. */
  readonly waitingFor: readonly GameDate[];
}

/** Complete units of one processor that run only if what they read turns out other than it was. */
export interface Followers {
  readonly processor: string;
  readonly phase: Phase;
  readonly dates: readonly GameDate[];
}

/** What would run, and why; plain data. */
export interface Plan {
  /** In the order in which they run. */
  readonly statements: readonly PlannedStatement[];
  readonly mayFollow: readonly Followers[];
  readonly waiting: readonly WaitingUnits[];
  /** Units that are complete as they are. */
  readonly complete: number;
  /** Null when there is nothing to run, or nothing of the kind has ever run here. */
  readonly estimate: Estimate | null;
  /** The same with all that may follow; null where nothing may, or nothing is known. */
  readonly estimateWithFollowers: Estimate | null;
  /** Null when there is no query to run, and where nothing is billed. */
  readonly cost: PlanCost | null;
}
