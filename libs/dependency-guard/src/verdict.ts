import type { GameDate, GameId, Reach } from '@nba/kernel';

/** A game of which an upstream table lacks something. */
export interface MissingGame {
  readonly date: GameDate;
  readonly gameId: GameId;
  /** For display: `NOP@MEM`. */
  readonly game: string;
  /** Tricodes of the teams without rows: one of the two, or both. */
  readonly teams: readonly string[];
}

/** A date on which an upstream table should have rows and is not complete. */
export interface Hole {
  /** How its processor's newest run at the date ended, when it did not end well; null when none is recorded, or its rows are gone. */
  readonly recorded: 'failed' | 'partial' | 'blocked' | 'running' | 'skipped' | null;
  /** Who is running it at this moment, under a live lease; null when nobody is: then `running` has died. */
  readonly runningBy: string | null;
}

/** The window in which a hole lies: of a lookback, or the game date before, which strict mode always looks at. */
export type Window = Reach | { readonly kind: 'previous-game-date' };

/**
 * One thing that keeps a unit from running. `upstream-failure`: the upstream ran and did not end well;
 * `upstream-running`: it is at work; `data-gaps`: it has never run, or its rows are gone.
 */
export interface HoleReason {
  readonly kind: 'upstream-failure' | 'upstream-running' | 'data-gaps';
  /** Upstream table, `dataset.table`. */
  readonly table: string;
  readonly processor: string;
  /** Phase of the upstream processor; 0 when it is none of this pipeline. */
  readonly phase: number;
  readonly window: Window;
  /** Dates of the window that the upstream table does not hold completely, in order. */
  readonly missingDates: readonly GameDate[];
  /** What is known to be lacking on these dates, game by game; empty when nobody looked. */
  readonly missingGames: readonly MissingGame[];
  /** How the upstream ended (`failed`, `partial`, …), or who is running it; empty for gaps. */
  readonly detail: string;
}

/** The guard itself could not look: what is not known to be right counts as wrong. */
export interface GuardFailure {
  readonly kind: 'guard-failed';
  readonly error: string;
}

/** Another runner is writing the unit's own table. */
export interface TableInUse {
  readonly kind: 'table-in-use';
  readonly table: string;
  readonly by: string;
}

export type BlockedReason = HoleReason | GuardFailure | TableInUse;

/** May this unit run? */
export type Verdict =
  | { readonly kind: 'clear'; readonly coverageGaps: string | null }
  | { readonly kind: 'blocked'; readonly reasons: readonly BlockedReason[]; readonly coverageGaps: string | null };
