import { addDays, parseGameDate, seasonOf, type GameDate } from '@nba/kernel';
import fc from 'fast-check';
import { groupUnits, type PlannedUnit } from './planned-unit';

const unit = (date: GameDate): PlannedUnit => ({ date, partitions: { from: date, to: date }, state: { kind: 'missing' }, coverageGaps: null });
const dates = (...texts: string[]): GameDate[] => texts.map((text) => parseGameDate(text));
const grouped = (ready: readonly GameDate[], sequence: readonly GameDate[], maxGroup: number): GameDate[][] =>
  groupUnits(ready.map(unit), sequence, maxGroup).map((group) => group.map(({ date }) => date));

describe('groupUnits', () => {
  const [a, b, c, d] = dates('2025-01-01', '2025-01-02', '2025-01-05', '2025-01-06') as [GameDate, GameDate, GameDate, GameDate];

  it('puts neighbours together, off-days or not', () => {
    expect(grouped([a, b, c, d], [a, b, c, d], Infinity)).toEqual([[a, b, c, d]]);
  });

  it('has at most so many in a group', () => {
    expect(grouped([a, b, c, d], [a, b, c, d], 3)).toEqual([[a, b, c], [d]]);
    expect(grouped([a, b], [a, b], 1)).toEqual([[a], [b]]);
  });

  it('never reaches over a date that is not ready', () => {
    expect(grouped([a, c, d], [a, b, c, d], Infinity)).toEqual([[a], [c, d]]);
  });

  it('never reaches over a season\'s end', () => {
    const [last, first] = dates('2024-04-14', '2024-10-22') as [GameDate, GameDate];
    expect(grouped([last, first], [last, first], Infinity)).toEqual([[last], [first]]);
  });

  it('makes nothing of nothing', () => {
    expect(grouped([], [a, b], Infinity)).toEqual([]);
  });

  it('keeps all units in order, in as few groups as its rules allow', () => {
    const START = parseGameDate('2024-09-01');
    const sequences = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 30 }).map((days) => days.sort((x, y) => x - y).map((n) => addDays(START, n)));
    const cases = sequences.chain((sequence) => fc.tuple(fc.constant(sequence), fc.subarray(sequence), fc.integer({ min: 1, max: 10 })));
    fc.assert(
      fc.property(cases, ([sequence, ready, maxGroup]) => {
        const groups = grouped(ready, sequence, maxGroup);
        expect(groups.flat()).toEqual(ready);
        // Independently: stretches of ready neighbours within a season, each needing its length divided by the largest group.
        const word = sequence.map((date, i) => {
          const mark = ready.includes(date) ? 'r' : '.';
          return i > 0 && seasonOf(sequence[i - 1] as GameDate) !== seasonOf(date) ? `|${mark}` : mark;
        }).join('');
        const fewest = (word.match(/r+/g) ?? []).reduce((sum, stretch) => sum + Math.ceil(stretch.length / maxGroup), 0);
        expect(groups).toHaveLength(fewest);
        for (const group of groups) {
          expect(group.length).toBeLessThanOrEqual(maxGroup);
          expect(new Set(group.map(seasonOf)).size).toBe(1);
          const within = sequence.slice(sequence.indexOf(group[0] as GameDate), sequence.indexOf(group.at(-1) as GameDate) + 1);
          expect(within).toEqual(group);
        }
      }),
    );
  });
});
