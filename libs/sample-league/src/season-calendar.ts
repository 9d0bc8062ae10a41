import { type DayNumber, dayNumber, nthWeekday } from './civil-date';

/** On which dates a regular season is played. */
export interface SeasonCalendar {
  /** `'2021-22'` */
  readonly season: string;
  readonly startYear: number;
  readonly first: DayNumber;
  readonly last: DayNumber;
  /** Every date with games, ascending. */
  readonly gameDays: readonly DayNumber[];
  readonly allStarFriday: DayNumber;
  /** How many games are postponed and played later. */
  readonly postponements: number;
}

interface SeasonFacts {
  readonly first: string;
  readonly last: string;
  readonly allStarFriday: string;
  readonly freeDates: readonly string[];
  readonly postponements: number;
}

/** The first season of the league: its rosters are founded then and grow on from there. */
export const FOUNDING_YEAR = 2021;
export const DEFAULT_SEASONS = ['2021-22', '2022-23', '2023-24', '2024-25'] as const;

const ALL_STAR_BREAK_DAYS = 6;

/** The real seasons; their free dates besides the all-star break (elections, Thanksgiving, cup days, Christmas Eve …). */
const FACTS: Readonly<Record<string, SeasonFacts>> = {
  '2021-22': {
    first: '2021-10-19', last: '2022-04-10', allStarFriday: '2022-02-18', postponements: 11,
    freeDates: ['2021-11-25', '2021-12-24', '2022-04-04'],
  },
  '2022-23': {
    first: '2022-10-18', last: '2023-04-09', allStarFriday: '2023-02-17', postponements: 1,
    freeDates: ['2022-11-08', '2022-11-24', '2022-12-24', '2023-04-03'],
  },
  '2023-24': {
    first: '2023-10-24', last: '2024-04-14', allStarFriday: '2024-02-16', postponements: 2,
    freeDates: ['2023-11-07', '2023-11-23', '2023-12-03', '2023-12-09', '2023-12-10', '2023-12-24', '2024-04-08', '2024-04-13'],
  },
  '2024-25': {
    first: '2024-10-22', last: '2025-04-13', allStarFriday: '2025-02-14', postponements: 5,
    // Only five days of break: the season resumed on the Wednesday.
    freeDates: ['2024-11-05', '2024-11-28', '2024-12-17', '2024-12-18', '2024-12-24', '2025-04-12'],
  },
};
const SHORT_BREAK_DAYS: Readonly<Record<string, number>> = { '2024-25': 5 };

/**
 * The calendar of a season such as `'2022-23'`: the real dates where they are known,
 * else dates by the same rules (scale tests ask for seasons that have not been played).
 *
 * @throws RangeError if the text is no season, or one before the league was founded (2021-22).
 */
export function seasonCalendar(season: string): SeasonCalendar {
  const startYear = parseStartYear(season);
  const facts = FACTS[season];
  const first = facts ? dayNumber(facts.first) : nthWeekday(startYear, 10, 2, 3);
  const last = facts ? dayNumber(facts.last) : first + 173;
  const allStarFriday = facts ? dayNumber(facts.allStarFriday) : nthWeekday(startYear + 1, 2, 0, 3) - 2;
  const free = new Set(facts ? facts.freeDates.map(dayNumber) : freeDaysByRule(startYear));
  const breakDays = SHORT_BREAK_DAYS[season] ?? ALL_STAR_BREAK_DAYS;
  for (let i = 0; i < breakDays; i++) free.add(allStarFriday + i);
  const gameDays: DayNumber[] = [];
  for (let day = first; day <= last; day++) if (!free.has(day)) gameDays.push(day);
  return { season, startYear, first, last, gameDays, allStarFriday, postponements: facts?.postponements ?? 2 };
}

export function seasonName(startYear: number): string {
  return `${startYear}-${String((startYear + 1) % 100).padStart(2, '0')}`;
}

function parseStartYear(season: string): number {
  const startYear = Number(season.slice(0, 4));
  if (!/^\d{4}-\d{2}$/.test(season) || seasonName(startYear) !== season) {
    throw new RangeError(`'${season}' is no season; write it as '2021-22'`);
  }
  if (startYear < FOUNDING_YEAR) {
    throw new RangeError(`Season ${season} lies before the sample league's first season, ${seasonName(FOUNDING_YEAR)}`);
  }
  return startYear;
}

function freeDaysByRule(startYear: number): DayNumber[] {
  const thanksgiving = nthWeekday(startYear, 11, 4, 4);
  const collegeFinal = nthWeekday(startYear + 1, 4, 1, 1);
  return [thanksgiving, dayNumber(`${startYear}-12-24`), collegeFinal];
}
