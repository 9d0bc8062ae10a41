import { BigQuery } from '@google-cloud/bigquery';
import { type Cell, type ColumnType } from '@nba/kernel';
import { fits, parameterType, toCell } from './cells';
import { costOf } from './cost';
import { assertRowsFit, toNewlineJson } from './rows';
import { box } from './replacement.fixture';

describe('values of a result', () => {
  it.each<[string, unknown, Cell]>([
    ['a date', BigQuery.date('2024-02-29'), '2024-02-29'],
    ['an instant, to the millisecond', BigQuery.timestamp('2025-01-27T03:30:00.500123Z'), '2025-01-27T03:30:00.500Z'],
    ['an instant on the second', BigQuery.timestamp('2025-01-27T03:30:00Z'), '2025-01-27T03:30:00.000Z'],
    ['a whole number', 9_007_199_254_740_991n, 9_007_199_254_740_991],
    ['a float', 1 / 3, 1 / 3],
    ['text that looks like an instant', '2025-01-27T03:30:00Z', '2025-01-27T03:30:00Z'],
    ['nothing', null, null],
    ['false', false, false],
  ])('%s', (_, value, cell) => expect(toCell(value, 'c')).toEqual(cell));

  it('are refused when a number cannot hold them, or nothing can, naming the column', () => {
    expect(() => toCell(9_007_199_254_740_993n, 'n')).toThrow(/Column n holds the integer 9007199254740993/);
    expect(() => toCell([1], 'n')).toThrow(/Column n is a list/);
  });
});

describe('values to be stored', () => {
  it.each<[Cell, ColumnType, boolean]>([
    ['12', 'INT64', false], [1.5, 'INT64', false], [2 ** 53, 'INT64', false], [-3, 'INT64', true], [3, 'FLOAT64', true], [NaN, 'FLOAT64', false], [Infinity, 'FLOAT64', false],
    ['2025-02-30', 'DATE', false], ['2024-02-29', 'DATE', true], ['2025-01-27T03:30:00', 'TIMESTAMP', false], ['2025-01-27T03:30:00-05:00', 'TIMESTAMP', true], [1, 'BOOL', false],
    [true, 'STRING', false], [null, 'INT64', true],
  ])('%p as %s: %p', (cell, type, does) => expect(fits(cell, type)).toBe(does));

  it('are refused with table, column and row', () => {
    expect(() => assertRowsFit(box, [{ game_id: 'g', game_date: '2025-01-25', player_id: 'seven' }])).toThrow(/box\.player_id is INT64 and cannot hold "seven" \(string\), in the row game_date=2025-01-25 game_id=g player_id=seven/);
    expect(() => assertRowsFit(box, [{ surprise: 1 }])).toThrow(/has the column surprise/);
  });

  it('are one line of JSON each, whatever is in them', () => {
    expect(toNewlineJson([{ a: 'line\nbreak "q"', x: 1 / 3 }, { a: null }])).toBe('{"a":"line\\nbreak \\"q\\"","x":0.3333333333333333}\n{"a":null}\n');
  });
});

it.each([[null, 'STRING'], [1, 'INT64'], [1.5, 'FLOAT64'], [2 ** 53, 'FLOAT64'], [true, 'BOOL'], ['x', 'STRING']] as const)('the parameter %p is a %s', (value, type) => expect(parameterType(value)).toBe(type));

describe('cost', () => {
  it.each([
    ['nothing', 0, 0, 0],
    ['a byte is billed as ten mebibytes', 1, 10_485_760, (10 / 1_048_576) * 6.25],
    ['what is more is rounded up to mebibytes', 10_485_761, 11_534_336, (11 / 1_048_576) * 6.25],
    ['a tebibyte', 2 ** 40, 2 ** 40, 6.25],
  ])('%s', (_, bytesProcessed, bytesBilled, usd) => expect(costOf(bytesProcessed)).toEqual({ bytesProcessed, bytesBilled, usd }));

  it('goes by the price that is given', () => expect(costOf(2 ** 41, 5).usd).toBe(10));
});
