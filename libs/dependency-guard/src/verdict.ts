import type { GameDate, Reach } from '@nba/kernel';

/** One thing that keeps a unit from running. */
export interface BlockedReason {
  /** Upstream table, `dataset.table`. */
  readonly table: string;
  readonly processor: string;
  /** The lookback in whose window the hole lies. */
  readonly reach: Reach;
  /** Dates of the window that the upstream table does not hold completely, in order. */
  readonly missingDates: readonly GameDate[];
}

/** May this unit run? */
export type Verdict =
  | { readonly kind: 'clear'; readonly coverageGaps: string | null }
  | { readonly kind: 'blocked'; readonly reasons: readonly BlockedReason[]; readonly coverageGaps: string | null };
