import fc from 'fast-check';
import type { GameDate, Season } from '@nba/kernel';
import { type DateCount, type Gap, completenessReport } from './completeness-report';
import { percentOf } from './coverage';
import { parseThreshold } from './threshold';

const scope = { table: 'nba_raw.nbac_player_boxscore', startDate: '2025-01-01' as GameDate, endDate: '2025-01-31' as GameDate };
const count = (date: string, games: number, present: number, expected = games * 2): DateCount => ({ date: date as GameDate, games, keys: { present, expected } });
const gap = (kind: Gap['kind'], date: string, gameId: string, teamId: number): Gap => ({ kind, date: date as GameDate, gameId, teamId });

const UNKNOWN = '2024-25' as Season;

describe('percentOf', () => {
  it.each([
    [652, 652, 100],
    [651, 652, 99.8],
    [104_640, 104_641, 99.9],
    [1, 16, 6.2],
    [29, 100, 29],
    [2, 3, 66.6],
    [0, 16, 0],
    [0, 0, 100],
  ])('%i of %i is %d', (present, expected, percent) => {
    expect(percentOf({ present, expected })).toBe(percent);
  });

  it('is 100 only when all is there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), fc.nat(), (expected, n) => {
        const present = n % expected;
        expect(percentOf({ present, expected })).toBeLessThan(100);
        expect(percentOf({ present, expected })).toBeLessThanOrEqual((100 * present) / expected);
        expect(percentOf({ present: expected - 1, expected })).toBeLessThan(100);
        expect(percentOf({ present: expected, expected })).toBe(100);
      }),
    );
  });
});

