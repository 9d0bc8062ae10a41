import fc from 'fast-check';
import { type GameDate, type QueryPort, type Warehouse, addDays, dateRange, parseGameDate, seasonOf } from '@nba/kernel';
import { memoryWarehouse } from '@nba/testing';
import { CompletenessChecker } from './completeness-checker';
import type { CompletenessReport } from './completeness-report';
import { mergeReports } from './merge-reports';
import { game, players, schedule, store, teams, together } from './raw-tables.fixture';
import { type Step, splitRange } from './split-range';

const range = (from: string, to: string) => dateRange(parseGameDate(from), parseGameDate(to));
const ends = (from: string, to: string, step: Step) => splitRange(range(from, to), step).map((part) => `${part.from} ${part.to}`);

describe('splitRange', () => {
  it('parts by season, month and days; first and last may be shorter', () => {
    expect(ends('2022-12-01', '2024-10-05', 'season')).toEqual(['2022-12-01 2023-09-30', '2023-10-01 2024-09-30', '2024-10-01 2024-10-05']);
    expect(ends('2024-01-31', '2024-04-01', 'month')).toEqual(['2024-01-31 2024-01-31', '2024-02-01 2024-02-29', '2024-03-01 2024-03-31', '2024-04-01 2024-04-01']);
    expect(ends('2024-12-30', '2025-01-05', { days: 3 })).toEqual(['2024-12-30 2025-01-01', '2025-01-02 2025-01-04', '2025-01-05 2025-01-05']);
  });

  it.each(['week', { days: 0 }, { days: 1.5 }, { weeks: 1 }, null])('refuses %j', (step) => {
    expect(() => splitRange(range('2025-01-01', '2025-01-02'), step as Step)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', fields: { field: 'step' } }));
  });

  it('takes every day once, in order, and never puts days of two seasons or months into one part', () => {
    const steps = fc.oneof(fc.constantFrom<Step>('season', 'month'), fc.integer({ min: 1, max: 90 }).map((days): Step => ({ days })));
    fc.assert(
      fc.property(fc.nat(20_000), fc.nat(900), steps, (start, length, step) => {
        const from = addDays('1980-01-01' as GameDate, start);
        const parts = splitRange({ from, to: addDays(from, length) }, step);
        let next = from;
        for (const part of parts) {
          expect(part.from).toBe(next);
          expect(part.to >= part.from).toBe(true);
          if (step === 'season') expect(seasonOf(part.from)).toBe(seasonOf(part.to));
          if (step === 'month') expect(part.from.slice(0, 7)).toBe(part.to.slice(0, 7));
          next = addDays(part.to, 1);
        }
        expect(next).toBe(addDays(from, length + 1));
      }),
    );
  });
});

describe('a long range', () => {
  let warehouse: Warehouse;
  const LONG = { table: 'nba_raw.nbac_player_boxscore', startDate: '2023-11-01', endDate: '2025-02-28' };

  beforeAll(async () => {
    warehouse = await memoryWarehouse([schedule, players, teams]);
    const data = together(
      game('0022300001', '2023-11-03', 1, 2), game('0022300002', '2024-03-03', 1, 3),
      game('0022400001', '2024-11-03', 1, 2), game('0022400002', '2025-01-03', 1, 3), game('0022400003', '2025-01-03', 2, 4), game('0022400004', '2025-02-03', 2, 3),
    );
    const twice = data.players.find((row) => row['game_id'] === '0022400004');
    const kept = data.players.filter((row) => row['game_id'] !== '0022300002' && !(row['game_id'] === '0022400002' && row['team_id'] === 3));
    await store(warehouse, { ...data, players: [...kept, { ...twice }, { ...twice, game_date: '2024-12-24', game_id: '0022400099' }] });
  });
  afterAll(() => warehouse.close());

  async function take(check: Parameters<CompletenessChecker['checkDateRanges']>[0], port: QueryPort = warehouse): Promise<CompletenessReport[]> {
    const reports: CompletenessReport[] = [];
    for await (const report of new CompletenessChecker(port).checkDateRanges(check)) reports.push(report);
    return reports;
  }

  it('comes season by season unless said otherwise', async () => {
    expect((await take(LONG)).map(({ startDate, endDate, coverage, missingDates }) => [startDate, endDate, coverage.present, coverage.expected, missingDates])).toEqual([
      ['2023-11-01', '2024-09-30', 2, 4, ['2024-03-03']],
      ['2024-10-01', '2025-02-28', 7, 8, []],
    ]);
  });

  it.each<Step>(['season', 'month', { days: 1 }, { days: 17 }])('merged from steps of %j says what one check of the whole says', async (step) => {
    const long = { ...LONG, startDate: '2024-10-20', rowKey: ['game_id', 'player_id'], threshold: { overall: 0.5, perDate: 0.9 } };
    const whole = await new CompletenessChecker(warehouse).checkDateRange(long);
    expect(whole).toMatchObject({ meetsThreshold: false, gapCount: 3, coverage: { present: 7, expected: 8 }, games: { present: 3, expected: 4 } });
    expect(mergeReports((await take({ ...long, step })).reverse())).toEqual(whole);
  });

  it('is asked about no further than it is taken', async () => {
    const asked: unknown[] = [];
    const port: QueryPort = { query: (text, parameters = {}) => (asked.push(parameters['from']), warehouse.query(text, parameters)) };
    const reports = new CompletenessChecker(port).checkDateRanges({ ...LONG, step: 'month' });
    expect(asked).toEqual([]);
    for await (const { startDate } of reports) if (startDate === '2023-12-01') break;
    expect(asked.filter((from) => String(from) > '2023-12-31')).toEqual([]);
    expect(await reports.next()).toEqual({ done: true, value: undefined });
  });

  it('is refused when it is none', async () => {
    await expect(take({ ...LONG, endDate: '2023-10-31' })).rejects.toThrow('before it starts');
    await expect(take({ ...LONG, step: { days: -1 } })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('names a season without a schedule once, and is not complete then', async () => {
    const parts = await take({ ...LONG, startDate: '2021-12-01', endDate: '2022-02-28', step: 'month' });
    expect(mergeReports(parts)).toMatchObject({ seasonsWithoutSchedule: ['2021-22'], hasGaps: true, meetsThreshold: false, coverage: { expected: 0, fraction: 0 } });
  });

  it('does not merge what does not belong together', async () => {
    const [one, two] = (await take(LONG)) as [CompletenessReport, CompletenessReport];
    expect(() => mergeReports([])).toThrow('no report');
    expect(() => mergeReports([one, one])).toThrow('without a day between or twice');
    expect(() => mergeReports([one, { ...two, startDate: '2024-10-02' as GameDate }])).toThrow('one ends on 2024-09-30, the next starts on 2024-10-02');
    expect(() => mergeReports([one, { ...two, table: 'nba_raw.other' }])).toThrow('different things');
    expect(() => mergeReports([one, { ...two, threshold: { overall: 1, perDate: 0.5 } }])).toThrow('different things');
  });
});
