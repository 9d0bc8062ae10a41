import { type GameDate, type Row, type Warehouse, dateRange, parseGameDate } from '@nba/kernel';
import { memoryWarehouse, plainClient } from '@nba/testing';
import { expectedDays } from './calendar-days';
import { CompletenessChecker } from './completeness-checker';
import { calendarDays } from './expected';

const range = (from: string, to: string) => dateRange(parseGameDate(from), parseGameDate(to));

describe('expectedDays', () => {
  it('are all days of the range, both ends too', () => {
    expect(expectedDays(range('2024-02-27', '2024-03-01'), calendarDays())).toEqual(['2024-02-27', '2024-02-28', '2024-02-29', '2024-03-01']);
  });

  it('are none of a range that ends before it starts', () => {
    expect(expectedDays({ from: '2025-01-02' as GameDate, to: '2025-01-01' as GameDate }, calendarDays())).toEqual([]);
  });

  it('leave out exceptions, single days and several in a row', () => {
    const except = ['2025-01-02', { from: '2025-01-04', to: '2025-01-06' }];
    expect(expectedDays(range('2025-01-01', '2025-01-08'), calendarDays({ except }))).toEqual(['2025-01-01', '2025-01-03', '2025-01-07', '2025-01-08']);
  });

  it('are of the named days of the week: 26 January 2025 was a Sunday, 31 December 1969 a Wednesday', () => {
    expect(expectedDays(range('2025-01-20', '2025-01-26'), calendarDays({ weekdays: ['sunday', 'monday'] }))).toEqual(['2025-01-20', '2025-01-26']);
    expect(expectedDays(range('1969-12-28', '1970-01-03'), calendarDays({ weekdays: ['wednesday', 'thursday'] }))).toEqual(['1969-12-31', '1970-01-01']);
  });

  it.each([
    [() => calendarDays({ weekdays: ['sunday', 'someday' as never] }), '"someday"'],
    [() => calendarDays({ weekdays: [] }), 'none is named'],
    [() => calendarDays({ minRows: 0 }), 'minRows: 0'],
    [() => calendarDays({ minRows: 2.5 }), 'minRows: 2.5'],
    [() => expectedDays(range('2025-01-01', '2025-01-02'), calendarDays({ except: ['2025-02-30'] })), 'except: "2025-02-30"'],
    [() => expectedDays(range('2025-01-01', '2025-01-02'), calendarDays({ except: [{ from: '2025-01-02', to: '2025-01-01' }] })), 'before it starts'],
  ])('refuses what makes no sense: %s', (make, message) => {
    expect(make).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringContaining(message) }));
  });
});

describe('a table against a calendar', () => {
  let warehouse: Warehouse;
  const JANUARY = { table: 'shop.injuries', dateColumn: 'reported_on', startDate: '2025-01-01', endDate: '2025-01-05' };

  beforeAll(async () => {
    warehouse = await memoryWarehouse([]);
    await warehouse.query('CREATE SCHEMA IF NOT EXISTS shop');
  });
  afterAll(() => warehouse.close());

  /** No team, no game: a date and a name. */
  async function store(rowsPerDay: Readonly<Record<string, number>>) {
    await warehouse.query('CREATE OR REPLACE TABLE shop.injuries (reported_on DATE, player STRING)');
    for (const [day, rows] of Object.entries(rowsPerDay)) {
      for (let i = 0; i < rows; i++) await warehouse.query('INSERT INTO shop.injuries VALUES (CAST(@day AS DATE), @name)', { day, name: `Player ${i}` });
    }
  }
  const check = (what = {}, port: Pick<Warehouse, 'query'> = warehouse) => new CompletenessChecker(port).checkDateRange({ ...JANUARY, ...what });

  it('is complete with a row a day; no schedule is asked for', async () => {
    await store({ '2025-01-01': 1, '2025-01-02': 3, '2025-01-03': 1, '2025-01-04': 1, '2025-01-05': 1, '2025-01-06': 9 });
    expect(await check({ expected: calendarDays() })).toEqual({
      table: 'shop.injuries', startDate: '2025-01-01', endDate: '2025-01-05', hasGaps: false, gapCount: 0, missingDates: [], incompleteDates: [],
      coverage: { expected: 5, present: 5, fraction: 1 },
      byDate: [1, 2, 3, 4, 5].map((day) => ({ date: `2025-01-0${day}`, expected: 1, present: 1, fraction: 1, meetsThreshold: true })),
      dates: { expected: 5, present: 5, fraction: 1 }, games: { expected: 0, present: 0, fraction: 1 },
      threshold: { overall: 1, perDate: 1 }, meetsThreshold: true, gaps: [], seasonsWithoutSchedule: [],
    });
  });

  it('lacks the days without a row, and has rows on a day off', async () => {
    await store({ '2025-01-01': 2, '2025-01-03': 1, '2025-01-05': 1 });
    expect(await check({ expected: calendarDays({ except: ['2025-01-01', '2025-01-02'] }) })).toMatchObject({
      hasGaps: true, missingDates: ['2025-01-04'], incompleteDates: ['2025-01-01'], dates: { expected: 3, present: 2 }, coverage: { expected: 3, present: 2 },
      gaps: [{ kind: 'unexpected', date: '2025-01-01', rows: 2 }, { kind: 'missing', date: '2025-01-04', rows: 1 }],
    });
  });

  it('lacks rows where a day has fewer than are asked for', async () => {
    await store({ '2025-01-01': 3, '2025-01-02': 1, '2025-01-03': 7, '2025-01-05': 2 });
    expect(await check({ expected: calendarDays({ minRows: 3, weekdays: ['wednesday', 'thursday', 'friday', 'saturday', 'sunday'] }), threshold: { overall: 0.6, perDate: 0 } })).toMatchObject({
      missingDates: ['2025-01-04'], incompleteDates: ['2025-01-02', '2025-01-05'], meetsThreshold: true,
      coverage: { expected: 15, present: 9, fraction: 0.6 }, dates: { expected: 5, present: 2 },
      gaps: [{ kind: 'missing', date: '2025-01-02', rows: 2 }, { kind: 'missing', date: '2025-01-04', rows: 3 }, { kind: 'missing', date: '2025-01-05', rows: 1 }],
    });
  });

  it('is complete, with 0 of 0, where the calendar expects nothing', async () => {
    await store({});
    expect(await check({ expected: calendarDays({ except: [{ from: '2024-12-25', to: '2025-01-31' }] }) })).toMatchObject({ hasGaps: false, meetsThreshold: true, coverage: { expected: 0, present: 0, fraction: 1 } });
    expect(await check({ expected: calendarDays() })).toMatchObject({ hasGaps: true, meetsThreshold: false, coverage: { expected: 5, present: 0, fraction: 0 } });
  });

  it('is looked at alike through a client that returns dates as objects, and BigInt', async () => {
    await store({ '2025-01-01': 2, '2025-01-03': 1 });
    const own = await check({ expected: calendarDays() });
    expect(await check({ expected: calendarDays() }, plainClient(warehouse))).toEqual(own);
    const big = { query: async (text: string, parameters = {}) => (await warehouse.query(text, parameters)).map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, typeof cell === 'number' ? BigInt(cell) : cell])) as unknown as Row) };
    expect(await check({ expected: calendarDays() }, big)).toEqual(own);
  });
});
