import { GameDate, DateRange, parseGameDate } from './game-date';
import { NbaError } from './nba-error';

declare const seasonBrand: unique symbol;

/** A season's name as the league writes it: `2024-25`. */
export type Season = string & { readonly [seasonBrand]: true };

const PATTERN = /^(\d{4})-(\d{2})$/;

/** The season that starts in the given autumn. */
export function seasonStarting(year: number): Season {
  return `${year}-${String((year + 1) % 100).padStart(2, '0')}` as Season;
}

/**
 * Reads `2024-25`.
 * @throws NbaError INVALID_ARGUMENT when the two years do not follow each other
 */
export function parseSeason(text: string, what = 'season'): Season {
  const year = Number(PATTERN.exec(text)?.[1]);
  if (Number.isNaN(year) || seasonStarting(year) !== text) {
    throw new NbaError('INVALID_ARGUMENT', `${what}: "${text}" is not a season. Write it as 2024-25.`, { field: what });
  }
  return text as Season;
}

/** The season of a date: the start year if the month is October or later, else the year before. */
export function seasonOf(date: GameDate): Season {
  const year = Number(date.slice(0, 4));
  return seasonStarting(date.slice(5, 7) >= '10' ? year : year - 1);
}

/** All dates that belong to a season by {@link seasonOf}: 1 October to 30 September. Windows never leave it. */
export function seasonSpan(season: Season): DateRange {
  const year = Number(season.slice(0, 4));
  return { from: parseGameDate(`${year}-10-01`), to: parseGameDate(`${year + 1}-09-30`) };
}

/** The whole seasons that a range of dates touches, from the first day of the first to the last day of the last. */
export function wholeSeasons({ from, to }: DateRange): DateRange {
  return { from: seasonSpan(seasonOf(from)).from, to: seasonSpan(seasonOf(to)).to };
}

/** Every season that a range of dates touches, in order; none when the range ends before it starts. */
export function seasonsIn(range: DateRange): Season[] {
  const [first, last] = [startYear(range.from), startYear(range.to)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => seasonStarting(first + i));
}

const startYear = (date: GameDate): number => Number(seasonOf(date).slice(0, 4));

/** The parameters that GoogleSQL over a range of dates is written with: its ends, and the bounds of the seasons they lie in. */
export function rangeParameters({ from, to }: DateRange): Readonly<Record<'from' | 'to' | 'season_start' | 'season_end', GameDate>> {
  return { from, to, season_start: seasonSpan(seasonOf(from)).from, season_end: seasonSpan(seasonOf(to)).to };
}
