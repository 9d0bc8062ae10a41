import { NbaError, type Warehouse } from '@nba/kernel';
import { memoryWarehouse } from '@nba/testing';
import { CompletenessChecker, type DateRangeCheck } from './completeness-checker';
import { configurationFault, isMissingTable } from './configuration-fault';
import { games } from './entity-window';
import { calendarDays, expectedBy, scheduledGames } from './expected';
import { players, schedule, teams } from './raw-tables.fixture';

const QUESTION = { table: 'shop.lines', columns: ['game_date', 'game_id', 'team_id'], beside: ['nba_raw.nbac_schedule'] };

describe('a fault that says the check was told something wrong', () => {
  // As BigQuery, its emulator and DuckDB say it.
  it.each([
    ['Not found: Table shop-1:shop.lines was not found in location US', 'Check that shop.lines and nba_raw.nbac_schedule exist'],
    ['Not found: Dataset shop-1:shop was not found in location US', 'exist'],
    ['Catalog Error: Table with name lines does not exist!\nDid you mean "line"?', 'exist'],
    ['Access Denied: Table shop-1:shop.lines: User does not have permission to query table shop-1:shop.lines, or perhaps it does not exist.', 'may read them'],
    ['Unrecognized name: game_dat; Did you mean game_date? at [3:12]', 'the columns game_date, game_id, team_id'],
    ['Binder Error: Referenced column "team_id" not found in FROM clause!', 'the columns game_date, game_id, team_id'],
    ['Column 2 in UNION ALL has incompatible types: STRING, INT64 at [2:4]', 'game ids are STRING'],
    ['No matching signature for operator >= for argument types: TIMESTAMP, DATE.', 'with timeZone TIMESTAMP'],
  ])('%s', (said, advice) => {
    const cause = new Error(said);
    const fault = configurationFault(cause, QUESTION);
    expect(fault).toMatchObject({ code: 'INVALID_ARGUMENT', fields: { table: 'shop.lines' }, cause });
    expect(fault?.message).toContain('shop.lines cannot be checked.');
    expect(fault?.message).toContain(advice);
    expect(fault?.message).toContain(said.split('\n')[0]);
  });

  it.each(['socket hang up', 'Access Denied: Table shop-1:shop.lines: User does not have permission', 'Quota exceeded', ''])('is not: "%s"', (said) => {
    expect(configurationFault(new Error(said), QUESTION)).toBeUndefined();
    expect(isMissingTable(new Error(said))).toBe(false);
  });
});

describe('a check of what is not there', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await memoryWarehouse([schedule, players, teams]);
    await warehouse.query('CREATE SCHEMA IF NOT EXISTS shop');
    await warehouse.query('CREATE TABLE shop.lines (game_date DATE, game_id BIGINT, team_id BIGINT, seen_at TIMESTAMP)');
  });
  afterAll(() => warehouse.close());

  const check = (what: Partial<DateRangeCheck>, options = {}) => new CompletenessChecker(warehouse, options).checkDateRange({ table: 'shop.lines', startDate: '2025-01-01', endDate: '2025-01-02', ...what });
  const fault = async (what: Partial<DateRangeCheck>, options = {}): Promise<NbaError> => {
    const found = await check(what, options).catch((error: unknown) => error);
    expect(found).toBeInstanceOf(NbaError);
    return found as NbaError;
  };

  it.each([
    ['table', { table: 'shop.nothing' }, {}, ['shop.nothing and nba_raw.nbac_schedule exist']],
    ['dataset', { table: 'nowhere.lines', expected: calendarDays() }, {}, ['Check that nowhere.lines exists']],
    ['table of an own query', { expected: expectedBy({ query: 'SELECT game_date FROM shop.nothing', key: [] }) }, {}, ['shop.lines and the tables of the query exist', 'nothing']],
    ['schedule', {}, { schedule: 'shop.fixtures' }, ['shop.lines and shop.fixtures exist']],
    ['column', { table: 'nba_raw.nbac_schedule' }, {}, ['nba_raw.nbac_schedule has the columns game_date, game_id, team_id']],
    ['date column', { dateColumn: 'played_on', expected: calendarDays() }, {}, ['shop.lines has the columns played_on']],
    ['row key', { rowKey: ['jersey'], expected: calendarDays() }, {}, ['game_date, jersey']],
    ['column that the query yields', { expected: expectedBy({ query: 'SELECT 1 AS n', key: ['n'] }) }, {}, ['game_date, n']],
    ['column of another name', { expected: scheduledGames({ teamColumn: 'club' }) }, {}, ['club']],
  ])('names the table and what to check: %s', async (_, what, options, words) => {
    const { code, message, fields, cause } = await fault(what, options);
    expect({ code, table: fields.table }).toEqual({ code: 'INVALID_ARGUMENT', table: 'table' in what ? what.table : 'shop.lines' });
    for (const word of words) expect(message).toContain(word);
    expect(cause).toMatchObject({ code: 'WAREHOUSE_STATEMENT_FAILED' });
  });

  it('of entities too', async () => {
    await expect(new CompletenessChecker(warehouse).checkEntities({ table: 'shop.none', entity: 'team', window: games(3), asOf: '2025-01-02' })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', fields: { table: 'shop.none' } });
  });

  it('leaves every other fault of the port as it is', async () => {
    const own = new TypeError('socket hang up');
    const port = { query: () => Promise.reject(own) };
    await expect(new CompletenessChecker(port).checkDateRange({ table: 'shop.lines', startDate: '2025-01-01', endDate: '2025-01-02' })).rejects.toBe(own);
  });
});
