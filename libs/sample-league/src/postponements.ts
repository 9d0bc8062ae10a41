import type { DayNumber } from './civil-date';
import { DayBook, type DatedMatchup } from './day-book';
import { Random } from './random';
import type { SeasonCalendar } from './season-calendar';

/** A matchup with the date it was announced for and the date it is played on. */
export interface PlannedMatchup extends DatedMatchup {
  readonly announcedDay: DayNumber;
}

export interface Postponements {
  readonly matchups: readonly PlannedMatchup[];
  /** A day on which the old dates of all postponed games have passed and no new date has come. */
  readonly inBetween: DayNumber;
}

const WINDOW_DAYS = 14;
const NOTICE_DAYS = 10;

/**
 * Postponements come in waves (an illness going round, a blizzard): all within one fortnight of winter.
 * A date keeps at least one of its games, so the dates with games stay the same.
 */
export function postponeGames(timetable: readonly DatedMatchup[], calendar: SeasonCalendar, random: Random): Postponements {
  const book = new DayBook(calendar.gameDays);
  for (const { matchup, day } of timetable) book.add(matchup, day);
  const from = calendar.first + random.integer(52, 80);
  const inBetween = from + WINDOW_DAYS;
  const newDays = calendar.gameDays.filter((day) => day >= inBetween + NOTICE_DAYS && day < calendar.last);
  const moved = new Map<DatedMatchup, DayNumber>();
  for (const planned of random.shuffle(timetable.filter(({ day }) => day >= from && day < inBetween))) {
    if (moved.size === calendar.postponements) break;
    const { matchup, day } = planned;
    if (book.on(day).length < 2) continue;
    const free = newDays.filter((other) => book.isFree(matchup.home, other) && book.isFree(matchup.away, other));
    if (free.length === 0) continue;
    const newDay = random.pick(free);
    book.remove(matchup, day);
    book.add(matchup, newDay);
    moved.set(planned, newDay);
  }
  const matchups = timetable.map((planned) => ({
    matchup: planned.matchup,
    announcedDay: planned.day,
    day: moved.get(planned) ?? planned.day,
  }));
  return { matchups, inBetween };
}