describe('completenessReport', () => {
  it('is complete when every key is there', () => {
    expect(completenessReport(scope, { counts: [count('2025-01-01', 2, 4), count('2025-01-03', 3, 6)], gaps: [] })).toEqual({
      ...scope, hasGaps: false, gapCount: 0, missingDates: [], incompleteDates: [],
      coverage: { present: 10, expected: 10, fraction: 1 },
      byDate: [
        { date: '2025-01-01', present: 4, expected: 4, fraction: 1, meetsThreshold: true },
        { date: '2025-01-03', present: 6, expected: 6, fraction: 1, meetsThreshold: true },
      ],
      dates: { present: 2, expected: 2, fraction: 1 }, games: { present: 5, expected: 5, fraction: 1 }, threshold: { overall: 1, perDate: 1 }, meetsThreshold: true,
      gaps: [], seasonsWithoutSchedule: [],
    });
  });

  it('tells a date without any row from a date without the right ones', () => {
    const gaps = [
      gap('missing', '2025-01-02', 'B', 4), gap('missing', '2025-01-02', 'A', 1), gap('missing', '2025-01-02', 'A', 2), gap('missing', '2025-01-02', 'B', 3),
      gap('missing', '2025-01-03', 'C', 5),
    ];
    const report = completenessReport(scope, { counts: [count('2025-01-01', 1, 2), count('2025-01-02', 2, 0), count('2025-01-03', 2, 3)], gaps });
    expect(report).toMatchObject({
      hasGaps: true, gapCount: 2, missingDates: ['2025-01-02'], incompleteDates: ['2025-01-03'],
      dates: { present: 1, expected: 3 }, games: { present: 2, expected: 5 }, coverage: { present: 5, expected: 10 },
    });
    expect(report.gaps.map(({ date, gameId, teamId }) => `${date} ${gameId} ${teamId}`)).toEqual([
      '2025-01-02 A 1', '2025-01-02 A 2', '2025-01-02 B 3', '2025-01-02 B 4', '2025-01-03 C 5',
    ]);
  });

  it('does not call a date missing that has rows, all of them wrong', () => {
    const gaps = [gap('missing', '2025-01-02', 'A', 1), gap('missing', '2025-01-02', 'A', 2), gap('unexpected', '2025-01-02', 'X', 9)];
    const report = completenessReport(scope, { counts: [count('2025-01-02', 1, 0)], gaps });
    expect(report).toMatchObject({ missingDates: [], incompleteDates: ['2025-01-02'], dates: { present: 0, expected: 1 } });
  });

  it('counts an unexpected row on a date without games as a gap, not as coverage', () => {
    const report = completenessReport(scope, { counts: [count('2025-01-01', 1, 2), count('2025-01-02', 0, 0)], gaps: [gap('unexpected', '2025-01-02', 'X', 9)] });
    expect(report).toMatchObject({
      hasGaps: true, gapCount: 1, missingDates: [], incompleteDates: ['2025-01-02'],
      dates: { present: 1, expected: 1 }, games: { present: 1, expected: 1 }, coverage: { present: 2, expected: 2 },
    });
  });

  it('finds a duplicate on a date that has all its keys', () => {
    const report = completenessReport(scope, { counts: [count('2025-01-01', 1, 2)], gaps: [gap('duplicate', '2025-01-01', 'A', 1)] });
    expect(report).toMatchObject({ hasGaps: true, incompleteDates: ['2025-01-01'], dates: { present: 0, expected: 1 }, coverage: { present: 2, expected: 2 } });
  });

  it('counts no games for keys that name none', () => {
    const missing: Gap[] = [{ kind: 'missing', date: '2025-01-01' as GameDate, playerId: 7 }];
    expect(completenessReport(scope, { counts: [count('2025-01-01', 0, 1, 2)], gaps: missing }).games).toEqual({ present: 0, expected: 0, fraction: 1 });
  });

  it('is complete, and says so of no dates, when nothing is expected', () => {
    expect(completenessReport(scope, { counts: [], gaps: [] })).toMatchObject({
      hasGaps: false, meetsThreshold: true, coverage: { present: 0, expected: 0, fraction: 1 }, byDate: [], dates: { present: 0, expected: 0 },
    });
  });

  it('is never complete while the schedule of a season is not there: what is expected is not known', () => {
    expect(completenessReport(scope, { counts: [], gaps: [], seasonsWithoutSchedule: [UNKNOWN] })).toMatchObject({
      hasGaps: true, meetsThreshold: false, coverage: { present: 0, expected: 0, fraction: 0 }, seasonsWithoutSchedule: ['2024-25'],
    });
    const halfKnown = { counts: [count('2023-11-01', 1, 2)], gaps: [], seasonsWithoutSchedule: [UNKNOWN], threshold: parseThreshold(0) };
    expect(completenessReport(scope, halfKnown)).toMatchObject({ hasGaps: true, meetsThreshold: false, coverage: { present: 2, expected: 2 } });
  });

  // 97 of 100, all three missing on a date of four.
  const NINETY_SEVEN = { counts: [count('2025-01-01', 48, 96), count('2025-01-02', 2, 1, 4)], gaps: [gap('missing', '2025-01-02', 'B', 3)] };
  it.each([
    [undefined, false],
    [0.98, false],
    [0.97, false], // the range has it, the second date has a quarter
    [0.25, true],
    [{ overall: 0.97, perDate: 0.25 }, true],
    [{ overall: 0.971, perDate: 0 }, false],
    [{ overall: 0, perDate: 0.26 }, false],
    [0, true],
  ])('with the threshold %j, 97 of 100 will do: %p', (threshold, enough) => {
    expect(completenessReport(scope, { ...NINETY_SEVEN, threshold: parseThreshold(threshold) })).toMatchObject({ meetsThreshold: enough, hasGaps: true, coverage: { fraction: 0.97 } });
  });

  it('tells of each date whether it will do', () => {
    const { byDate } = completenessReport(scope, { ...NINETY_SEVEN, threshold: parseThreshold(0.5) });
    expect(byDate).toEqual([
      { date: '2025-01-01', expected: 96, present: 96, fraction: 1, meetsThreshold: true },
      { date: '2025-01-02', expected: 4, present: 1, fraction: 0.25, meetsThreshold: false },
    ]);
  });
});

describe('parseThreshold', () => {
  it.each([98, -0.1, NaN, Infinity, { overall: 0.9, perDate: 90 }])('refuses %j: fractions are meant', (threshold) => {
    expect(() => parseThreshold(threshold)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringContaining('0.98') }));
  });
});
