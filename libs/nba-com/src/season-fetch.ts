import type { DocumentKind, DocumentRef, GameDate, GameType, NbaError, Season } from '@nba/kernel';

/** What became of one partition of a kind: a game date, or a season for the schedule. */
export interface FetchedDocument {
  readonly kind: DocumentKind;
  readonly partition: DocumentRef['partition'];
  /** `kept`: the answer lacks what is stored; nothing was written. */
  readonly change: 'new' | 'changed' | 'unchanged' | 'kept';
  /** Where it was written; undefined when it was not. */
  readonly path?: string;
  /** Games that are stored, and that the answer lists nowhere: the older document keeps them. */
  readonly vanished: readonly string[];
}

/** A game that the schedule says is final and that is neither in the answer nor in the lake, or there without one of its teams. */
export interface MissingGame {
  readonly kind: DocumentKind;
  readonly gameId: string;
  readonly date: GameDate;
}

/** What came of fetching one season. */
export interface SeasonFetch {
  readonly season: Season;
  readonly documents: readonly FetchedDocument[];
  readonly missing: readonly MissingGame[];
  /** Answers that could not be had or used, in the order in which they were asked for. Nothing of them is stored. */
  readonly faults: readonly NbaError[];
  readonly interrupted: boolean;
  readonly requests: number;
  readonly bytesReceived: number;
  readonly bytesWritten: number;
}

/** What is to be fetched of a season. */
export interface FetchOptions {
  /** Earlier dates are neither asked for nor written. Default is the whole season. */
  readonly since?: GameDate;
  /** Default is the regular season. */
  readonly gameTypes?: readonly GameType[];
  /** Ends the fetch soon; what was written stays, and the next fetch goes on. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FetchProgress) => void;
}

/** What is going on. */
export type FetchProgress =
  | { readonly kind: 'asking'; readonly season: Season; readonly what: string }
  | { readonly kind: 'waiting'; readonly season: Season; readonly what: string; readonly problem: string; readonly pauseMs: number; readonly attempt: number; readonly attempts: number }
  | { readonly kind: 'storing'; readonly season: Season; readonly what: string; readonly done: number; readonly total: number };
