import type { Row } from '@nba/kernel';
import type { QueryProcessor } from '@nba/pipeline';
import { computedFrom, storedRows, type Stored } from './computed.fixture';
import { HandWorkedLeague } from './hand-worked.fixture';
import {
  playerGameSummary, teamDefenseGameSummary, teamOffenseGameSummary, upcomingPlayerGameContext, upcomingTeamGameContext,
} from './index';

describe('cases worked by hand', () => {
  const league = new HandWorkedLeague();
  let warehouse: Stored;
  let rows: Map<QueryProcessor, readonly Row[]>;
  const row = (processor: QueryProcessor, key: Record<string, string | number>) =>
    rows.get(processor)?.find((candidate) => Object.entries(key).every(([name, value]) => candidate[name] === value));

  // One full game: Home 110, Away 100, one overtime.
  const full = league.game('2024-11-01', { home: 10, away: 20 });
  league.team(full, 10, {
    seconds_played: 264 * 60, points: 110, field_goals_made: 40, field_goals_attempted: 90, three_pointers_made: 10, three_pointers_attempted: 30,
    free_throws_made: 20, free_throws_attempted: 25, offensive_rebounds: 10, defensive_rebounds: 30, rebounds: 40, turnovers: 12, steals: 7, blocks: 5,
  });
  league.team(full, 20, {
    seconds_played: 266 * 60, points: 100, field_goals_made: 38, field_goals_attempted: 80, three_pointers_made: 8, three_pointers_attempted: 25,
    free_throws_made: 16, free_throws_attempted: 20, offensive_rebounds: 5, defensive_rebounds: 35, rebounds: 40, turnovers: 15,
  });
  league.player(full, 10, 1, { seconds_played: 40 * 60, points: 30, field_goals_made: 10, field_goals_attempted: 20, three_pointers_made: 4, free_throws_made: 6, free_throws_attempted: 10, turnovers: 4 });
  league.player(full, 10, 2);

  // A team's minutes are sums of rounded minutes; half an overtime is the border.
  const lengths = [237, 240, 244, 252, 253, 265, 277, 278, 290].map((minutes, i) => {
    const id = league.game('2024-11-05', { home: 30 + 2 * i, away: 31 + 2 * i });
    league.team(id, 30 + 2 * i, { seconds_played: 60 * minutes, points: 1 }).team(id, 31 + 2 * i, { seconds_played: 60 * minutes });
    return { id, minutes };
  });

  // Player 5 plays for team 1: form, load, rest. Team 2 is beaten every time.
  const career = [
    ['2024-11-10', 10, 600], ['2024-11-11', 20, 1200], ['2024-11-13', 30, 1800], ['2024-11-18', 40, 2400], ['2024-11-19', 0, 0], ['2024-11-20', 7, 900],
  ] as const;
  for (const [date, points, seconds_played] of career) league.player(league.played(date), 1, 5, { points, seconds_played });

  // Player 6 leaves team 1 after its third game for team 3 and plays there; player 7 is hurt after the first game.
  league.player(league.schedule.find((game) => game['game_date'] === '2024-11-13')?.['game_id'] as string, 1, 6);
  league.player(league.schedule.find((game) => game['game_date'] === '2024-11-10')?.['game_id'] as string, 1, 7);
  league.played('2024-11-16', [6], { home: 3, away: 4 });

  // Still to be played: two games of team 1 (the second of them back to back), one of team 3.
  const next = league.game('2024-11-25', { home: 2, away: 1 });
  const afterNext = league.game('2024-11-26', { home: 1, away: 3 });
  // Four, then one more win of team 1 without player 7, then a game to come: eleven games since his only one.
  for (const date of ['2024-12-01', '2024-12-03', '2024-12-05', '2024-12-07']) league.played(date, [5]);
  const tenth = league.game('2024-12-09', { home: 1, away: 2 });
  league.played('2024-12-10', [5]);
  const eleventh = league.game('2024-12-12', { home: 1, away: 2 });
  league.game('2024-11-25', { home: 8, away: 9, type: 'preseason' });

  beforeAll(async () => {
    warehouse = await computedFrom(league, [['2024-10-01', '2025-06-30']]);
    const processors = [teamOffenseGameSummary, teamDefenseGameSummary, playerGameSummary, upcomingTeamGameContext, upcomingPlayerGameContext];
    rows = new Map(await Promise.all(processors.map(async (processor) => [processor, await storedRows(warehouse, processor.table)] as const)));
  });
  afterAll(() => warehouse.close());

  it('sum up a team\'s offense', () => {
    // plays: 90 + 0.44·25 + 12 = 113; possessions 103; theirs: 80 + 8.8 + 15 − 5 = 98.8; 53 minutes.
    expect(row(teamOffenseGameSummary, { game_id: full, team_id: 10 })).toMatchObject({
      opponent_team_id: 20, is_home: true, is_win: true, margin: 10, opponent_points: 100, overtime_periods: 1, game_minutes: 53, minutes: 264,
      plays_x100: 11_300, possessions_x100: 10_300, opponent_possessions_x100: 9_880,
      pace: (48 * 20_180) / (100 * 2 * 53), offensive_rating: 11_000 / 103, efg_pct: 0.5, ts_pct: 110 / (2 * 101), tov_pct: 12 / 113, oreb_pct: 10 / 45, ft_rate: 20 / 90,
    });
    expect(row(teamOffenseGameSummary, { game_id: full, team_id: 20 })).toMatchObject({ is_home: false, is_win: false, margin: -10, opponent_team_id: 10 });
  });

  it('sum up what a team allowed', () => {
    expect(row(teamDefenseGameSummary, { game_id: full, team_id: 10 })).toMatchObject({
      opponent_points: 100, opponent_possessions_x100: 9_880, defensive_rating: 1_000_000 / 9_880, opponent_efg_pct: 42 / 80,
      opponent_ts_pct: 10_000 / (2 * 8_880), opponent_two_pointers_made: 30, opponent_two_pointers_attempted: 55, opponent_three_pointers_made: 8,
      opponent_three_pointers_attempted: 25, opponent_free_throws_made: 16, opponent_free_throws_attempted: 20, dreb_pct: 30 / 35,
      opponent_tov_pct: 1_500 / 10_380, steals: 7, blocks: 5,
    });
  });

  it('count overtimes from rounded minutes', () => {
    const found = lengths.map(({ id, minutes }) => [minutes, rows.get(teamOffenseGameSummary)?.find((game) => game['game_id'] === id)?.['overtime_periods']]);
    expect(found).toEqual([[237, 0], [240, 0], [244, 0], [252, 0], [253, 1], [265, 1], [277, 1], [278, 2], [290, 2]]);
  });

  it('give a player his share of the plays, and none of nothing', () => {
    // 28.4 plays of 113 in 40 of 53 minutes.
    expect(row(playerGameSummary, { game_id: full, player_id: 1 })).toMatchObject({
      plays_x100: 2_840, team_plays_x100: 11_300, game_minutes: 53, usage_rate: (100 * 28.4 * 53) / (40 * 113), efg_pct: 0.6, ts_pct: 3_000 / (2 * 2_440),
    });
    expect(row(playerGameSummary, { game_id: full, player_id: 2 })).toMatchObject({ points: 0, usage_rate: null, efg_pct: null, ts_pct: null, plays_x100: 0 });
  });

  it('know nothing before the first game', () => {
    expect(row(playerGameSummary, { game_date: '2024-11-10', player_id: 5 })).toMatchObject({
      points_avg_last_5: null, minutes_avg_last_15: null, games_in_last_5: 0, games_in_last_7_days: 0, seconds_in_last_7_days: null, minutes_in_last_7_days: null,
      days_rest: null, is_back_to_back: null, prior_games: 0,
    });
    expect(row(upcomingTeamGameContext, { game_date: '2024-11-10', team_id: 1 })).toMatchObject({
      game_number: 1, days_rest: null, is_back_to_back: null, games_in_last_7_days: 0, wins: 0, losses: 0, streak: 0, games_in_last_10: 0,
      offensive_rating_last_10: null, pace_last_10: null, opponent_games_in_last_10: 0,
    });
    expect(row(upcomingPlayerGameContext, { game_date: '2024-11-10' })).toBeUndefined();
  });

  it('take form and load from the games before, never from the game itself', () => {
    // Before 20 November: 10, 20, 30, 40, 0 points; in [13, 19 November]: 30, 40 and 0 minutes.
    expect(row(playerGameSummary, { game_date: '2024-11-20', player_id: 5 })).toMatchObject({
      points: 7, points_avg_last_5: 20, points_avg_last_10: 20, games_in_last_5: 5, games_in_last_15: 5, minutes_avg_last_5: 6000 / 300,
      games_in_last_7_days: 3, seconds_in_last_7_days: 4200, minutes_in_last_7_days: 70, days_rest: 1, is_back_to_back: true, prior_games: 5,
    });
  });

  it('give two games to come the same form, and each its own rest and days', () => {
    const form = { points_avg_last_5: (20 + 30 + 40 + 0 + 7) / 5, points_avg_last_10: 107 / 6, games_in_last_10: 6, minutes_avg_last_15: 6900 / 360 };
    // 11, 19 and 20 November were back to back; [11, 24] holds all three, [12, 25] two.
    expect(row(upcomingPlayerGameContext, { game_id: next, player_id: 5 })).toMatchObject({
      ...form, team_id: 1, opponent_team_id: 2, is_home: false, days_rest: 5, is_back_to_back: false, games_in_last_7_days: 3, seconds_in_last_7_days: 3300,
      back_to_backs_in_last_14_days: 3, opponent_games_in_last_10: 6, opponent_defensive_rating_last_10: 100,
    });
    expect(row(upcomingPlayerGameContext, { game_id: afterNext, player_id: 5 })).toMatchObject({
      ...form, opponent_team_id: 3, is_home: true, days_rest: 6, is_back_to_back: false, games_in_last_7_days: 2, seconds_in_last_7_days: 900,
      back_to_backs_in_last_14_days: 2, opponent_games_in_last_10: 1, opponent_defensive_rating_last_10: 100,
    });
  });

  it('give the team of two games to come its record and the other\'s', () => {
    // 6 wins of 100 points in 100 possessions against 90 in 90: 95 possessions a team and 48 minutes.
    expect(row(upcomingTeamGameContext, { game_id: afterNext, team_id: 1 })).toMatchObject({
      game_number: 7, wins: 6, losses: 0, streak: 6, days_rest: 6, games_in_last_7_days: 2, games_in_last_14_days: 4, games_in_last_10: 6,
      offensive_rating_last_10: 100, defensive_rating_last_10: 100, pace_last_10: 95, opponent_games_in_last_10: 1, opponent_pace_last_10: 95,
    });
    expect(row(upcomingTeamGameContext, { game_id: next, team_id: 2 })).toMatchObject({ wins: 0, losses: 6, streak: -6, is_home: true });
  });

  it('expect a traded player with the team of his latest game only', () => {
    expect(row(upcomingPlayerGameContext, { game_id: next, player_id: 6 })).toBeUndefined();
    expect(row(upcomingPlayerGameContext, { game_id: afterNext, player_id: 6 })).toMatchObject({ team_id: 3, days_rest: 10 });
  });

  it('expect a player as long as his latest game is among his team\'s last ten', () => {
    expect(row(upcomingPlayerGameContext, { game_id: tenth, player_id: 7 })).toMatchObject({ team_id: 1, days_rest: 29, games_in_last_7_days: 0, seconds_in_last_7_days: null });
    expect(row(upcomingPlayerGameContext, { game_id: eleventh, player_id: 7 })).toBeUndefined();
    expect(row(upcomingPlayerGameContext, { game_id: eleventh, player_id: 5 })).toMatchObject({ games_in_last_10: 10 });
  });

  it('know no games of other types', () => {
    expect(rows.get(upcomingTeamGameContext)?.filter((game) => game['team_id'] === 8)).toEqual([]);
  });
});
