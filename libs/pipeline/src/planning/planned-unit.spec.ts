import { addDays, parseGameDate, seasonOf, type GameDate } from '@nba/kernel';
import fc from 'fast-check';
import { groupUnits, type PlannedUnit } from './planned-unit';

const unit = (date: GameDate): PlannedUnit => ({ date, partitions: { from: date, to: date }, state: { kind: 'missing' }, coverageGaps: null, lost: null });
const dates = (...texts: string[]): GameDate[] => texts.map((text) => parseGameDate(text));
const grouped = (ready: readonly GameDate[], maxGroup: number): GameDate[][] =>
  groupUnits(ready.map(unit), maxGroup).map((group) => group.map(({ date }) => date));

describe('groupUnits', () => {
  const [a, b, c, d] = dates('2025-01-01', '2025-01-02', '2025-01-05', '2025-01-06') as [GameDate, GameDate, GameDate, GameDate];

  it('puts units of a season together, off-days between them or not', () => {
    expect(grouped([a, b, c, d], Infinity)).toEqual([[a, b, c, d]]);
  });

  it('has at most so many in a group', () => {
    expect(grouped([a, b, c, d], 3)).toEqual([[a, b, c], [d]]);
    expect(grouped([a, b], 1)).toEqual([[a], [b]]);
  });

  it('never reaches over a season\'s end', () => {
    const [last, first] = dates('2024-04-14', '2024-10-22') as [GameDate, GameDate];
    expect(grouped([last, first], Infinity)).toEqual([[last], [first]]);
  });

  it('makes nothing of nothing', () => {
    expect(grouped([], Infinity)).toEqual([]);
  });

  it('keeps all units in order, in as few groups as its rules allow', () => {
    const START = parseGameDate('2024-09-01');
    const readies = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 30 }).map((days) => days.sort((x, y) => x - y).map((n) => addDays(START, n)));
    fc.assert(
      fc.property(readies, fc.integer({ min: 1, max: 10 }), (ready, maxGroup) => {
        const groups = grouped(ready, maxGroup);
        expect(groups.flat()).toEqual(ready);
        const bySeason = ['2023-24', '2024-25'].map((season) => ready.filter((date) => seasonOf(date) === season).length);
        expect(groups).toHaveLength(bySeason.reduce((sum, units) => sum + Math.ceil(units / maxGroup), 0));
        for (const group of groups) {
          expect(group.length).toBeLessThanOrEqual(maxGroup);
          expect(new Set(group.map(seasonOf)).size).toBe(1);
        }
      }),
    );
  });
});
