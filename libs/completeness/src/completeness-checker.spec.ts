import type { QueryPort, Row, Warehouse } from '@nba/kernel';
import { memoryWarehouse, plainClient } from '@nba/testing';
import { CompletenessChecker, type DateRangeCheck } from './completeness-checker';
import { scheduledGames } from './expected';
import { type RawData, game, players, schedule, store, teams, together } from './raw-tables.fixture';

const PLAYERS = 'nba_raw.nbac_player_boxscore';
const TEAMS = 'nba_raw.nbac_team_boxscore';
// 1 January: eight games, sixteen teams. 2 January: nobody plays. 3 January: one game. 4 January: one played, one not yet, one under way.
const slate = Array.from({ length: 8 }, (_, i) => game(`002240000${i + 1}`, '2025-01-01', 2 * i + 1, 2 * i + 2));
const league = (): RawData =>
  together(
    ...slate,
    game('0022400011', '2025-01-03', 1, 3),
    game('0022400012', '2025-01-04', 2, 4),
    game('0022400013', '2025-01-04', 5, 6, { status: 1 }),
    game('0022400014', '2025-01-04', 7, 8, { status: 2 }),
    game('0042400101', '2025-05-01', 1, 2, { type: 'playoffs' }),
  );
const FIRST_WEEK = { startDate: '2025-01-01', endDate: '2025-01-05' };
const without = (rows: readonly Row[], gone: (row: Row) => boolean): Row[] => rows.filter((row) => !gone(row));

