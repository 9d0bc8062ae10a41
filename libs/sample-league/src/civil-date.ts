/** A day as a count since 1970-01-01: dates are civil dates, never instants in somebody's time zone. */
export type DayNumber = number;

const MS_PER_DAY = 86_400_000;

export function dayNumber(date: string): DayNumber {
  return Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY;
}

const texts = new Map<DayNumber, string>();

/** `YYYY-MM-DD`. Remembered: a schedule asks for the same few hundred days over and over. */
export function dateText(day: DayNumber): string {
  const known = texts.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
  texts.set(day, text);
  return text;
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(day: DayNumber): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** The n-th (1 = first) given weekday of a month (1–12). */
export function nthWeekday(year: number, month: number, ofWeekday: number, nth: number): DayNumber {
  const first = dayNumber(`${year}-${String(month).padStart(2, '0')}-01`);
  return first + ((ofWeekday - weekday(first) + 7) % 7) + 7 * (nth - 1);
}

/** Hours that US Eastern time lies behind UTC on that day, from its switch at 2 a.m. on: 4 in summer, 5 in winter. */
export function easternOffsetHours(day: DayNumber): 4 | 5 {
  const year = Number(dateText(day).slice(0, 4));
  const summer = day >= nthWeekday(year, 3, 0, 2) && day < nthWeekday(year, 11, 0, 1);
  return summer ? 4 : 5;
}
