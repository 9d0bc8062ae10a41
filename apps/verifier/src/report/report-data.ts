/** Everything that the page's script shows, as one plain value that survives JSON. Texts and runs are told once and meant by their index. */
export interface ReportData {
  readonly conditions: readonly ReportCondition[];
  readonly texts: readonly string[];
  readonly runs: readonly ReportRun[];
  /** In graph order; the same for every season. */
  readonly tables: readonly ReportTable[];
  readonly seasons: readonly ReportSeason[];
}

/** A state of a unit, in one word for a cell and as a group for the totals. */
export interface ReportCondition {
  /** Names its pattern in the style sheet. */
  readonly name: string;
  readonly label: string;
  readonly group: 'complete' | 'ready' | 'blocked' | 'later';
}

export type ReportRun = readonly [id: string, startedAt: string];

export interface ReportTable {
  readonly name: string;
  readonly dataset: string;
  readonly phase: number;
}

export interface ReportSeason {
  readonly season: string;
  readonly days: readonly ReportDay[];
  /** As the tables are listed. */
  readonly tables: readonly ReportSeasonTable[];
  readonly gaps: readonly ReportGap[];
}

export interface ReportDay {
  readonly date: string;
  /** `NYK@BOS 0022400061`. */
  readonly games: readonly string[];
}

export interface ReportSeasonTable {
  /** Units that are complete, of those that are due: `163 of 164, 99.3 %`. */
  readonly coverage: string;
  /** Keys, by the rows themselves; empty for the schedule. */
  readonly keysInWords: string;
  readonly units: readonly UnitTuple[];
}

/**
 * One unit. `day` is -1 for a whole season; numbers that are not known are -1.
 * Why it is not complete, what to type, and what else there is to say are indexes of texts.
 */
export type UnitTuple = readonly [
  day: number, condition: number, rows: number, keysPresent: number, keysExpected: number, statementMs: number, unitsTogether: number, run: number,
  why: readonly number[], fixes: readonly number[], notes: readonly number[],
];

export interface ReportGap {
  readonly day: number;
  readonly date: string;
  readonly kind: 'missing' | 'unexpected' | 'duplicate';
  /** `NYK@BOS 0022400061`. */
  readonly game: string;
  readonly teams: readonly string[];
  /** The first three by name, and how many there are. */
  readonly players: readonly string[];
  readonly playerCount: number;
  /** Indexes of tables. */
  readonly tables: readonly number[];
}