describe('CompletenessChecker', () => {
  let warehouse: Warehouse;
  let data: RawData;

  beforeAll(async () => {
    warehouse = await memoryWarehouse([schedule, players, teams]);
  });
  afterAll(() => warehouse.close());
  beforeEach(() => {
    data = league();
  });

  async function check(what: Partial<DateRangeCheck> = {}, port: QueryPort = warehouse) {
    await store(warehouse, data);
    return new CompletenessChecker(port).checkDateRange({ table: PLAYERS, ...FIRST_WEEK, ...what });
  }

  describe('over a range of dates', () => {
    it('finds no gap when every played game is there: off-days and games to come are none', async () => {
      expect(await check()).toEqual({
        table: PLAYERS, ...FIRST_WEEK, hasGaps: false, gapCount: 0, missingDates: [], incompleteDates: [],
        coverage: { present: 20, expected: 20, fraction: 1 },
        byDate: [
          { date: '2025-01-01', present: 16, expected: 16, fraction: 1, meetsThreshold: true },
          { date: '2025-01-03', present: 2, expected: 2, fraction: 1, meetsThreshold: true },
          { date: '2025-01-04', present: 2, expected: 2, fraction: 1, meetsThreshold: true },
        ],
        dates: { present: 3, expected: 3, fraction: 1 }, games: { present: 10, expected: 10, fraction: 1 }, gaps: [], seasonsWithoutSchedule: [],
        threshold: { overall: 1, perDate: 1 }, meetsThreshold: true,
      });
    });

    it('does not take one team of sixteen for a complete date', async () => {
      data.players = without(data.players, (row) => row['game_date'] === '2025-01-01' && row['team_id'] !== 1);
      const report = await check();
      expect(report).toMatchObject({
        hasGaps: true, gapCount: 1, missingDates: [], incompleteDates: ['2025-01-01'],
        dates: { present: 2, expected: 3 }, games: { present: 2, expected: 10 }, coverage: { present: 5, expected: 20, fraction: 0.25 }, meetsThreshold: false,
      });
      expect(report.byDate.map(({ date, present, expected, fraction }) => [date, present, expected, fraction])).toEqual([['2025-01-01', 1, 16, 0.0625], ['2025-01-03', 2, 2, 1], ['2025-01-04', 2, 2, 1]]);
      expect(report.gaps).toHaveLength(15);
      expect(report.gaps[0]).toEqual({ kind: 'missing', date: '2025-01-01', gameId: '0022400001', teamId: 2, team: 'T02' });
    });

    it('names a missing date with its game and both teams', async () => {
      data.players = without(data.players, (row) => row['game_date'] === '2025-01-03');
      expect(await check()).toMatchObject({
        missingDates: ['2025-01-03'], incompleteDates: [],
        gaps: [
          { kind: 'missing', date: '2025-01-03', gameId: '0022400011', teamId: 1, team: 'T01' },
          { kind: 'missing', date: '2025-01-03', gameId: '0022400011', teamId: 3, team: 'T03' },
        ],
      });
    });

    it('does not take zero rows for success', async () => {
      data.players = [];
      expect(await check()).toMatchObject({
        hasGaps: true, missingDates: ['2025-01-01', '2025-01-03', '2025-01-04'],
        dates: { present: 0, expected: 3 }, coverage: { present: 0, expected: 20 },
      });
    });

    it('does not take an empty schedule for nothing to do', async () => {
      data = { schedule: [], players: [], teams: [] };
      expect(await check()).toMatchObject({ hasGaps: true, seasonsWithoutSchedule: ['2024-25'] });
    });

    it('names the one season of several that has no schedule', async () => {
      expect(await check({ startDate: '2023-11-01' })).toMatchObject({ hasGaps: true, dates: { present: 3, expected: 3 }, seasonsWithoutSchedule: ['2023-24'] });
    });

    it('expects nothing in a week without games of a season that has a schedule', async () => {
      expect(await check({ startDate: '2025-02-14', endDate: '2025-02-18' })).toMatchObject({ hasGaps: false, dates: { present: 0, expected: 0 }, seasonsWithoutSchedule: [] });
    });

    it('finds rows on a date without games', async () => {
      data.players.push(...game('0022400099', '2025-01-02', 9, 10).players.slice(0, 1));
      expect(await check()).toMatchObject({
        hasGaps: true, incompleteDates: ['2025-01-02'], dates: { present: 3, expected: 3 }, coverage: { present: 20, expected: 20 },
        gaps: [{ kind: 'unexpected', date: '2025-01-02', gameId: '0022400099', teamId: 9, team: 'T09' }],
      });
    });

    it('finds a postponed game\'s rows under its old date', async () => {
      data.players = data.players.map((row) => (row['game_id'] === '0022400011' ? { ...row, game_date: '2025-01-02' } : row));
      expect(await check()).toMatchObject({
        missingDates: ['2025-01-03'], incompleteDates: ['2025-01-02'],
        gaps: [{ kind: 'unexpected', teamId: 1 }, { kind: 'unexpected', teamId: 3 }, { kind: 'missing', teamId: 1 }, { kind: 'missing', teamId: 3 }],
      });
    });

    it('expects games to come, live ones too, of a table about the calendar', async () => {
      expect(await check({ expected: scheduledGames({ games: 'scheduled' }) })).toMatchObject({
        hasGaps: true, incompleteDates: ['2025-01-04'], games: { present: 10, expected: 12 },
        gaps: [{ teamId: 5 }, { teamId: 6 }, { teamId: 7 }, { teamId: 8 }],
      });
    });

    it('looks for duplicates only when it is told what identifies a row', async () => {
      data.players.push(...data.players.filter((row) => row['player_id'] === 11 && row['game_date'] === '2025-01-03'));
      expect(await check()).toMatchObject({ hasGaps: false });
      expect(await check({ rowKey: ['game_id', 'player_id'] })).toMatchObject({
        hasGaps: true, incompleteDates: ['2025-01-03'],
        gaps: [{ kind: 'duplicate', date: '2025-01-03', gameId: '0022400011', playerId: 11, player: 'Player 11' }],
      });
    });

    it('may ask for any row of a game', async () => {
      data.players = without(data.players, (row) => row['team_id'] === 3 && row['game_date'] === '2025-01-03');
      expect(await check()).toMatchObject({ hasGaps: true, gaps: [{ teamId: 3 }] });
      expect(await check({ expected: scheduledGames({ per: 'game' }) })).toMatchObject({ hasGaps: false, coverage: { present: 10, expected: 10 }, games: { present: 10, expected: 10 } });
    });

    it('takes a date column of another name', async () => {
      await store(warehouse, data);
      await warehouse.query('CREATE OR REPLACE TABLE nba_raw.other_lines AS SELECT game_id, team_id, game_date AS played_on FROM nba_raw.nbac_team_boxscore');
      const report = await new CompletenessChecker(warehouse).checkDateRange({ table: 'nba_raw.other_lines', dateColumn: 'played_on', ...FIRST_WEEK });
      expect(report).toMatchObject({ hasGaps: false, coverage: { present: 20, expected: 20 } });
    });

    it('counts only the game types that are switched on', async () => {
      await store(warehouse, { ...data, players: [] });
      const may = { table: PLAYERS, startDate: '2025-05-01', endDate: '2025-05-31' };
      expect(await new CompletenessChecker(warehouse).checkDateRange(may)).toMatchObject({ hasGaps: false, dates: { expected: 0 } });
      expect(await new CompletenessChecker(warehouse, { gameTypes: ['playoffs'] }).checkDateRange(may)).toMatchObject({
        hasGaps: true, missingDates: ['2025-05-01'], gaps: [{ team: 'T01' }, { team: 'T02' }],
      });
    });

    it('answers alike through a client that returns dates as objects', async () => {
      data.players = without(data.players, (row) => row['game_date'] === '2025-01-03' || row['team_id'] === 16);
      data.players.push(...data.players.filter((row) => row['player_id'] === 11));
      const rowKey = ['game_id', 'player_id'];
      const own = await check({ rowKey });
      expect(own).toMatchObject({ missingDates: ['2025-01-03'], incompleteDates: ['2025-01-01'] });
      expect(await check({ rowKey }, plainClient(warehouse))).toEqual(own);
    });

    it.each([
      [{ startDate: '2025-02-30', endDate: '2025-03-01' }, 'startDate: "2025-02-30"'],
      [{ startDate: '2025-01-01', endDate: 'today' }, 'endDate: "today"'],
      [{ startDate: '2025-01-02', endDate: '2025-01-01' }, 'before it starts'],
    ])('refuses %j', async (range, message) => {
      await expect(check(range)).rejects.toThrow(message);
    });

    it('refuses a table name that is SQL', async () => {
      await expect(check({ table: 'nba_raw.x; DROP TABLE nba_raw.nbac_schedule' })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', fields: { field: 'table' } });
    });

    it('tells a row without a team from a row of team 0', async () => {
      await store(warehouse, { ...data, teams: data.teams.map((row) => (row['game_id'] === '0022400011' && row['team_id'] === 1 ? { ...row, team_id: null } : row)) });
      const report = await new CompletenessChecker(warehouse).checkDateRange({ table: TEAMS, ...FIRST_WEEK });
      expect(report.gaps).toContainEqual({ kind: 'unexpected', date: '2025-01-03', gameId: '0022400011' });
    });
  });
});
