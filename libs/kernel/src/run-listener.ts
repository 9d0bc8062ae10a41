import type { DateRange } from './game-date';
import type { DocumentKind } from './raw-lake';
import type { TableDefinition } from './table';

/** What is known of a run before it begins: some units of one processor, written together. */
export interface RunFacts {
  /** As in the run history. */
  readonly runId: string;
  readonly processor: string;
  readonly phase: number;
  /** Who or which message asked for the run. */
  readonly trigger: string;
  /** The same for everything that follows from one request. */
  readonly correlationId: string;
  readonly codeVersion: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Of the first unit and the last; units between may be missing. */
  readonly dates: DateRange;
  readonly units: number;
  /** The table written. */
  readonly output: TableDefinition;
  /** The tables read, each once, with the columns that are read of it, keys included. */
  readonly inputs: readonly { readonly table: TableDefinition; readonly columns: readonly string[] }[];
  /** The lake's documents that it is made from; null when it is made from tables alone. */
  readonly documents: DocumentKind | null;
  /** The query, without its parameters' values; null when rows are made from documents. */
  readonly sql: string | null;
}

/** How a run ended. */
export interface RunEnd {
  /** `failed` when a unit of it failed, whatever became of the others; `aborted` when it never came to its turn. */
  readonly kind: 'complete' | 'failed' | 'aborted';
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Rows of its units as read back. */
  readonly rows: number;
  /** What went wrong, a line a unit; null when nothing did. */
  readonly fault: string | null;
}

/** Whoever wants to know of runs: lineage. Neither call may throw or take time: what is to be sent is sent beside the run. */
export interface RunListener {
  started(run: RunFacts): void;
  ended(run: RunFacts, end: RunEnd): void;
}

/** The name under which a listener is bound in a container. */
export const RUN_LISTENER = Symbol.for('@nba/RunListener');
