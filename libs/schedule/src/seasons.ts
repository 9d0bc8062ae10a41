import { type DateRange, type Season, dateRange, parseGameDate, parseSeason } from '@nba/kernel';

/** A season as the league announced it. Data, so that a new season is one more line here and nothing in code. */
export interface SeasonFacts {
  readonly season: Season;
  /** First and last date of the regular season. */
  readonly regularSeason: DateRange;
  /** Regular-season games: 1,230 in a full season. */
  readonly games: number;
  /** Dates with at least one regular-season game, as it was played. */
  readonly gameDates: number;
}

const facts = (season: string, first: string, last: string, games: number, gameDates: number): SeasonFacts => ({
  season: parseSeason(season),
  regularSeason: dateRange(parseGameDate(first), parseGameDate(last)),
  games,
  gameDates,
});

/** The seasons of the historical backfill: 652 game dates and 4,920 games in all. */
export const SEASONS: readonly SeasonFacts[] = [
  facts('2021-22', '2021-10-19', '2022-04-10', 1230, 165),
  facts('2022-23', '2022-10-18', '2023-04-09', 1230, 164),
  facts('2023-24', '2023-10-24', '2024-04-14', 1230, 160),
  facts('2024-25', '2024-10-22', '2025-04-13', 1230, 163),
];

/** What is known about a season beforehand, or undefined: its schedule table may still know everything. */
export function seasonFacts(season: Season): SeasonFacts | undefined {
  return SEASONS.find((known) => known.season === season);
}
