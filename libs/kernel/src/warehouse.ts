import type { GameDate, DateRange } from './game-date';
import type { Lease, TableLeases } from './lease';
import type { Parameters, QueryPort, Row } from './query-port';
import type { TableDefinition } from './table';

/** The recorded end of a run at one unit. `running` is never final. */
export type RunStatus = 'running' | 'success' | 'partial' | 'empty_ok' | 'failed' | 'blocked' | 'skipped';

/** GoogleSQL with its named parameters. */
export interface Statement {
  readonly text: string;
  readonly parameters: Parameters;
}

/** One unit of a replacement: its own line in the run history. */
export interface ReplacedUnit {
  /** The date by which the unit is recorded: a game date, or a season's first day. */
  readonly dataDate: GameDate;
  /** The partitions it owns; for all but the schedule exactly its date. */
  readonly partitions: DateRange;
  /** `partial` when the input itself was found wanting; the stored keys may lower `success` too, never raise. */
  readonly claim: 'success' | 'partial';
  /** What was found wanting, for the history's `errors`; null when nothing. */
  readonly errors: string | null;
  readonly errorCode: string | null;
  /** Raw units: the documents it was built from, by path; else null. */
  readonly sourceDocuments: string | null;
  /** Holes in informing lookbacks that the unit ran beside; null when none. */
  readonly coverageGaps: string | null;
  /** Why zero rows are right when they are. */
  readonly emptyReason: string;
  /**
   * Set when something else is stored than was recorded: the hash of what was recorded, null when there is none. Others may
   * have read rows that nothing can be compared with any more.
   */
  readonly lost: { readonly hash: string | null } | null;
}

/** What all units of one run share in the history. */
export interface RunIdentity {
  readonly runId: string;
  readonly processorName: string;
  readonly phase: number;
  readonly attempt: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly codeVersion: string;
  readonly trigger: string;
  /** The same for everything that follows from one request, across phases and processes. */
  readonly correlationId: string;
  readonly skipDownstreamTrigger: boolean;
}

export interface PartitionReplacement {
  readonly table: TableDefinition;
  /**
   * From the first partition of the units to their last. Every stored row of a unit's partitions gives way; dates between
   * that belong to no unit are left as they are, and what the statement yields for them is not stored.
   */
  readonly range: DateRange;
  readonly source: { readonly statement: Statement } | { readonly rows: readonly Row[] };
  /** Yields the table's partition column and `spineKey`: what must be stored. */
  readonly spine: Statement;
  /** All of the table's key, or the part of it that can be expected (a box score's teams, not its players). */
  readonly spineKey: readonly string[];
  /** Tables read, as `dataset.name`; their versions are recorded from the same snapshot. */
  readonly inputs: readonly string[];
  readonly run: RunIdentity;
  readonly units: readonly ReplacedUnit[];
}

/** What was read back for one unit after the rows were in place. */
export interface UnitReceipt {
  readonly dataDate: GameDate;
  readonly status: RunStatus;
  readonly rows: number;
  /** Keys the spine asks for, and how many of those are not stored. */
  readonly expected: number;
  readonly missing: number;
  readonly unexpected: number;
  readonly duplicates: number;
  /** Rows (or whole new partitions) that differ from what was stored before. */
  readonly changes: number;
  /** The unit's line of the run history, as it was recorded. */
  readonly recorded: Row;
}

/** What is stored for one partition. */
export interface PartitionContent {
  readonly date: GameDate;
  readonly rows: number;
  readonly distinctKeys: number;
  /** Hash of the rows, whatever their order; comparable within one engine only. */
  readonly contentHash: string;
}

/** What a statement would read, and what that would cost before any free allowance. */
export interface CostEstimate {
  readonly bytesProcessed: number;
  /** The same as they are billed. */
  readonly bytesBilled: number;
  /** US dollars. */
  readonly usd: number;
}

/** Where the tables are. */
export interface Warehouse extends QueryPort {
  /** A short name of the place, for messages. */
  readonly location: string;
  /** Who may write which table. */
  readonly leases: TableLeases;
  /** How many replacements, of different tables, it works on side by side; what is asked beyond that waits its turn. */
  readonly concurrency: number;
  /**
   * Creates the table when it is not there.
   * @throws NbaError WAREHOUSE_SCHEMA_DRIFT naming the column when it is there and differs
   */
  ensureTable(table: TableDefinition): Promise<void>;
  /**
   * Deletes the units' partitions, inserts the new rows, appends the changes and the run history: all or nothing.
   * Counts and statuses are read back inside the same transaction.
   * @param lease of its table: nothing is written when somebody else has been given it since
   * @throws NbaError LEASE_LOST when the table has been given to somebody else; WAREHOUSE_UNAVAILABLE when another try
   * may succeed; WAREHOUSE_STATEMENT_FAILED otherwise
   */
  replacePartitions(replacement: PartitionReplacement, lease: Lease): Promise<readonly UnitReceipt[]>;
  /** What a query would cost, by asking and not by running it; null where nothing is billed. */
  estimateCost(statement: Statement): Promise<CostEstimate | null>;
  /** Appends rows, all or none. Missing columns are NULL. */
  append(table: TableDefinition, rows: readonly Row[]): Promise<void>;
  /** What the partitions of a range hold, in date order; dates without rows are left out. */
  readBack(table: TableDefinition, range: DateRange): Promise<readonly PartitionContent[]>;
  close(): Promise<void>;
}
