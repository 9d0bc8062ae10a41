import { type Row, column, defineTable } from '@nba/kernel';
import { compareRows } from './compare-rows';

const table = defineTable({
  dataset: 'nba_raw', name: 'lines', description: 'What is compared', key: ['game_id', 'player_id'],
  columns: {
    game_id: column.text('game'), game_date: column.date('date'), player_id: column.integer('player'), assists: column.integer('assists'),
    plus_minus: column.float('plus or minus'), tipoff_at: column.timestamp('tip-off'), source_document: column.provenance('from where'),
  },
});
const line = (over: Readonly<Record<string, string | number | null | undefined>> = {}): Row => ({
  game_id: '0022400001', game_date: '2024-10-22', player_id: 11, assists: 5, plus_minus: -2.6, tipoff_at: '2024-10-22T23:30:00.000Z', source_document: 'a.json', ...over,
} as Row);

describe('compareRows', () => {
  it('finds no difference in equal rows, whatever their order, their source and the way an instant is written', () => {
    const two = line({ player_id: 12 });
    expect(compareRows(table, [line(), two], [line({ player_id: 12, source_document: 'b.json', tipoff_at: '2024-10-22T23:30:00Z' }), line({ source_document: null })])).toEqual([]);
    expect(compareRows(table, [], [])).toEqual([]);
  });

  it.each([
    ['a number', { assists: 6 }, [{ column: 'assists', before: 5, after: 6 }]],
    ['0 by NULL', { assists: null }, [{ column: 'assists', before: 5, after: null }]],
    ['a fraction', { plus_minus: -2.4 }, [{ column: 'plus_minus', before: -2.6, after: -2.4 }]],
    ['an instant', { tipoff_at: '2024-10-22T23:31:00Z' }, [{ column: 'tipoff_at', before: '2024-10-22T23:30:00.000Z', after: '2024-10-22T23:31:00Z' }]],
    ['an instant by NULL', { tipoff_at: null }, [{ column: 'tipoff_at', before: '2024-10-22T23:30:00.000Z', after: null }]],
    ['the date, which is no key', { game_date: '2024-10-23' }, [{ column: 'game_date', before: '2024-10-22', after: '2024-10-23' }]],
    ['two values', { assists: 0, plus_minus: 0 }, [{ column: 'assists', before: 5, after: 0 }, { column: 'plus_minus', before: -2.6, after: 0 }]],
  ])('tells %s', (_, over, values) => {
    expect(compareRows(table, [line()], [line(over)])).toEqual([{ kind: 'edited', before: line(), after: line(over), values }]);
  });

  it('tells NULL from 0, both ways; what a row lacks is NULL', () => {
    const valuesOf = (before: Row, after: Row) => compareRows(table, [before], [after]).map(({ values }) => values);
    expect(valuesOf(line({ assists: null }), line({ assists: 0 }))).toEqual([[{ column: 'assists', before: null, after: 0 }]]);
    expect(valuesOf(line({ assists: 0 }), line({ assists: null }))).toEqual([[{ column: 'assists', before: 0, after: null }]]);
    expect(valuesOf(line({ assists: null }), line({ assists: undefined }))).toEqual([]);
  });

  it('tells rows that come and go with the values they have, and takes a row by its whole key', () => {
    const [went, came] = [line({ assists: null }), line({ game_id: '0022400002', plus_minus: 0 })];
    const shared = (before: boolean, value: string | number) => ({ before: before ? value : null, after: before ? null : value });
    expect(compareRows(table, [went], [came])).toEqual([
      {
        kind: 'went', before: went, after: undefined,
        values: [{ column: 'game_date', ...shared(true, '2024-10-22') }, { column: 'plus_minus', ...shared(true, -2.6) }, { column: 'tipoff_at', ...shared(true, '2024-10-22T23:30:00.000Z') }],
      },
      {
        kind: 'came', before: undefined, after: came,
        values: [{ column: 'game_date', ...shared(false, '2024-10-22') }, { column: 'assists', ...shared(false, 5) }, { column: 'plus_minus', ...shared(false, 0) }, { column: 'tipoff_at', ...shared(false, '2024-10-22T23:30:00.000Z') }],
      },
    ]);
  });
});
