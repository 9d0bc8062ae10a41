import { type DateRange, type GameDate, addDays, dateRange, dayNumber, isWithin, parseGameDate } from '@nba/kernel';

export const DAYS_OF_THE_WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof DAYS_OF_THE_WEEK)[number];

/** A day, `YYYY-MM-DD`, or several in a row, both ends inclusive. */
export type DaySpan = string | { readonly from: string; readonly to: string };

/** 1970-01-01 was a Thursday. */
const weekdayOf = (date: GameDate): Weekday => DAYS_OF_THE_WEEK[(((dayNumber(date) + 3) % 7) + 7) % 7] as Weekday;

/**
 * The days of the range that a calendar expects, in order.
 * @throws NbaError INVALID_ARGUMENT for an exception that is no date, or ends before it starts
 */
export function expectedDays(range: DateRange, { except, weekdays }: { readonly except: readonly DaySpan[]; readonly weekdays: readonly Weekday[] }): GameDate[] {
  const off = except.map((span) => (typeof span === 'string' ? spanOf(span, span) : spanOf(span.from, span.to)));
  const days: GameDate[] = [];
  for (let day = range.from; day <= range.to; day = addDays(day, 1)) {
    if (weekdays.includes(weekdayOf(day)) && !off.some((span) => isWithin(day, span))) days.push(day);
  }
  return days;
}

const spanOf = (from: string, to: string): DateRange => dateRange(parseGameDate(from, 'except'), parseGameDate(to, 'except'));
