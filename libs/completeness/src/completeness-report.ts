import type { Cell, GameDate, GameId, PlayerId, Season, TeamId } from '@nba/kernel';
import { type Counts, type Coverage, coverageOf, sumOf } from './coverage';
import { type Thresholds, meets } from './threshold';

/** One key that is missing, should not be there, or is there more than once. Only what is known of it is set. */
export interface Gap {
  readonly kind: 'missing' | 'unexpected' | 'duplicate';
  readonly date: GameDate;
  readonly gameId?: GameId;
  readonly teamId?: TeamId;
  /** The team's three letters. */
  readonly team?: string;
  readonly playerId?: PlayerId;
  readonly player?: string;
  /** Where rows of a day are counted: how many it lacks, or has on a day that expects none. */
  readonly rows?: number;
  /** The other columns of the key, by their names. */
  readonly key?: Readonly<Record<string, Cell>>;
}

/** One date on which something is expected. */
export interface DateCoverage extends Coverage {
  readonly date: GameDate;
  readonly meetsThreshold: boolean;
}

/** What is expected of one table in a range of dates, and what is there. */
export interface CompletenessReport {
  /** `dataset.table`. */
  readonly table: string;
  readonly startDate: GameDate;
  readonly endDate: GameDate;
  /** Whether anything is missing, unexpected or duplicate, or the schedule of a season is not there. */
  readonly hasGaps: boolean;
  /** Dates with at least one gap. */
  readonly gapCount: number;
  /** Expected dates that have no row at all. */
  readonly missingDates: readonly GameDate[];
  /** Dates that have rows, but not the right ones. */
  readonly incompleteDates: readonly GameDate[];
  /** The finest keys that were compared: teams of games, players of games, or what the calendar or the query asks for. */
  readonly coverage: Coverage;
  /** The same date by date, in order; dates on which nothing is expected are left out. */
  readonly byDate: readonly DateCoverage[];
  /** Expected dates, and those of them that have no gap. */
  readonly dates: Coverage;
  /** Expected games, and those of them that lack nothing; 0 of 0 where the key names no game. */
  readonly games: Coverage;
  /** The least coverage that was asked for. */
  readonly threshold: Thresholds;
  /** Whether that much is there, over the range and on each date. Rows too many lower no coverage: {@link hasGaps} tells of them. */
  readonly meetsThreshold: boolean;
  /** Every gap in date order. */
  readonly gaps: readonly Gap[];
  /** Seasons of the range of which the schedule holds no game: what is expected of them is not known, so nothing is complete. */
  readonly seasonsWithoutSchedule: readonly Season[];
}

/** What was counted for one date. */
export interface DateCount {
  readonly date: GameDate;
  readonly games: number;
  readonly keys: Counts;
}

/** Everything that a report is drawn from. */
export interface Findings {
  readonly counts: readonly DateCount[];
  readonly gaps: readonly Gap[];
  readonly seasonsWithoutSchedule?: readonly Season[];
  readonly threshold?: Thresholds;
}

/** Draws the report from counts per date and the gaps found. */
export function completenessReport(
  scope: Pick<CompletenessReport, 'table' | 'startDate' | 'endDate'>,
  { counts, gaps, seasonsWithoutSchedule = [], threshold = { overall: 1, perDate: 1 } }: Findings,
): CompletenessReport {
  const sorted = [...gaps].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const wrongDates = new Set(sorted.map((gap) => gap.date));
  const unexpectedDates = new Set(sorted.filter((gap) => gap.kind === 'unexpected').map((gap) => gap.date));
  const emptyDates = new Set(
    counts.filter(({ date, keys }) => keys.expected > 0 && keys.present === 0 && !unexpectedDates.has(date)).map(({ date }) => date),
  );
  const wrongGames = new Set(sorted.flatMap((gap) => (gap.kind === 'missing' && gap.gameId !== undefined ? [`${gap.date} ${gap.gameId}`] : [])));
  const expectedGames = counts.reduce((sum, { games }) => sum + games, 0);
  const isKnown = seasonsWithoutSchedule.length === 0;
  const byDate = counts.filter(({ keys }) => keys.expected > 0).map(({ date, keys }) => dateCoverage(date, keys, threshold)).sort((a, b) => (a.date < b.date ? -1 : 1));
  const coverage = coverageOf(sumOf(byDate), isKnown);
  return {
    ...scope,
    hasGaps: sorted.length > 0 || !isKnown,
    gapCount: wrongDates.size,
    missingDates: [...emptyDates].sort(),
    incompleteDates: [...wrongDates].filter((date) => !emptyDates.has(date)).sort(),
    coverage,
    byDate,
    dates: coverageOf({ expected: byDate.length, present: byDate.filter(({ date }) => !wrongDates.has(date)).length }, isKnown),
    games: coverageOf({ expected: expectedGames, present: expectedGames - wrongGames.size }, isKnown),
    threshold,
    meetsThreshold: isKnown && meets(coverage, threshold.overall) && byDate.every((date) => date.meetsThreshold),
    gaps: sorted,
    seasonsWithoutSchedule,
  };
}

function dateCoverage(date: GameDate, keys: Counts, { perDate }: Thresholds): DateCoverage {
  const coverage = coverageOf(keys);
  return { date, ...coverage, meetsThreshold: meets(coverage, perDate) };
}

const orderOf = (gap: Gap): string => `${gap.date} ${gap.gameId} ${gap.team ?? gap.teamId} ${gap.playerId} ${JSON.stringify(gap.key)} ${gap.kind}`;
