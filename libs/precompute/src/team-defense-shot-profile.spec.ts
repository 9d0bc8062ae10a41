import type { Row } from '@nba/kernel';
import { allowed, D, daysBefore, scheduled, type Shots } from './given.fixture';
import { teamDefenseShotProfile } from './index';
import { answer, useWarehouse, type Given } from './warehouse.fixture';

const warehouseWith = useWarehouse();

const PLAIN: [Shots, Shots, Shots] = [[20, 40], [10, 40], [8, 10]];

/** Team 1's row on D, or all its rows up to `to`. */
async function profiles(given: Given, to = D): Promise<Row[]> {
  const warehouse = await warehouseWith({ schedule: [scheduled(D)], ...given });
  const rows = await answer(warehouse, teamDefenseShotProfile, D, to);
  return rows.filter((row) => row['team_id'] === 1);
}

describe('team_defense_shot_profile', () => {
  it('rates what was allowed per 100 possessions, and against the league by ratios of sums', async () => {
    const [row] = await profiles({ defense: [allowed(daysBefore(9), 1, PLAIN), allowed(daysBefore(9), 3, [[30, 40], [10, 20], [10, 10]])] });
    expect(row).toMatchObject({
      is_home: true, opponent_team_id: 2, games_in_last_15: 1,
      two_pointer_attempts_allowed_per_100_last_15: 40, two_pointer_pct_allowed_last_15: 0.5,
      two_pointer_attempts_allowed_per_100_vs_league: 0, two_pointer_pct_allowed_vs_league: 0.5 - 50 / 80,
      three_pointer_attempts_allowed_per_100_last_15: 40, three_pointer_pct_allowed_last_15: 0.25,
      three_pointer_attempts_allowed_per_100_vs_league: 10, three_pointer_pct_allowed_vs_league: 0.25 - 20 / 60,
      free_throw_attempts_allowed_per_100_last_15: 10, free_throw_pct_allowed_last_15: 0.8,
      free_throw_attempts_allowed_per_100_vs_league: 0, free_throw_pct_allowed_vs_league: 0.8 - 18 / 20,
      strongest_against: 'two_pointer', weakest_against: 'three_pointer',
    });
  });

  it('decides ties in the order three, two, free throw', async () => {
    const [same] = await profiles({ defense: [allowed(daysBefore(9), 1, PLAIN)] });
    expect(same).toMatchObject({ three_pointer_pct_allowed_vs_league: 0, strongest_against: 'three_pointer', weakest_against: 'three_pointer' });
    // Threes unknown: nobody took one. Twos and free throws both 0 against the league.
    const [noThrees] = await profiles({ defense: [allowed(daysBefore(9), 1, [[20, 40], [0, 0], [8, 10]])] });
    expect(noThrees).toMatchObject({ three_pointer_pct_allowed_vs_league: null, strongest_against: 'two_pointer', weakest_against: 'two_pointer' });
  });

  it('has a row without games: counts 0, the rest unknown', async () => {
    const [row] = await profiles({ defense: [allowed(daysBefore(9), 3, PLAIN)] });
    expect(row).toMatchObject({ games_in_last_15: 0, two_pointer_pct_allowed_last_15: null, two_pointer_pct_allowed_vs_league: null, strongest_against: null, weakest_against: null });
  });

  it('takes the last 15 games, not the 16th, and nothing of the date itself', async () => {
    const fifteen = Array.from({ length: 15 }, (_, i) => allowed(daysBefore(2 * i + 1), 1, [[1, 2], [1, 2], [1, 2]]));
    const others = [allowed(daysBefore(60), 1, [[0, 1000], [0, 1000], [0, 1000]]), allowed(D, 1, [[0, 1000], [0, 1000], [0, 1000]])];
    const [row] = await profiles({ defense: [...fifteen, ...others] });
    expect(row).toMatchObject({ games_in_last_15: 15, two_pointer_pct_allowed_last_15: 0.5 });
  });

  it('compares with the league of exactly the 30 days before the date', async () => {
    const [row] = await profiles({
      defense: [
        allowed(daysBefore(40), 1, [[0, 10], [0, 10], [0, 10]]),
        allowed(daysBefore(31), 3, [[9, 10], [9, 10], [9, 10]]),
        allowed(daysBefore(30), 3, [[2, 10], [2, 10], [2, 10]]),
        allowed(daysBefore(1), 3, [[4, 10], [4, 10], [4, 10]]),
        allowed(D, 3, [[9, 10], [9, 10], [9, 10]]),
      ],
    });
    expect(row).toMatchObject({ two_pointer_pct_allowed_vs_league: 0 - 6 / 20 });
  });

  it('never looks into the season before', async () => {
    const [row] = await profiles({ defense: [allowed('2024-04-10', 1, PLAIN)] });
    expect(row).toMatchObject({ games_in_last_15: 0 });
  });

  it('gives every scheduled game its row, however many are not played yet', async () => {
    const later = ['2025-02-02', '2025-02-03'];
    const rows = await profiles({ schedule: [D, ...later].map(scheduled), defense: [allowed(daysBefore(9), 1, PLAIN)] }, '2025-02-03');
    expect(rows.map((row) => [row['game_date'], row['games_in_last_15'], row['two_pointer_pct_allowed_last_15']])).toEqual([D, ...later].map((date) => [date, 1, 0.5]));
  });

  it('knows nothing of a sum with an unknown value in it, and all of the others', async () => {
    const [row] = await profiles({ defense: [allowed(daysBefore(9), 1, PLAIN), allowed(daysBefore(7), 1, [[null, 40], [10, 40], [8, 10]])] });
    expect(row).toMatchObject({ games_in_last_15: 2, two_pointer_pct_allowed_last_15: null, two_pointer_attempts_allowed_per_100_last_15: 40, three_pointer_pct_allowed_last_15: 0.25, strongest_against: 'three_pointer' });
  });
});
