import type { Row, Warehouse } from '@nba/kernel';
import { memoryWarehouse, plainClient } from '@nba/testing';
import { checkInvariants } from './invariants';
import { RAW_INVARIANTS } from './raw-invariants';
import { type RawData, game, players, schedule, store, teams, together } from './raw-tables.fixture';

const SEASON = { from: '2024-10-01', to: '2025-09-30' } as never;
/** Two games played and two to come: the season is not over. */
const clean = (): RawData =>
  together(
    game('0022400001', '2024-10-22', 1, 2),
    game('0022400002', '2024-10-23', 3, 4),
    game('0022401229', '2025-04-13', 1, 3, { status: 1 }),
    game('0022401230', '2025-04-13', 2, 4, { status: 1 }),
  );
/** A season of two teams that meet 82 times, on 82 days. */
const wholeSeason = (games = 82): RawData =>
  together(...Array.from({ length: games }, (_, i) => game(`00224${String(i).padStart(5, '0')}`, new Date(Date.UTC(2024, 9, 22 + i)).toISOString().slice(0, 10), 1, 2)));

type Change = (data: RawData) => void;
/** Edits the rows of one team (or one player) in the first game. */
const edit = (table: 'teams' | 'players', who: number, change: Row): Change => (data) => {
  const key = table === 'teams' ? 'team_id' : 'player_id';
  data[table] = data[table].map((row) => (row['game_id'] === '0022400001' && row[key] === who ? { ...row, ...change } : row));
};
const both = (...changes: readonly Change[]): Change => (data) => changes.forEach((change) => change(data));
/** Gives the team so many minutes in all: its second player keeps his 120. */
const seconds = (team: number, minutes: number): Change =>
  both(edit('teams', team, { seconds_played: minutes * 60 }), edit('players', team * 10 + 1, { seconds_played: (minutes - 120) * 60 }));
/** Takes the team's players away, so that its line stands for itself. */
const withoutPlayers = (team: number): Change => (data) => {
  data.players = data.players.filter((row) => row['team_id'] !== team);
};
const inSchedule = (gameId: string, change: Row): Change => (data) => {
  data.schedule = data.schedule.map((row) => (row['game_id'] === gameId ? { ...row, ...change } : row));
};

