import { type Counts, type Gap, type Violation, percentOf } from '@nba/completeness';
import { type DateRange, seasonOf, seasonSpan } from '@nba/kernel';
import type { PhaseVerification, TableVerification } from '@nba/pipeline';
import { describeUnlikeRecord } from './describe-unlike-record';
import { count, plural } from './numbers';

/** Gaps and violations that are listed in full; the rest is counted, and `--json` has them all. */
const LISTED = 20;

/** What a person reads after a phase was verified over one range. */
export function describeVerification({ phase, range, reports, violations, unlikeRecord }: PhaseVerification): string[] {
  const lines = [`Phase ${phase}, ${describeRange(range)}`];
  const unknown = [...new Set(reports.flatMap((report) => report.seasonsWithoutSchedule))];
  if (unknown.length > 0) lines.push(`  ✗ no schedule for ${unknown.join(', ')}: load it with nx run backfill:phase2 --season=${unknown.join(',')}`);
  for (const report of reports.filter(({ seasonsWithoutSchedule }) => seasonsWithoutSchedule.length === 0)) lines.push(...describeReport(report));
  if (unlikeRecord.length > 0) {
    const { head, differences, next } = describeUnlikeRecord(unlikeRecord);
    lines.push(`  ✗ ${head}`, ...listed(differences), ...next.map((command) => `      Next: ${command}`));
  }
  const failing = violations.filter(({ severity }) => severity === 'fails');
  const reported = violations.filter(({ severity }) => severity === 'reports');
  if (failing.length > 0) lines.push(`  ✗ ${plural(failing.length, 'violated invariant')}`, ...listed(failing.map(describeViolation)));
  if (reported.length > 0) lines.push(`  · ${plural(reported.length, 'odd line')} in the source, reported and kept (${kinds(reported)})`);
  return lines;
}

function describeRange(range: DateRange): string {
  if (range.from === range.to) return range.from;
  const season = seasonOf(range.from);
  const whole = seasonSpan(season);
  return range.from === whole.from && range.to === whole.to ? season : `${range.from} to ${range.to}`;
}

function describeReport(report: TableVerification): string[] {
  const { table, hasGaps, dates, games, coverage, per, missingDates, gaps } = report;
  const covered = `${of(dates, 'date')}, ${of(games, 'game')}, ${of(coverage, per)}`;
  const head = `  ${hasGaps ? '✗' : '✓'} ${table.padEnd(44)} ${covered} (${percentOf(coverage)} %)`;
  const absent = new Set<string>(missingDates);
  const single = gaps.filter((gap) => gap.kind !== 'missing' || !absent.has(gap.date)).map(describeGap);
  return [head, ...(missingDates.length > 0 ? [`      no rows at all on ${plural(missingDates.length, 'date')}: ${dateList(missingDates)}`] : []), ...listed(single)];
}

/** The first dates by name, the rest as a number. */
export function dateList(dates: readonly string[], named = 5): string {
  return dates.length > named ? `${dates.slice(0, named).join(', ')} and ${count(dates.length - named)} more` : dates.join(', ');
}

const of = ({ present, expected }: Counts, noun: string): string => `${count(present)} of ${plural(expected, noun)}`;

/** `2025-01-26: missing, game 0022400633, team NOP`. */
export function describeGap({ kind, date, gameId, teamId, team, playerId, player }: Gap): string {
  const whose = [
    gameId && `game ${gameId}`,
    teamId !== undefined && `team ${team ?? teamId}`,
    playerId !== undefined && `player ${player ? `${player} (${playerId})` : playerId}`,
  ].filter(Boolean);
  return `${date}: ${kind}, ${whose.join(', ')}`;
}

function describeViolation({ invariant, date, gameId, who, detail }: Violation): string {
  return [`${date}: ${invariant}`, gameId && `game ${gameId}`, who, detail].filter(Boolean).join(', ');
}

function kinds(violations: readonly Violation[]): string {
  const counts = new Map<string, number>();
  for (const { invariant } of violations) counts.set(invariant, (counts.get(invariant) ?? 0) + 1);
  return [...counts].map(([invariant, number]) => `${invariant}: ${number}`).join(', ');
}

function listed(lines: readonly string[]): string[] {
  const shown = lines.slice(0, LISTED).map((line) => `      ${line}`);
  return lines.length > LISTED ? [...shown, `      … and ${count(lines.length - LISTED)} more; --json lists them all`] : shown;
}
