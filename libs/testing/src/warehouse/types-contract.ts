import { defineTable, column, type Row, type Warehouse } from '@nba/kernel';
import { everyType } from './sample-tables';

/** Values come back as they went in. */
export function typesContract(warehouse: () => Warehouse): void {
  const row = (id: string, extra: Row): Row => ({ id, game_date: '2025-01-26', whole: null, ratio: null, is_home: null, seen_at: null, ...extra });
  const stored = async (id: string) => (await warehouse().query('SELECT * FROM nba_raw.every_type WHERE id = @id', { id }))[0];

  describe('types', () => {
    beforeAll(() => warehouse().ensureTable(everyType));

    it.each<[string, Row]>([
      ['the largest safe integer', { whole: Number.MAX_SAFE_INTEGER }],
      ['the smallest safe integer', { whole: Number.MIN_SAFE_INTEGER }],
      ['zero, which is not NULL', { whole: 0, ratio: 0, is_home: false }],
      ['NULL, which is not zero', {}],
      ['a third, to the last bit', { ratio: 1 / 3 }],
      ['a leap day', { game_date: '2024-02-29' }],
      ['an instant', { seen_at: '2025-01-27T03:30:00.500Z' }],
    ])('keeps %s', async (what, extra) => {
      await warehouse().append(everyType, [row(what, extra)]);
      expect(await stored(what)).toEqual(row(what, extra));
    });

    it.each(['Nikola Jokić', "De'Aaron Fox", 'a "quoted" `name`', "'); DROP TABLE x; --", 'line\nbreak \\ backslash', ''])('keeps the text %p', async (text) => {
      await warehouse().append(everyType, [row(text, { whole: 1 })]);
      expect(await warehouse().query('SELECT id FROM nba_raw.every_type WHERE id = @id', { id: text })).toEqual([{ id: text }]);
    });

    it('fills columns that a row leaves out with NULL', async () => {
      await warehouse().append(everyType, [{ id: 'short', game_date: '2025-01-26' }]);
      expect(await stored('short')).toEqual(row('short', {}));
    });

    it.each<[string, Row]>([
      ['text for an integer', { whole: '12' }],
      ['a fraction for an integer', { whole: 1.5 }],
      ['an unsafe integer', { whole: 2 ** 53 }],
      ['NaN', { ratio: NaN }],
      ['a number for a flag', { is_home: 1 }],
      ['a day that does not exist', { game_date: '2025-02-30' }],
      ['an instant without a zone', { seen_at: '2025-01-27T03:30:00' }],
      ['a column that the table has not', { surprise: 1 }],
    ])('refuses %s, and stores nothing of the call', async (what, wrong) => {
      await expect(warehouse().append(everyType, [row(`before ${what}`, {}), row(what, wrong)])).rejects.toMatchObject({ code: 'WAREHOUSE_STATEMENT_FAILED' });
      expect(await stored(`before ${what}`)).toBeUndefined();
      expect(await warehouse().query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });

    it('yields sums, counts and dates as the port promises', async () => {
      const rows = await warehouse().query(
        "SELECT SUM(n) AS total, COUNT(*) AS n, MAX(DATE '2025-01-26') AS d, AVG(n) AS mean FROM UNNEST([1, 2, 4]) AS n",
      );
      expect(rows).toEqual([{ total: 7, n: 3, d: '2025-01-26', mean: 7 / 3 }]);
    });

    it('fails rather than round an integer that a number cannot hold', async () => {
      await expect(warehouse().query('SELECT 9007199254740993 AS n')).rejects.toMatchObject({ code: 'WAREHOUSE_STATEMENT_FAILED' });
    });

    it('names the column when the stored table differs from its definition', async () => {
      const changed = defineTable({ ...everyType, columns: { ...everyType.columns, whole: column.text('Now text') } });
      const grown = defineTable({ ...everyType, columns: { ...everyType.columns, added: column.text('New') } });
      const { is_home: _, ...fewer } = everyType.columns;
      for (const [table, field] of [[changed, 'whole'], [grown, 'added'], [defineTable({ ...everyType, columns: fewer }), 'is_home']] as const) {
        await expect(warehouse().ensureTable(table)).rejects.toMatchObject({ code: 'WAREHOUSE_SCHEMA_DRIFT', fields: { field, table: 'nba_raw.every_type' } });
      }
      await warehouse().ensureTable(everyType);
    });
  });
}
