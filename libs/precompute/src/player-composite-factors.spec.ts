import type { Row } from '@nba/kernel';
import { D, daysBefore, expected, paced, teamContext } from './given.fixture';
import { playerCompositeFactors, playerShotProfile, teamDefenseShotProfile } from './index';
import { answer, useWarehouse, type Given } from './warehouse.fixture';

const warehouseWith = useWarehouse();

/** @param dominant the player's dominant shot type @param gaps what team 2 allows against the league, by shot type */
async function factors(given: Given, dominant: string | null = null, gaps: Row = {}): Promise<Row | undefined> {
  const [context] = given.playerContexts ?? [expected()];
  const { game_id, game_date, season } = context as Row as Record<string, string>;
  const keys = { game_id: game_id as string, game_date: game_date as string, season: season as string };
  const warehouse = await warehouseWith({ playerContexts: [expected()], ...given });
  await warehouse.append(playerShotProfile.table, [{ ...keys, team_id: 1, player_id: 7, dominant_shot_type: dominant }]);
  await warehouse.append(teamDefenseShotProfile.table, [
    { ...keys, team_id: 1, three_pointer_pct_allowed_vs_league: 0.5 },
    { ...keys, team_id: 2, ...gaps },
  ]);
  const [row] = await answer(warehouse, playerCompositeFactors, D, D);
  return row;
}

describe('player_composite_factors', () => {
  const fresh = { days_rest: 2, is_back_to_back: false, games_in_last_7_days: 0, seconds_in_last_7_days: null, back_to_backs_in_last_14_days: 0 };
  it.each<[string, Row, number | null]>([
    ['two days of rest and no games in seven', fresh, 100],
    ['a back-to-back', { ...fresh, days_rest: 1, is_back_to_back: true }, 85],
    ['three days of rest, held at 100', { ...fresh, days_rest: 3 }, 100],
    ['three days of rest after a back-to-back last week', { ...fresh, days_rest: 3, back_to_backs_in_last_14_days: 1 }, 100],
    ['one back-to-back in fourteen days', { ...fresh, back_to_backs_in_last_14_days: 1 }, 95],
    ['two of them', { ...fresh, back_to_backs_in_last_14_days: 2 }, 88],
    ['four games of exactly 35 minutes', { ...fresh, games_in_last_7_days: 4, seconds_in_last_7_days: 8400 }, 90],
    ['a second more', { ...fresh, games_in_last_7_days: 4, seconds_in_last_7_days: 8401 }, 82],
    ['seven games, exactly 240 minutes', { ...fresh, games_in_last_7_days: 7, seconds_in_last_7_days: 14_400 }, 90],
    ['a second more than 240 minutes', { ...fresh, games_in_last_7_days: 7, seconds_in_last_7_days: 14_401 }, 80],
    ['everything at once', { days_rest: 1, is_back_to_back: true, games_in_last_7_days: 4, seconds_in_last_7_days: 14_401, back_to_backs_in_last_14_days: 2 }, 45],
    ['rest unknown', { ...fresh, days_rest: null, is_back_to_back: null }, null],
    ['seconds unknown', { ...fresh, games_in_last_7_days: 2 }, null],
  ])('fatigue: %s', async (_, load, score) => {
    const adjustment = score === null ? null : (score - 100) / 20;
    expect(await factors({ playerContexts: [expected(D, load)] })).toMatchObject({
      fatigue_score: score, fatigue_adjustment: adjustment, total_adjustment: adjustment, adjustments_known: score === null ? 0 : 1,
    });
  });

  const league = [
    paced(daysBefore(31), 5, 20_000, 20_000, 48),
    paced(daysBefore(30), 5, 9_000, 11_000, 48), paced(daysBefore(1), 6, 10_000, 10_000, 48),
    paced(D, 5, 20_000, 20_000, 48),
  ];
  it.each([
    ['half of what both teams are above the league', 101, 103, 1],
    ['held at 3', 110, 110, 3],
    ['held at −3', 90, 90, -3],
    ['nothing with one team unknown', 110, null, null],
  ])('pace against the league of 100: %s', async (_, own, opponent, score) => {
    expect(await factors({ offense: league, teamContexts: [teamContext(own, opponent)] })).toMatchObject({ pace_score: score, adjustments_known: score === null ? 1 : 2 });
  });

  it('weighs overtime by minutes, and knows no pace with an unknown game in the 30 days', async () => {
    const overtime = [paced(daysBefore(2), 5, 10_600, 10_600, 53), paced(daysBefore(2), 6, 9_600, 9_600, 48)];
    const pace = (48 * 40_400) / (200 * 101);
    expect(await factors({ offense: overtime, teamContexts: [teamContext(96, 97)] })).toMatchObject({ pace_score: ((96 + 97) / 2 - pace) / 2 });
    expect(await factors({ offense: [...overtime, paced(daysBefore(3), 8, 9_000, null, 48)], teamContexts: [teamContext(96, 97)] })).toMatchObject({ pace_score: null });
  });

  it.each([
    ['three_pointer', 0.015, 100 * 0.015],
    ['two_pointer', -0.02, -2],
    ['free_throw', 0.2, 10],
    ['free_throw', -0.2, -10],
    ['two_pointer', null, null],
  ])('matchup: what the opponent allows of %s, %s against the league', async (type, gap, score) => {
    expect(await factors({}, type, { [`${type}_pct_allowed_vs_league`]: gap })).toMatchObject({ matchup_score: score, adjustments_known: score === null ? 1 : 2 });
  });

  it('adds up what is known', async () => {
    const tired = expected(D, { ...fresh, days_rest: 1, is_back_to_back: true });
    const given = { playerContexts: [tired], offense: league, teamContexts: [teamContext(101, 103)] };
    expect(await factors(given, 'two_pointer', { two_pointer_pct_allowed_vs_league: -0.02 })).toMatchObject({ total_adjustment: -0.75 + 1 - 2, adjustments_known: 3 });
    expect(await factors(given, null)).toMatchObject({ matchup_score: null, total_adjustment: 0.25, adjustments_known: 2 });
  });
});