describe('the invariants of the raw tables', () => {
  let warehouse: Warehouse;

  beforeAll(async () => {
    warehouse = await memoryWarehouse([schedule, players, teams]);
  });
  afterAll(() => warehouse.close());

  async function violations(change: Change, data = clean(), range = SEASON) {
    change(data);
    await store(warehouse, data);
    return checkInvariants(warehouse, RAW_INVARIANTS, range);
  }
  const violated: Set<string> = new Set();

  it('all hold for consistent rows, of a running season and of one that is over', async () => {
    expect(await violations(() => undefined)).toEqual([]);
    expect(await violations(() => undefined, wholeSeason())).toEqual([]);
    expect(await violations(() => undefined, { schedule: [], players: [], teams: [] })).toEqual([]);
  });

  const cases: readonly (readonly [invariant: string, what: string, change: Change, detail: RegExp])[] = [
    ['team-points-are-the-score', 'another home score', inSchedule('0022400001', { home_score: 101 }), /^points 100, schedule says 101$/],
    ['team-points-are-the-score', 'another score of the visitors', inSchedule('0022400001', { away_score: 97 }), /^points 98, schedule says 97$/],
    ['team-points-are-the-score', 'no score of a final game', inSchedule('0022400001', { home_score: null }), /^points 100, schedule says NULL$/],
    ['players-add-up-to-team', 'an assist too many', edit('teams', 1, { assists: 25 }), /^players: assists 24 instead of 25$/],
    ['players-add-up-to-team', 'two stats at once', edit('teams', 1, { assists: 25, blocks: 3 }), /^players: assists 24 instead of 25, blocks 4 instead of 3$/],
    ['players-add-up-to-team', 'a stat that the team has none of', edit('teams', 1, { steals: null }), /^players: steals 6 instead of NULL$/],
    ['players-add-up-to-team', 'a deleted player', (data) => (data.players = data.players.filter((row) => row['player_id'] !== 11)), /points 50 instead of 100, field_goals_made 20 instead of 40/],
    ['players-add-up-to-team', 'a player with nothing but minutes who is not there', edit('players', 11, { seconds_played: 117 * 60 }), /^players: seconds_played 14220 instead of 14400$/],
    ['team-minutes-fit-the-game', 'five minutes too many', seconds(1, 245), /^14700 seconds/],
    ['team-minutes-fit-the-game', 'five minutes too few', seconds(1, 235), /^14100 seconds/],
    ['team-minutes-fit-the-game', 'between regulation and overtime', seconds(1, 252), /^15120 seconds/],
    ['team-lines-are-consistent', 'a free throw less', both(withoutPlayers(1), edit('teams', 1, { free_throws_made: 9 })), /^points do not follow from shots$/],
    ['team-lines-are-consistent', 'a rebound more', both(withoutPlayers(1), edit('teams', 1, { rebounds: 39 })), /^rebounds are not offensive plus defensive$/],
    ['team-lines-are-consistent', 'field goals', both(withoutPlayers(1), edit('teams', 1, { field_goals_attempted: 39 })), /^more field goals made than attempted$/],
    ['team-lines-are-consistent', 'threes', both(withoutPlayers(1), edit('teams', 1, { three_pointers_attempted: 9 })), /^more three-pointers made than attempted$/],
    ['team-lines-are-consistent', 'free throws', both(withoutPlayers(1), edit('teams', 1, { free_throws_attempted: 9 })), /^more free throws made than attempted$/],
    ['team-lines-are-consistent', 'threes among field goals', both(withoutPlayers(1), edit('teams', 1, { three_pointers_attempted: 81 })), /^more three-pointers than field goals$/],
    ['player-lines-are-consistent', 'a rebound moved', both(edit('players', 11, { rebounds: 20 }), edit('players', 12, { rebounds: 18 })), /^rebounds are not offensive plus defensive$/],
    ['player-lines-are-consistent', 'points moved', both(edit('players', 11, { points: 51 }), edit('players', 12, { points: 49 })), /^points do not follow from shots$/],
    ['player-lines-are-consistent', 'a seventh foul', both(edit('players', 11, { personal_fouls: 7 }), edit('teams', 1, { personal_fouls: 12 })), /^more than six personal fouls$/],
    ['nbac-schedule-lies-in-its-season', 'last season', inSchedule('0022401230', { season: '2023-24' }), /^season 2023-24 on 2025-04-13$/],
    ['nbac-schedule-lies-in-its-season', 'a season that does not exist', inSchedule('0022401230', { season: '2024-26' }), /^season 2024-26 on 2025-04-13$/],
    ['nbac-player-boxscore-lies-in-its-season', 'next season', edit('players', 11, { season: '2025-26' }), /^season 2025-26 on 2024-10-22$/],
    ['nbac-player-boxscore-lies-in-its-season', 'no season', edit('players', 11, { season: null }), /^season NULL on 2024-10-22$/],
    ['nbac-team-boxscore-lies-in-its-season', 'a word', edit('teams', 1, { season: 'this one' }), /^season this one on 2024-10-22$/],
    ['every-game-is-listed-once', 'the old date of a game to come, beside the new one', (data) => {
      data.schedule = [...data.schedule, ...data.schedule.filter((row) => row['game_id'] === '0022401229').map((row) => ({ ...row, game_date: '2025-03-01' }))];
    }, /^stored 2 times in the schedule, from 2025-03-01 to 2025-04-13$/],
    ['plus-minus-balances', 'another plus-minus', edit('teams', 1, { plus_minus: 3 }), /^plus-minus of both teams adds up to 1/],
    ['plus-minus-balances', 'a fraction of one', edit('teams', 1, { plus_minus: 2.6 }), /^plus-minus of both teams adds up to 0.6$/],
  ];

  it.each(cases)('%s is violated, and nothing else, by %s', async (invariant, _, change, detail) => {
    const found = await violations(change);
    violated.add(invariant);
    expect([...new Set(found.map((one) => one.invariant))]).toEqual([invariant]);
    for (const one of found) expect(one.detail).toMatch(detail);
    expect(found[0]?.gameId).toMatch(/^00224/);
  });

  it('every-team-played-its-season is violated, and nothing else, by 81 games', async () => {
    const found = await violations(() => undefined, wholeSeason(81));
    violated.add('every-team-played-its-season');
    expect(found.map(({ invariant, who, detail }) => [invariant, who, detail])).toEqual([
      ['every-team-played-its-season', expect.stringMatching(/T0[12]/), '81 games in 2024-25, not 82'],
      ['every-team-played-its-season', expect.stringMatching(/T0[12]/), '81 games in 2024-25, not 82'],
    ]);
  });

  it('have all been violated above', () => {
    expect([...violated].sort()).toEqual(RAW_INVARIANTS.map(({ name }) => name).sort());
  });

  it('allow overtime, rounded minutes and a minute\'s absence of a foul limit for teams', async () => {
    expect(await violations(both(seconds(1, 244), seconds(2, 269)))).toEqual([]);
    expect(await violations(both(seconds(1, 236), seconds(2, 286)))).toEqual([]);
  });

  it('say who, when, where and how bad', async () => {
    expect(await violations(edit('teams', 1, { assists: 25 }))).toEqual([
      { invariant: 'players-add-up-to-team', severity: 'fails', date: '2024-10-22', gameId: '0022400001', who: 'T01', detail: 'players: assists 24 instead of 25' },
    ]);
    const balance = await violations(edit('teams', 1, { plus_minus: 3 }));
    expect(balance).toMatchObject([{ severity: 'reports', who: null }]);
  });

  it('are looked at in the range only, and told in the order of dates', async () => {
    const change = both(edit('teams', 1, { assists: 25 }), (data) => {
      data.teams = data.teams.map((row) => (row['game_id'] === '0022400002' ? { ...row, blocks: 9 } : row));
    });
    expect((await violations(change)).map(({ date }) => date)).toEqual(['2024-10-22', '2024-10-23', '2024-10-23']);
    expect((await violations(change, clean(), { from: '2024-10-22', to: '2024-10-22' } as never)).map(({ date }) => date)).toEqual(['2024-10-22']);
    expect(await violations(change, clean(), { from: '2024-10-24', to: '2024-10-30' } as never)).toEqual([]);
  });

  it('answer alike through a client that returns dates as objects', async () => {
    const own = await violations(edit('teams', 1, { assists: 25, season: '2020-21' }));
    expect(own.map(({ date }) => date)).toEqual(['2024-10-22', '2024-10-22']);
    expect(await checkInvariants(plainClient(warehouse), RAW_INVARIANTS, SEASON)).toEqual(own);
  });
});
