import type { Parameters, QueryPort, Warehouse } from '@nba/kernel';
import { memoryWarehouse } from '@nba/testing';
import { CompletenessChecker, type DateRangeCheck } from './completeness-checker';
import { calendarDays, scheduledGames } from './expected';
import { type RawData, game, players, schedule, store, teams, together } from './raw-tables.fixture';

const JANUARY = { startDate: '2025-01-01', endDate: '2025-01-04' };
const DATA: RawData = together(game('0022400001', '2025-01-01', 1, 2), game('0022400002', '2025-01-03', 1, 3), game('0022400003', '2025-01-04', 2, 3));

describe('a table that looks otherwise', () => {
  let warehouse: Warehouse;
  const checker = (options = {}) => new CompletenessChecker(warehouse, options);
  const check = (what: Partial<DateRangeCheck>, options = {}) => checker(options).checkDateRange({ table: 'shop.lines', ...JANUARY, ...what });

  beforeAll(async () => {
    warehouse = await memoryWarehouse([schedule, players, teams]);
    await warehouse.query('CREATE SCHEMA IF NOT EXISTS shop');
    await store(warehouse, DATA);
  });
  afterAll(() => warehouse.close());

  it('may call its columns otherwise', async () => {
    await warehouse.query("CREATE OR REPLACE TABLE shop.lines AS SELECT game_id AS gid, team_id AS club, game_date AS played_on FROM nba_raw.nbac_team_boxscore WHERE NOT (game_id = '0022400002' AND team_id = 3)");
    const expected = scheduledGames({ gameColumn: 'gid', teamColumn: 'club' });
    expect(await check({ dateColumn: 'played_on', expected })).toMatchObject({
      coverage: { present: 5, expected: 6 }, gaps: [{ kind: 'missing', date: '2025-01-03', gameId: '0022400002', teamId: 3, team: 'T03' }],
    });
    expect(await check({ dateColumn: 'played_on', expected: scheduledGames({ gameColumn: 'gid', per: 'game' }) })).toMatchObject({ hasGaps: false, coverage: { expected: 3 } });
  });

  it('may lie beside a schedule that is kept elsewhere', async () => {
    await warehouse.query('CREATE OR REPLACE TABLE shop.lines AS SELECT game_id, team_id, game_date FROM nba_raw.nbac_team_boxscore');
    await warehouse.query("CREATE OR REPLACE TABLE shop.fixtures AS SELECT * FROM nba_raw.nbac_schedule WHERE game_id <> '0022400003'");
    expect(await check({}, { schedule: 'shop.fixtures' })).toMatchObject({ coverage: { present: 4, expected: 4 }, gaps: [{ kind: 'unexpected', teamId: 2, team: 'T02' }, { kind: 'unexpected', teamId: 3 }] });
    await warehouse.query('DELETE FROM shop.fixtures WHERE TRUE');
    expect(await check({}, { schedule: 'shop.fixtures' })).toMatchObject({ meetsThreshold: false, seasonsWithoutSchedule: ['2024-25'] });
  });

  it('may count other games than the checker does otherwise', async () => {
    await warehouse.query('CREATE OR REPLACE TABLE shop.lines AS SELECT game_id, team_id, game_date FROM nba_raw.nbac_team_boxscore WHERE FALSE');
    expect(await check({ expected: scheduledGames({ gameTypes: ['playoffs'] }) })).toMatchObject({ hasGaps: false, coverage: { expected: 0 } });
  });

  it('may hold instants: 7 p.m. in New York is the next day in UTC, and belongs to the date it was played on', async () => {
    // Tip-off at 20:00 Eastern, 01:00 UTC of the following day; the last line is written after midnight Eastern.
    await warehouse.query(`CREATE OR REPLACE TABLE shop.lines AS SELECT game_id, team_id,
      CAST(CONCAT(CAST(DATE_ADD(game_date, INTERVAL 1 DAY) AS STRING), 'T01:00:00Z') AS TIMESTAMP) AS tipped_off_at FROM nba_raw.nbac_team_boxscore`);
    const inNewYork = { dateColumn: 'tipped_off_at', timeZone: 'America/New_York' };
    expect(await check(inNewYork)).toMatchObject({ hasGaps: false, coverage: { present: 6, expected: 6 } });
    expect(await check({ ...inNewYork, startDate: '2025-01-04' })).toMatchObject({ hasGaps: false, coverage: { present: 2, expected: 2 } });
    expect(await check({ ...inNewYork, timeZone: 'UTC' })).toMatchObject({ missingDates: ['2025-01-01', '2025-01-03'], incompleteDates: ['2025-01-02', '2025-01-04'] });
  });

  it('may hold DATETIMEs, the last minute of the last day too', async () => {
    // What DuckDB calls TIMESTAMP is a DATETIME to a condition without a time zone.
    await warehouse.query(`CREATE OR REPLACE TABLE shop.lines AS SELECT CAST(day AS TIMESTAMP) AS seen_at
      FROM UNNEST(['2025-01-01T00:00:00Z', '2025-01-02T12:00:00Z', '2025-01-04T23:59:59Z', '2025-01-05T00:00:00Z', '2024-12-31T23:59:59Z']) AS day`);
    expect(await check({ dateColumn: 'seen_at', expected: calendarDays() })).toMatchObject({ missingDates: ['2025-01-03'], coverage: { present: 3, expected: 4 }, gaps: [{ date: '2025-01-03' }] });
  });

  it('may call its date as the checker does in its queries', async () => {
    await warehouse.query("CREATE OR REPLACE TABLE shop.lines AS SELECT game_date AS check_date, game_id, team_id, 1 AS expected, 0 AS present FROM nba_raw.nbac_team_boxscore WHERE team_id <> 3");
    const dated = { dateColumn: 'check_date', rowKey: ['check_date', 'team_id'] };
    expect(await check(dated)).toMatchObject({ coverage: { present: 4, expected: 6 }, gaps: [{ date: '2025-01-03', teamId: 3 }, { date: '2025-01-04', teamId: 3 }] });
    expect(await check({ ...dated, expected: calendarDays() })).toMatchObject({ missingDates: ['2025-01-02'], gapCount: 1 });
  });

  it('may be looked at in part, with a condition and its parameters', async () => {
    await warehouse.query(`CREATE OR REPLACE TABLE shop.lines AS
      SELECT game_id, team_id, game_date, 'v1' AS model FROM nba_raw.nbac_team_boxscore UNION ALL
      SELECT game_id, team_id, game_date, 'v2' FROM nba_raw.nbac_team_boxscore WHERE game_date < CAST('2025-01-03' AS DATE)`);
    const of = (model: string, what = {}) => check({ where: 'FALSE OR model = @model', parameters: { model }, rowKey: ['game_id', 'team_id'], ...what });
    expect(await of('v1')).toMatchObject({ hasGaps: false });
    expect(await of('v1', { startDate: '2025-01-03' })).toMatchObject({ hasGaps: false, coverage: { expected: 4 } });
    expect(await of('v2')).toMatchObject({ missingDates: ['2025-01-03', '2025-01-04'], coverage: { present: 2, expected: 6 } });
    expect(await of("v2' OR 'x' = 'x")).toMatchObject({ coverage: { present: 0, expected: 6 } });
  });

  it('may lie in another project, whose name may hold hyphens', async () => {
    const asked: string[] = [];
    const port: QueryPort = { query: (text, parameters) => (asked.push(text), warehouse.query(text, parameters)) };
    const raw = 'nba-props-platform.nba_raw.nbac_team_boxscore';
    expect(await new CompletenessChecker(port).checkDateRange({ table: raw, ...JANUARY })).toMatchObject({ table: raw, hasGaps: false, coverage: { present: 6, expected: 6 } });
    expect(asked[0]).toContain('`nba-props-platform.nba_raw.nbac_team_boxscore`');
  });

  it.each([
    [{ table: 'lines; DROP TABLE x' }, 'table'],
    [{ table: 'a.b.c.d' }, 'table'],
    [{ table: 'a.b`c' }, 'table'],
    [{ table: 'pro`ject.nba_raw.t' }, 'table'],
    [{ table: '' }, 'table'],
    [{ dateColumn: 'game_date OR TRUE' }, 'dateColumn'],
    [{ rowKey: ['game_id', 'a b'] }, 'rowKey'],
    [{ expected: scheduledGames({ gameColumn: '1' }) }, 'gameColumn'],
    [{ expected: scheduledGames({ teamColumn: 'x)' }) }, 'teamColumn'],
    [{ parameters: { from: '2020-01-01' } }, 'from'],
    [{ parameters: { id_1: 7 } }, 'id_1'],
  ] as const)('is refused with %j', async (what, field) => {
    await expect(check(what)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', fields: { field } });
  });

  it('gives a query those parameters only that it mentions: some clients refuse others', async () => {
    const port: QueryPort = {
      query(text, parameters: Parameters = {}) {
        for (const name of Object.keys(parameters)) if (!text.includes(`@${name}`)) throw new Error(`excess parameter ${name}`);
        return warehouse.query(text, parameters);
      },
    };
    await warehouse.query("CREATE OR REPLACE TABLE shop.lines AS SELECT game_id, team_id, game_date, 1 AS player_id FROM nba_raw.nbac_team_boxscore WHERE team_id <> 3");
    const report = await new CompletenessChecker(port).checkDateRange({ table: 'shop.lines', ...JANUARY, rowKey: ['player_id'], parameters: { unused: 1 } });
    expect(report.coverage).toMatchObject({ present: 4, expected: 6 });
  });
});
