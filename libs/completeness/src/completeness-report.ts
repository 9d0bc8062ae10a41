import type { GameDate, GameId, PlayerId, Season, TeamId } from '@nba/kernel';

/** How much of what is expected is there; always shown with both counts. */
export interface Coverage {
  readonly present: number;
  readonly expected: number;
}

/** Percent, rounded down to a tenth so that 100 means all; 100 when nothing is expected. */
export function percentOf({ present, expected }: Coverage): number {
  return expected === 0 ? 100 : Math.floor((1000 * present) / expected) / 10;
}

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
  /** Expected dates that are complete. */
  readonly coverage: Coverage;
  readonly coveragePercent: number;
  readonly games: Coverage;
  /** The finest keys that were compared: teams of games, or players of games. */
  readonly keys: Coverage;
  /** Every gap in date order. */
  readonly gaps: readonly Gap[];
  /** Seasons of the range of which the schedule holds no game: what is expected of them is not known, so nothing is complete. */
  readonly seasonsWithoutSchedule: readonly Season[];
}

/** What was counted for one expected date. */
export interface DateCount {
  readonly date: GameDate;
  readonly games: number;
  readonly keys: Coverage;
}

/** Draws the report from counts per date and the gaps found. */
export function completenessReport(
  scope: Pick<CompletenessReport, 'table' | 'startDate' | 'endDate'>,
  counts: readonly DateCount[],
  gaps: readonly Gap[],
  seasonsWithoutSchedule: readonly Season[] = [],
): CompletenessReport {
  const sorted = [...gaps].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const wrongDates = new Set(sorted.map((gap) => gap.date));
  const unexpectedDates = new Set(sorted.filter((gap) => gap.kind === 'unexpected').map((gap) => gap.date));
  const emptyDates = new Set(
    counts.filter(({ date, keys }) => keys.expected > 0 && keys.present === 0 && !unexpectedDates.has(date)).map(({ date }) => date),
  );
  const wrongGames = new Set(sorted.flatMap((gap) => (gap.kind === 'missing' && gap.gameId !== undefined ? [`${gap.date} ${gap.gameId}`] : [])));
  const expectedDates = counts.filter(({ keys }) => keys.expected > 0);
  const expectedGames = sum(counts.map(({ games }) => games));
  const coverage = { present: expectedDates.filter(({ date }) => !wrongDates.has(date)).length, expected: expectedDates.length };
  return {
    ...scope,
    hasGaps: sorted.length > 0 || seasonsWithoutSchedule.length > 0,
    gapCount: wrongDates.size,
    missingDates: [...emptyDates].sort(),
    incompleteDates: [...wrongDates].filter((date) => !emptyDates.has(date)).sort(),
    coverage,
    coveragePercent: coverage.expected === 0 && seasonsWithoutSchedule.length > 0 ? 0 : percentOf(coverage),
    games: { present: expectedGames - wrongGames.size, expected: expectedGames },
    keys: { present: sum(counts.map(({ keys }) => keys.present)), expected: sum(counts.map(({ keys }) => keys.expected)) },
    gaps: sorted,
    seasonsWithoutSchedule,
  };
}

const orderOf = (gap: Gap): string => `${gap.date} ${gap.gameId} ${gap.team ?? gap.teamId} ${gap.playerId} ${gap.kind}`;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
