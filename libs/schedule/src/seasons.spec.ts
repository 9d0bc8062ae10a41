import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Season, daysBetween, seasonOf } from '@nba/kernel';
import { SEASONS, seasonFacts } from './seasons';

const GOLDEN = join(__dirname, '../../../../shared/golden/golden.json');

describe('the seasons of the backfill', () => {
  it('are 652 game dates and 4,920 games', () => {
    expect(SEASONS.reduce((dates, season) => dates + season.gameDates, 0)).toBe(652);
    expect(SEASONS.reduce((games, season) => games + season.games, 0)).toBe(4920);
  });

  it('are in order, and each lies in the season it is named after', () => {
    expect(SEASONS.map(({ season }) => season)).toEqual(['2021-22', '2022-23', '2023-24', '2024-25']);
    for (const { season, regularSeason } of SEASONS) {
      expect([seasonOf(regularSeason.from), seasonOf(regularSeason.to)]).toEqual([season, season]);
    }
  });

  it.each([
    ['2021-22', 9],
    ['2022-23', 10],
    ['2023-24', 14],
    ['2024-25', 11],
  ])('%s has %i days without games inside', (season, offDays) => {
    const { regularSeason, gameDates } = SEASONS.find((known) => known.season === season) as (typeof SEASONS)[number];
    expect(daysBetween(regularSeason.from, regularSeason.to) + 1 - gameDates).toBe(offDays);
  });

  it('know nothing of other seasons', () => {
    expect(seasonFacts('2024-25' as Season)?.regularSeason.to).toBe('2025-04-13');
    expect(seasonFacts('2020-21' as Season)).toBeUndefined();
    expect(seasonFacts('2025-26' as Season)).toBeUndefined();
  });
});

if (!existsSync(GOLDEN)) console.warn(`skipped: no golden facts at ${GOLDEN}`);
(existsSync(GOLDEN) ? describe : describe.skip)('the golden facts', () => {
  interface Totals { season: string; games: number; game_dates: number; first_date: string; last_date: string }

  it('agree for both real seasons', () => {
    const { season_totals: totals } = JSON.parse(readFileSync(GOLDEN, 'utf8')) as { season_totals: Totals[] };
    expect(totals).toHaveLength(2);
    for (const golden of totals) {
      expect(seasonFacts(golden.season as Season)).toEqual({
        season: golden.season,
        regularSeason: { from: golden.first_date, to: golden.last_date },
        games: golden.games,
        gameDates: golden.game_dates,
      });
    }
  });
});
