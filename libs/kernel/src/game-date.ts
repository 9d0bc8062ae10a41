import { NbaError } from './nba-error';

declare const gameDateBrand: unique symbol;

/**
 * The civil date of a game in US Eastern time, `YYYY-MM-DD`.
 * A string, so that it compares, sorts and prints as itself; never a JavaScript `Date`,
 * which would drag a time zone in.
 */
export type GameDate = string & { readonly [gameDateBrand]: true };

/** A closed range of dates: both ends belong to it. */
export interface DateRange {
  readonly from: GameDate;
  readonly to: GameDate;
}

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;

/**
 * Reads `YYYY-MM-DD` and checks that the day exists.
 * @param what how to call the value in the error, for example `--start-date`
 * @throws NbaError INVALID_ARGUMENT for anything else, the 30th of February included
 */
export function parseGameDate(text: string, what = 'date'): GameDate {
  const time = PATTERN.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) {
    throw new NbaError('INVALID_ARGUMENT', `${what}: "${text}" is not a date. Write it as YYYY-MM-DD, for example 2025-01-26.`, { field: what });
  }
  return text as GameDate;
}

/** Days since 1970-01-01; the only way into arithmetic. */
export function dayNumber(date: GameDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** The date `days` later (earlier when negative). */
export function addDays(date: GameDate, days: number): GameDate {
  return new Date((dayNumber(date) + days) * DAY_MS).toISOString().slice(0, 10) as GameDate;
}

/** Whole days from `a` to `b`; negative when `b` is earlier. */
export function daysBetween(a: GameDate, b: GameDate): number {
  return dayNumber(b) - dayNumber(a);
}

/**
 * A closed range.
 * @throws NbaError INVALID_ARGUMENT when `to` is before `from`
 */
export function dateRange(from: GameDate, to: GameDate): DateRange {
  if (to < from) {
    throw new NbaError('INVALID_ARGUMENT', `The range ends (${to}) before it starts (${from}). Swap the two dates.`, { date: from });
  }
  return { from, to };
}

/** Whether the date lies in the closed range. */
export function isWithin(date: GameDate, range: DateRange): boolean {
  return range.from <= date && date <= range.to;
}

/** Made when it is first needed: what it reads of the world's time zones takes 10 ms to load. */
let eastern: Intl.DateTimeFormat | undefined;

/** The civil date in US Eastern time at an instant: at 01:00 Eastern it is already today, at 03:00 UTC still yesterday. */
export function easternDate(instant: Date): GameDate {
  eastern ??= new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York', year: 'numeric', month: '2-digit', day: '2-digit' });
  return eastern.format(instant) as GameDate;
}
