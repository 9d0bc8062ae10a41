import { column, days, defineTable, sameDate, sql, tableId } from '@nba/kernel';
import { blocks, defineDocumentProcessor, defineProcessor, reads } from '@nba/pipeline';
import { estimateCosts } from './estimate-costs';
import type { MeasuredTables, PartitionBytes } from './measure-tables';
import { billedBytes, replacementStatements } from './replacement-statements';

const { date, integer, text } = column;
const MIB = 2 ** 20;
const box = defineTable({ dataset: 'nba_raw', name: 'box', description: '', key: ['game_id'], columns: { game_date: date(''), game_id: text(''), points: integer(''), fouls: integer('') } });
const raw = defineDocumentProcessor({
  phase: 2, table: box, documents: 'player-boxscores', unit: 'date', games: 'final', upstreams: {}, spine: () => sql`SELECT 1`, revision: 1, interpret: () => ({ rows: [], findings: [], sources: [] }),
});
const form = defineTable({ dataset: 'nba_analytics', name: 'form', description: '', key: ['game_id'], columns: { game_date: date(''), game_id: text(''), mean: integer('') } });
const derived = defineProcessor({
  phase: 3, table: form, games: 'final', upstreams: { box: reads(raw, blocks(sameDate(), []), blocks(days(7, 'team'), ['points'])) }, spine: { keysOf: 'box' }, query: ({ from }) => sql`SELECT * FROM ${from.box}`,
});
/** 1 MiB a column and date. */
const partition = (table: typeof box, on: string, mib = 1): PartitionBytes => ({ date: on, rows: 10, columns: Object.fromEntries(Object.keys(table.columns).map((name) => [name, mib * MIB])) });
const measured = (mib?: number): MeasuredTables => new Map([box, form].map((table) => [tableId(table), ['2025-01-01', '2025-01-09', '2025-01-10'].map((on) => partition(table, on, mib))]));

describe('billedBytes', () => {
  it('counts each table with 10 MiB at least, and a statement too', () => {
    expect(billedBytes({})).toBe(10 * MIB);
    expect(billedBytes({ a: 0 })).toBe(10 * MIB);
    expect(billedBytes({ a: 1, b: 2 })).toBe(20 * MIB);
    expect(billedBytes({ a: 25 * MIB, b: 2 })).toBe(35 * MIB);
  });
});

describe('replacementStatements', () => {
  it('reads the declared columns in the declared window, and the own rows only when there are some', () => {
    const first = replacementStatements(derived, measured(), { from: '2025-01-10', to: '2025-01-10' }, false);
    // Date, game and points of the 9th and the 10th: 7 days reach back to the 3rd, and fouls are not read.
    expect(first['rows']).toEqual({ 'nba_raw.box': 6 * MIB });
    expect(first['snapshot']).toMatchObject({ 'nba_analytics.form': 0 });
    expect(first['insert']).toEqual({ staged_rows: 3 * MIB });
    expect([first['compare'], first['delete']]).toEqual([undefined, undefined]);
    // Rows, snapshot, insert, new partitions, read back, check, record, answer; with old rows a comparison and a deletion instead of the new partitions.
    expect(Object.keys(first)).toHaveLength(8);
    const again = replacementStatements(derived, measured(), { from: '2025-01-09', to: '2025-01-10' }, true);
    expect(again['compare']).toEqual({ 'nba_analytics.form': 6 * MIB, staged_rows: 6 * MIB });
    expect([again['newPartitions'], Object.keys(again).length]).toEqual([undefined, 9]);
  });

  it('takes rows that come from documents from where they were loaded to', () => {
    expect(replacementStatements(raw, measured(), { from: '2025-01-10', to: '2025-01-10' }, false)['rows']).toEqual({ loaded_rows: 4 * MIB });
  });
});

describe('estimateCosts', () => {
  it('scales the seasons there are to those asked for', () => {
    const [one, four] = [estimateCosts([raw, derived], measured(), 1), estimateCosts([raw, derived], measured(), 4)];
    expect(one.tables.slice(0, 2)).toEqual([{ table: 'nba_raw.box', rows: 30, bytes: 12 * MIB }, { table: 'nba_analytics.form', rows: 30, bytes: 9 * MIB }]);
    expect(four.tables[0]?.bytes).toBe(48 * MIB);
    expect(one.firstBackfill.map(({ statements }) => statements)).toEqual([8, 8]);
    expect(four.firstBackfill.map(({ statements, billed }, i) => [statements, billed / (one.firstBackfill[i]?.billed ?? 0)])).toEqual([[32, 4], [32, 4]]);
  });

  it('finds date by date dearer than a season in a statement: most of it is the least that is billed', () => {
    const { dateByDate, firstBackfill } = estimateCosts([raw, derived], measured(0.001), 1);
    expect(dateByDate).toBe(3 * (firstBackfill[1]?.billed ?? 0));
  });

  it('refuses a warehouse without games', () => {
    expect(() => estimateCosts([raw, derived], new Map(), 4)).toThrow('holds no game');
  });
});
