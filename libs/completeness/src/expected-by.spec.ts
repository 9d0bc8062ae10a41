import type { Warehouse } from '@nba/kernel';
import { memoryWarehouse } from '@nba/testing';
import { CompletenessChecker, type DateRangeCheck } from './completeness-checker';
import { expectedBy } from './expected';
import { game, players, schedule, store, teams, together } from './raw-tables.fixture';

const PLAYERS = 'nba_raw.nbac_player_boxscore';
const WEEK = { startDate: '2025-01-01', endDate: '2025-01-05' };
const KEY = ['game_id', 'player_id'];
const QUERY = `SELECT DISTINCT game_date, game_id, player_id FROM ${PLAYERS} WHERE game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)`;
// Ten games on two dates, four players in each.
const DATA = together(...Array.from({ length: 8 }, (_, i) => game(`002240000${i + 1}`, '2025-01-01', 2 * i + 1, 2 * i + 2)), game('0022400011', '2025-01-03', 1, 3), game('0022400012', '2025-01-03', 2, 4));

describe('a table against a query of one\'s own', () => {
  let warehouse: Warehouse;

  beforeAll(async () => {
    warehouse = await memoryWarehouse([schedule, players, teams]);
    await store(warehouse, DATA);
  });
  afterAll(() => warehouse.close());

  async function check(where: string, what: Partial<DateRangeCheck> = {}) {
    await warehouse.query(`CREATE OR REPLACE TABLE nba_raw.summary AS SELECT game_id, game_date, player_id FROM ${PLAYERS} WHERE ${where}`);
    return checkAgain(what);
  }
  const checkAgain = (what: Partial<DateRangeCheck> = {}) =>
    new CompletenessChecker(warehouse).checkDateRange({ table: 'nba_raw.summary', ...WEEK, expected: expectedBy({ query: QUERY, key: KEY }), ...what });

  it('lacks nothing when the keys are the same', async () => {
    expect(await check('TRUE', { rowKey: KEY })).toMatchObject({ hasGaps: false, coverage: { present: 40, expected: 40 } });
  });

  it('lacks one deleted player, who is named', async () => {
    expect(await check("NOT (game_id = '0022400003' AND player_id = 52)")).toMatchObject({
      hasGaps: true, gapCount: 1, incompleteDates: ['2025-01-01'], games: { present: 9, expected: 10 }, coverage: { present: 39, expected: 40 },
      gaps: [{ kind: 'missing', date: '2025-01-01', gameId: '0022400003', playerId: 52, player: 'Player 52' }],
    });
  });

  it('holds a player who should not be there, and one who is there twice', async () => {
    await check('TRUE');
    await warehouse.query("INSERT INTO nba_raw.summary VALUES ('0022400011', CAST('2025-01-03' AS DATE), 999), ('0022400011', CAST('2025-01-03' AS DATE), 31)");
    expect((await checkAgain({ rowKey: KEY })).gaps).toEqual([
      { kind: 'duplicate', date: '2025-01-03', gameId: '0022400011', playerId: 31, player: 'Player 31' },
      { kind: 'unexpected', date: '2025-01-03', gameId: '0022400011', playerId: 999 },
    ]);
  });

  it('needs each key once, however often the query yields it', async () => {
    expect(await check('TRUE', { expected: expectedBy({ query: `${QUERY} UNION ALL ${QUERY}`, key: KEY }) })).toMatchObject({ hasGaps: false, coverage: { expected: 40 } });
  });

  it('needs nothing outside the range, whatever dates the query yields', async () => {
    const expected = expectedBy({ query: `SELECT game_date, game_id, player_id FROM ${PLAYERS} WHERE TRUE`, key: KEY });
    expect(await check('TRUE', { expected, startDate: '2025-01-02' })).toMatchObject({ hasGaps: false, coverage: { present: 8, expected: 8 }, gaps: [] });
    expect(await checkAgain({ expected, startDate: '2025-01-01', endDate: '2025-01-02' })).toMatchObject({ hasGaps: false, coverage: { present: 32, expected: 32 }, gaps: [] });
  });

  it('may need no more than a row on each date that the query yields', async () => {
    const expected = expectedBy({ query: 'SELECT DISTINCT game_date FROM nba_raw.nbac_schedule', key: [] });
    expect(await check("game_date = '2025-01-01' AND player_id = 11", { expected })).toMatchObject({
      missingDates: ['2025-01-03'], coverage: { present: 1, expected: 2, fraction: 0.5 }, games: { expected: 0 }, gaps: [{ kind: 'missing', date: '2025-01-03' }],
    });
  });

  it('has keys of its own words, and parameters', async () => {
    await warehouse.query("CREATE OR REPLACE TABLE nba_raw.odds AS SELECT CAST('2025-01-03' AS DATE) AS game_date, 'DraftQueens' AS book, 7 AS market");
    const query = `SELECT DISTINCT game_date, @book AS book, n AS market FROM ${PLAYERS}, UNNEST([6, 7]) AS n WHERE game_date = CAST(@on AS DATE)`;
    const expected = expectedBy({ query, key: ['book', 'market'] });
    expect((await checkAgain({ table: 'nba_raw.odds', expected, parameters: { book: 'DraftQueens', on: '2025-01-03' } })).gaps).toEqual([
      { kind: 'missing', date: '2025-01-03', key: { book: 'DraftQueens', market: 6 } },
    ]);
  });

  it('is complete where the query expects nothing, unless that may only mean that nobody has loaded the schedule', async () => {
    const other = { startDate: '2021-01-01', endDate: '2021-01-31' };
    expect(await check('TRUE', other)).toMatchObject({ hasGaps: false, meetsThreshold: true, coverage: { expected: 0, fraction: 1 }, seasonsWithoutSchedule: [] });
    expect(await check('TRUE', { ...other, expected: expectedBy({ query: QUERY, key: KEY, readsSchedule: true }) })).toMatchObject({
      hasGaps: true, meetsThreshold: false, coverage: { expected: 0, fraction: 0 }, seasonsWithoutSchedule: ['2020-21'],
    });
  });

  it('may end its query with a comment', async () => {
    expect(await check('TRUE', { expected: expectedBy({ query: `${QUERY} -- all of them`, key: KEY }), where: 'TRUE -- all' })).toMatchObject({ hasGaps: false, coverage: { expected: 40 } });
  });

  it('does without names where nobody keeps the tables that know them', async () => {
    const elsewhere = await memoryWarehouse([]);
    await elsewhere.query('CREATE SCHEMA IF NOT EXISTS shop');
    await elsewhere.query("CREATE TABLE shop.lines AS SELECT CAST('2025-01-03' AS DATE) AS game_date, 1 AS team_id, 2 AS player_id");
    const expected = expectedBy({ query: "SELECT CAST('2025-01-04' AS DATE) AS game_date, 3 AS team_id, 4 AS player_id", key: ['team_id', 'player_id'] });
    const { gaps } = await new CompletenessChecker(elsewhere).checkDateRange({ table: 'shop.lines', ...WEEK, expected });
    expect(gaps).toEqual([{ kind: 'unexpected', date: '2025-01-03', teamId: 1, playerId: 2 }, { kind: 'missing', date: '2025-01-04', teamId: 3, playerId: 4 }]);
    await elsewhere.close();
  });
});
