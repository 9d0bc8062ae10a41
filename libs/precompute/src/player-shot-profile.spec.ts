import type { Row } from '@nba/kernel';
import { D, daysBefore, expected, played } from './given.fixture';
import { playerShotProfile } from './index';
import { answer, useWarehouse } from './warehouse.fixture';

const warehouseWith = useWarehouse();

async function profile(players: readonly Row[]): Promise<Row | undefined> {
  const warehouse = await warehouseWith({ players, playerContexts: [expected()] });
  const [row] = await answer(warehouse, playerShotProfile, D, D);
  return row;
}

/** 5 threes (2 made), 5 twos (3 made), 10 free throws (9 made) and 1 turnover: 500 + 500 + 440 + 100 hundredths of plays. */
const LINE = { field_goals_made: 5, field_goals_attempted: 10, three_pointers_made: 2, three_pointers_attempted: 5, free_throws_made: 9, free_throws_attempted: 10, plays_x100: 1540 };

describe('player_shot_profile', () => {
  it('tells shares of plays, turnovers among them, and efficiency; threes win the tie', async () => {
    expect(await profile([played(daysBefore(2), LINE)])).toMatchObject({
      player_name: 'Seven', team_id: 1, opponent_team_id: 2, games_in_last_10: 1, games_in_last_20: 1,
      three_pointer_share_last_10: 500 / 1540, two_pointer_share_last_10: 500 / 1540, free_throw_share_last_10: 440 / 1540,
      three_pointer_pct_last_20: 0.4, two_pointer_pct_last_20: 0.6, free_throw_pct_last_20: 0.9,
      dominant_shot_type: 'three_pointer',
    });
  });

  it.each([
    ['two_pointer', { field_goals_attempted: 5, plays_x100: 500 }],
    ['free_throw', { field_goals_attempted: 1, free_throws_attempted: 3, plays_x100: 232 }],
    // 25 free throws weigh as much as 11 shots: the tie goes to the shots.
    ['two_pointer', { field_goals_attempted: 11, free_throws_attempted: 25, plays_x100: 2200 }],
    // Only turnovers: all shares are 0, a tie of three.
    ['three_pointer', { plays_x100: 300 }],
    [null, { plays_x100: 0 }],
  ])('names %s as dominant', async (dominant, line) => {
    expect(await profile([played(daysBefore(2), line)])).toMatchObject({ dominant_shot_type: dominant });
  });

  it('takes the last 10 and 20 games, and the dominant type by the 20', async () => {
    const games = Array.from({ length: 21 }, (_, i) => played(daysBefore(i + 1), i < 10
      ? { field_goals_attempted: 1, three_pointers_attempted: 1, plays_x100: 100 }
      : i < 20 ? { field_goals_attempted: 2, plays_x100: 200 } : { free_throws_attempted: 500, plays_x100: 22_000 }));
    expect(await profile([...games, played(D, { free_throws_attempted: 500, plays_x100: 22_000 })])).toMatchObject({
      games_in_last_10: 10, games_in_last_20: 20, three_pointer_share_last_10: 1, three_pointer_share_last_20: 1000 / 3000, free_throw_share_last_20: 0,
      three_pointer_pct_last_10: 0, free_throw_pct_last_20: null, dominant_shot_type: 'two_pointer',
    });
  });

  it('keeps the row of a player without games', async () => {
    expect(await profile([played('2024-04-01', LINE)])).toMatchObject({ games_in_last_10: 0, games_in_last_20: 0, two_pointer_share_last_10: null, dominant_shot_type: null });
  });
});
