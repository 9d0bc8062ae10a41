import { NbaError, addDays } from '@nba/kernel';
import type { CompletenessReport } from './completeness-report';
import { coverageOf, sumOf } from './coverage';
import { meets } from './threshold';

/**
 * One report of several about neighbouring ranges, as if the whole range had been checked at once. In any order.
 * @throws NbaError INVALID_ARGUMENT when there is none, when they are about different tables or thresholds, or when their ranges
 *   overlap or leave out a day: of what nobody has looked at nothing can be said
 */
export function mergeReports(reports: readonly CompletenessReport[]): CompletenessReport {
  const parts = [...reports].sort((a, b) => (a.startDate < b.startDate ? -1 : 1));
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last) throw new NbaError('INVALID_ARGUMENT', 'There is no report to merge.');
  parts.forEach((part, i) => assertFollows(parts[i - 1], part));

  const all = <T>(of: (report: CompletenessReport) => readonly T[]): T[] => parts.flatMap(of);
  const seasonsWithoutSchedule = [...new Set(all((part) => part.seasonsWithoutSchedule))];
  const isKnown = seasonsWithoutSchedule.length === 0;
  const total = (of: 'coverage' | 'dates' | 'games') => coverageOf(sumOf(parts.map((part) => part[of])), isKnown);
  const coverage = total('coverage');
  return {
    table: first.table, startDate: first.startDate, endDate: last.endDate,
    hasGaps: parts.some((part) => part.hasGaps),
    gapCount: parts.reduce((sum, part) => sum + part.gapCount, 0),
    missingDates: all((part) => part.missingDates),
    incompleteDates: all((part) => part.incompleteDates),
    coverage, byDate: all((part) => part.byDate), dates: total('dates'), games: total('games'),
    threshold: first.threshold,
    meetsThreshold: isKnown && meets(coverage, first.threshold.overall) && parts.every((part) => part.byDate.every((date) => date.meetsThreshold)),
    gaps: all((part) => part.gaps),
    seasonsWithoutSchedule,
  };
}

function assertFollows(before: CompletenessReport | undefined, after: CompletenessReport): void {
  if (!before) return;
  const [one, other] = [before, after].map(({ table, threshold }) => `${table}, threshold ${threshold.overall} and ${threshold.perDate} per date`);
  if (one !== other) throw new NbaError('INVALID_ARGUMENT', `Reports about different things cannot be merged: ${one}; ${other}.`, { table: after.table });
  if (addDays(before.endDate, 1) !== after.startDate) {
    throw new NbaError('INVALID_ARGUMENT', `Reports must follow each other without a day between or twice: one ends on ${before.endDate}, the next starts on ${after.startDate}.`, { date: after.startDate });
  }
}
