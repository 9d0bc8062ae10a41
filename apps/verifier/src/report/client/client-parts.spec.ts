import { runInNewContext } from 'node:vm';
import { WORST_FIRST } from '../conditions';
import { clientParts, clientScript } from './client-parts';
import type { Place } from './moved';

describe('the script of the page', () => {
  it('names nothing outside its functions that a browser does not have', () => {
    const page = { getElementById: () => null };
    // Without a document of its own only `start` runs, up to the first thing that it looks for.
    expect(() => runInNewContext(clientScript(), { document: page })).toThrow("Cannot read properties of null (reading 'querySelector')");
    const parts = runInNewContext(clientScript().replace(/parts\.start\(.*\n$/, 'parts'), {}) as typeof clientParts;
    expect(Object.keys(parts)).toEqual(Object.keys(clientParts));
    expect(parts.timeInWords(parts, 1500)).toBe('1.5 s');
    expect(clientScript()).not.toMatch(/<\/script|<!--|require\(|_interop|\bexports\b/);
  });
});

describe('moved', () => {
  /** All tables on four days, the season's own unit, and a table without the second day. */
  const rows = [[0, 1, 2, 3], [-1], [0, 2, 3]];
  const at = (row: number, cell: number): Place => ({ row, cell });

  it.each<[string, Place, number, string, boolean, Place | undefined]>([
    ['right', at(0, 1), 1, 'ArrowRight', false, at(0, 2)],
    ['left', at(2, 1), 2, 'ArrowLeft', false, at(2, 0)],
    ['not beyond the left end', at(0, 0), 0, 'ArrowLeft', false, at(0, 0)],
    ['not beyond the right end', at(2, 2), 3, 'ArrowRight', false, at(2, 2)],
    ['down to the one cell of a season', at(0, 3), 3, 'ArrowDown', false, at(1, 0)],
    ['from there on to the day one came from', at(1, 0), 3, 'ArrowDown', false, at(2, 2)],
    ['to the nearest day', at(1, 0), 1, 'ArrowDown', false, at(2, 0)],
    ['up', at(2, 1), 2, 'ArrowUp', false, at(1, 0)],
    ['not above the first row', at(0, 2), 2, 'ArrowUp', false, at(0, 2)],
    ['not below the last row', at(2, 0), 0, 'ArrowDown', false, at(2, 0)],
    ['to the first day', at(0, 3), 3, 'Home', false, at(0, 0)],
    ['to the last day', at(0, 0), 0, 'End', false, at(0, 3)],
    ['to the first cell', at(2, 2), 3, 'Home', true, at(0, 0)],
    ['to the last cell', at(0, 0), 0, 'End', true, at(2, 2)],
    ['a week on, as far as there is one', at(0, 1), 1, 'PageDown', false, at(0, 3)],
    ['a week back, as far as there is one', at(0, 3), 3, 'PageUp', false, at(0, 0)],
    ['nowhere', at(0, 1), 1, 'a', false, undefined],
  ])('goes %s', (_, from, day, key, ctrl, to) => {
    expect(clientParts.moved(undefined, rows, from, day, key, ctrl)).toEqual(to);
  });
});

describe('labelOf', () => {
  const table = { name: 'player_game_summary', dataset: 'nba_analytics', phase: 3 };

  it('says date, table, state and why', () => {
    const blocked = { table, condition: { name: 'blocked', label: 'blocked', group: 'blocked' }, why: ['waits', 'and waits'], rows: 0 } as const;
    expect(clientParts.labelOf(undefined, '2025-01-26', blocked)).toBe('2025-01-26, player_game_summary: blocked, waits; and waits');
    expect(clientParts.labelOf(undefined, '2025-01-26', { ...blocked, why: ['x'.repeat(500)] })).toBe(`2025-01-26, player_game_summary: blocked, ${'x'.repeat(199)}…`);
  });

  it('says of what is complete how many rows it has, and nothing of what is not due', () => {
    expect(clientParts.labelOf(undefined, '2025-01-26', { table, condition: { name: 'complete', label: 'complete', group: 'complete' }, why: [], rows: 258 })).toBe('2025-01-26, player_game_summary: complete, 258 rows');
    expect(clientParts.labelOf(undefined, '2025-01-26', { table, condition: { name: 'later', label: 'not due', group: 'later' }, why: [], rows: 0 })).toBe('2025-01-26, player_game_summary: not due');
  });
});

describe('worstOf', () => {
  it.each([[['complete', 'later'], 'complete'], [['complete', 'blocked', 'stale-by-code'], 'blocked'], [['blocked', 'failed'], 'failed'], [['complete', 'never-heard-of'], 'never-heard-of'], [[], 'later']])('of %j is %s', (names, worst) => {
    expect(clientParts.worstOf(undefined, WORST_FIRST, names)).toBe(worst);
  });
});

describe('timeInWords', () => {
  it.each([[-1, '–'], [0, '0 ms'], [2.345, '2.3 ms'], [340.4, '340 ms'], [999.6, '1.0 s'], [2_400, '2.4 s'], [59_960, '1 min 0 s'], [185_000, '3 min 5 s']])('says %d as %s', (ms, words) => {
    expect(clientParts.timeInWords(undefined, ms)).toBe(words);
  });
});
