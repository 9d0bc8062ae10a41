import type { Row } from '@nba/kernel';
import { D, daysBefore, expected, played, teamContext } from './given.fixture';
import { playerDailyCache } from './index';
import { answer, useWarehouse, type Given } from './warehouse.fixture';

const warehouseWith = useWarehouse();

async function caches(given: Given, to = D): Promise<Row[]> {
  const warehouse = await warehouseWith({ playerContexts: [expected()], ...given });
  const rows = await answer(warehouse, playerDailyCache, D, to);
  return rows;
}

describe('player_daily_cache', () => {
  it('divides sums once: means, deviation, usage and true shooting', async () => {
    const [row] = await caches({
      players: [
        played(daysBefore(4), { points: 10, seconds_played: 1200, plays_x100: 1000, team_plays_x100: 9_000, game_minutes: 48, field_goals_attempted: 8, free_throws_attempted: 0 }),
        played(daysBefore(2), { points: 20, seconds_played: 2400, plays_x100: 3000, team_plays_x100: 12_000, game_minutes: 53, field_goals_attempted: 10, free_throws_attempted: 5 }),
      ],
      teamContexts: [teamContext(99.5, 101)],
    });
    expect(row).toMatchObject({
      games_in_last_5: 2, games_in_last_10: 2, games_in_last_30: 2, games_this_season: 2,
      points_avg_last_5: 15, points_std_last_5: Math.sqrt(50), minutes_avg_last_5: 30,
      // 100 · (10 plays · 48 + 30 plays · 53) / (20 min · 90 plays + 40 min · 120 plays)
      usage_rate_last_5: (100 * (480 + 1590)) / (1800 + 4800),
      ts_pct_season: 3000 / 4040, // 30 / (2 · (18 + 2.2))
      team_games_in_last_10: 4, team_pace_last_10: 99.5, team_offensive_rating_last_10: 115.5,
    });
  });

  it('has no deviation of one game, and no usage without a second played', async () => {
    const [row] = await caches({ players: [played(daysBefore(2), { points: 7, seconds_played: 0, plays_x100: 100 })] });
    expect(row).toMatchObject({
      points_avg_season: 7, points_std_season: null, minutes_avg_season: 0, usage_rate_season: null, ts_pct_season: null,
      team_games_in_last_10: 0, team_pace_last_10: null,
    });
  });

  it('keeps each window to its games and the season to itself', async () => {
    // One point thirty-one games ago, two thirty games ago, and so on; then a game of last season and one of the date.
    const games = Array.from({ length: 31 }, (_, i) => played(daysBefore(31 - i), { points: i + 1 }));
    const [row] = await caches({ players: [...games, played('2024-04-01', { points: 90 }), played(D, { points: 90 })] });
    expect(row).toMatchObject({
      games_in_last_5: 5, games_in_last_10: 10, games_in_last_30: 30, games_this_season: 31,
      points_avg_last_5: 29, points_avg_last_10: 26.5, points_avg_last_30: 16.5, points_avg_season: 16,
      points_std_last_5: Math.sqrt(2.5),
    });
  });

  it('has the same form for every scheduled game before the next one is played', async () => {
    const rows = await caches({ players: [played(daysBefore(2), { points: 12 })], playerContexts: [expected(D), expected('2025-02-02'), expected('2025-02-03')] }, '2025-02-03');
    expect(rows.map((row) => [row['game_date'], row['games_this_season'], row['points_avg_last_5']])).toEqual([[D, 1, 12], ['2025-02-02', 1, 12], ['2025-02-03', 1, 12]]);
  });

  it('counts a game without a known stat, and knows nothing of sums with that stat while it is in the window', async () => {
    const games = Array.from({ length: 6 }, (_, i) => played(daysBefore(6 - i), { points: 10, ...(i === 0 ? { points: null, team_plays_x100: null } : {}) }));
    const [row] = await caches({ players: games });
    expect(row).toMatchObject({ games_in_last_10: 6, points_avg_last_5: 10, points_avg_last_10: null, points_std_season: null, minutes_avg_last_10: 30, usage_rate_last_10: null });
  });
});
