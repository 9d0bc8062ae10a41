import { type DateRange, type GameDate, type Season, NbaError, dateRange, parseGameDate, parseSeason, seasonSpan, seasonsIn } from '@nba/kernel';
import { SEASONS } from './seasons';

/** The ways a user may say which dates are meant, as given: at most one of them. */
export interface ScopeOptions {
  /** `2022-23`, or several with commas or repeated. */
  readonly season?: readonly string[];
  readonly date?: string;
  /** `2025-01-26,2025-01-27`. */
  readonly dates?: string;
  readonly startDate?: string;
  readonly endDate?: string;
}

/** Which dates are meant: closed ranges in order, that do not overlap. */
export interface Scope {
  readonly ranges: readonly DateRange[];
  /** The seasons the ranges touch, in order. */
  readonly seasons: readonly Season[];
  /** Whether single dates were named: then the daily guard applies; ranges run in backfill mode. */
  readonly singleDates: boolean;
  /** In the user's words, for messages: `season 2022-23`. */
  readonly label: string;
}

/**
 * Reads what the user said. Nothing said means the four seasons of the historical backfill.
 * @throws NbaError INVALID_ARGUMENT when two ways are mixed, an end is missing, or a value is no date or season
 */
export function parseScope(options: ScopeOptions): Scope {
  const { season = [], date, dates, startDate, endDate } = options;
  const ways = [season.length > 0, date !== undefined, dates !== undefined, startDate !== undefined || endDate !== undefined];
  if (ways.filter(Boolean).length > 1) {
    throw new NbaError('INVALID_ARGUMENT', 'Name the dates in one way only: --season, --date, --dates, or --start-date with --end-date.');
  }
  if (date !== undefined) return scopeOfDates([parseGameDate(date, '--date')]);
  if (dates !== undefined) return scopeOfDates(listed(dates).map((one) => parseGameDate(one, '--dates')));
  if (startDate !== undefined || endDate !== undefined) return ofRange(startDate, endDate);
  return ofSeasons(season.length > 0 ? season.flatMap(listed).map((one) => parseSeason(one, '--season')) : SEASONS.map((known) => known.season));
}

const listed = (text: string): string[] => text.split(',').map((part) => part.trim()).filter((part) => part !== '');

/** The part of a scope that lies in some of its seasons. */
export function withinSeasons(scope: Scope, seasons: readonly Season[]): Scope {
  const kept = scope.seasons.filter((season) => seasons.includes(season));
  return { ...scope, seasons: kept, ranges: scope.ranges.flatMap((range) => kept.flatMap((season) => overlap(range, seasonSpan(season)))) };
}

function overlap(a: DateRange, b: DateRange): DateRange[] {
  const [from, to] = [a.from > b.from ? a.from : b.from, a.to < b.to ? a.to : b.to];
  return from <= to ? [{ from, to }] : [];
}

/** The scope of some single dates, in any order. @throws NbaError INVALID_ARGUMENT when there is none */
export function scopeOfDates(dates: readonly GameDate[]): Scope {
  const sorted = [...new Set(dates)].sort();
  if (sorted.length === 0) throw new NbaError('INVALID_ARGUMENT', '--dates names no date. Write them as 2025-01-26,2025-01-27.', { field: '--dates' });
  return scope(sorted.map((date) => ({ from: date, to: date })), sorted.length === 1 ? `${sorted[0]}` : `${sorted.length} dates`, true);
}

function ofRange(start: string | undefined, end: string | undefined): Scope {
  if (start === undefined || end === undefined) {
    throw new NbaError('INVALID_ARGUMENT', `A range needs both ends: add ${start === undefined ? '--start-date' : '--end-date'}.`);
  }
  const range = dateRange(parseGameDate(start, '--start-date'), parseGameDate(end, '--end-date'));
  return scope([range], `${range.from} to ${range.to}`, false);
}

/** A season is meant with all its dates: which of them have games is the schedule's to say. */
function ofSeasons(seasons: readonly Season[]): Scope {
  const sorted = [...new Set(seasons)].sort();
  if (sorted.length === 0) throw new NbaError('INVALID_ARGUMENT', '--season names no season. Write it as 2024-25.', { field: '--season' });
  const ranges = sorted.map(seasonSpan);
  return scope(ranges, `season${sorted.length > 1 ? 's' : ''} ${sorted.join(', ')}`, false);
}

function scope(ranges: readonly DateRange[], label: string, singleDates: boolean): Scope {
  return { ranges, seasons: [...new Set(ranges.flatMap(seasonsIn))], singleDates, label };
}
