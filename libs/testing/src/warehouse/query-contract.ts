import { type Cell, type Warehouse, tableId } from '@nba/kernel';
import { box, D1, player, summary } from './sample-tables';

/** GoogleSQL means the same everywhere: what the engines would do differently if nobody took care. */
export function queryContract(warehouse: () => Warehouse, otherwise: readonly string[] = []): void {
  const value = async (expression: string): Promise<Cell | undefined> => (await warehouse().query(`SELECT ${expression} AS v`))[0]?.['v'];

  describe('queries', () => {
    it('binds named parameters as data, used twice, unused, and NULL', async () => {
      const rows = await warehouse().query("SELECT @name AS a, CONCAT(@name, '!') AS b, CAST(@day AS DATE) AS d, @n + 1 AS n, CAST(@none AS INT64) AS none", {
        name: "O'Neal @day", day: '2025-01-26', n: 41, none: null, unused: 1,
      });
      expect(rows).toEqual([{ a: "O'Neal @day", b: "O'Neal @day!", d: '2025-01-26', n: 42, none: null }]);
    });

    it('is not asked what was called off before', async () => {
      const reason = new Error('nobody waits any more');
      await expect(warehouse().query('SELECT 1 AS v', {}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    });

    it('fails on a parameter that has no value, and on SQL that is none, with the head of the statement', async () => {
      await expect(warehouse().query('SELECT @absent AS v')).rejects.toMatchObject({ code: 'WAREHOUSE_STATEMENT_FAILED', message: expect.stringContaining('absent') });
      await expect(warehouse().query('SELEC 1')).rejects.toMatchObject({ code: 'WAREHOUSE_STATEMENT_FAILED', message: expect.stringContaining('SELEC 1') });
    });

    it.each<[string, Cell]>([
      ['SAFE_DIVIDE(1, 0)', null],
      ['SAFE_DIVIDE(1, 3)', 1 / 3],
      ['1 / 4', 0.25],
      ['0.44 + 0.1', 0.44 + 0.1],
      ['100 * 0.29', 100 * 0.29],
      ['GREATEST(1, NULL)', null],
      ['LEAST(CAST(NULL AS INT64), 1)', null],
      ['GREATEST(0, LEAST(100, 130))', 100],
      ['CAST(0.5 AS INT64)', 1],
      ['CAST(1.5 AS INT64)', 2],
      ['CAST(2.5 AS INT64)', 3],
      ['CAST(-0.5 AS INT64)', -1],
      ['ROUND(2.5)', 3],
      ["CONCAT('a', NULL)", null],
      ["ARRAY_TO_STRING(['a', NULL, 'b'], ',')", 'a,b'],
      ["DATE_DIFF(DATE '2025-03-01', DATE '2025-02-01', DAY)", 28],
      ["DATE_SUB(DATE '2025-03-01', INTERVAL 1 DAY)", '2025-02-28'],
      ["UNIX_DATE(DATE '2025-01-26')", 20114],
      ["EXTRACT(DAYOFWEEK FROM DATE '2025-01-26')", 1],
      ["CAST('2025-01-26T22:30:00-05:00' AS TIMESTAMP)", '2025-01-27T03:30:00.000Z'],
      ["IF(NULL, 1, 2)", 2],
      ["IFNULL(NULL, 3)", 3],
      ["SAFE_CAST('x' AS INT64)", null],
    ])('%s is %p', async (expression, expected) => {
      if (otherwise.includes(expression)) expect(await value(expression)).not.toEqual(expected);
      else expect(await value(expression)).toEqual(expected);
    });

    it('orders NULL first when ascending and last when descending, in windows too', async () => {
      const from = 'FROM UNNEST([2, NULL, 1]) AS n';
      const column = async (text: string) => (await warehouse().query(text)).map((row) => row['n']);
      expect(await column(`SELECT n ${from} ORDER BY n`)).toEqual([null, 1, 2]);
      expect(await column(`SELECT n ${from} ORDER BY n DESC`)).toEqual([2, 1, null]);
      expect(await column(`SELECT n ${from} ORDER BY n NULLS LAST`)).toEqual([1, 2, null]);
      expect(await column(`SELECT n ${from} WHERE TRUE QUALIFY ROW_NUMBER() OVER (ORDER BY n) = 1`)).toEqual([null]);
    });

    it('drops columns, unites sets, counts by condition and joins strings in order', async () => {
      expect(await warehouse().query('SELECT * EXCEPT (b) FROM (SELECT 1 AS a, 2 AS b) UNION DISTINCT SELECT 1')).toEqual([{ a: 1 }]);
      const text = "SELECT COUNTIF(n > 1) AS many, STRING_AGG(CAST(n AS STRING), '-' ORDER BY n DESC) AS names FROM UNNEST([1, 3, 2]) AS n";
      expect(await warehouse().query(text)).toEqual([{ many: 2, names: '3-2-1' }]);
    });

    it('sums a window over the preceding rows only', async () => {
      const text = 'SELECT n, SUM(n) OVER (ORDER BY n ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS before FROM UNNEST([1, 2, 3, 4]) AS n ORDER BY n';
      expect((await warehouse().query(text)).map((row) => row['before'])).toEqual([null, 1, 3, 5]);
    });

    it.each<[string, string, Record<string, number>]>([
      ['without parameters', 'points > 5', {}],
      ['with parameters', 'points > @least', { least: 5 }],
    ])('answers the same question anew when rows have come, %s', async (_, condition, parameters) => {
      const question = () => warehouse().query(`SELECT player_id, points FROM ${tableId(box)} WHERE ${condition} AND player_id NOT IN (SELECT player_id FROM ${tableId(summary)})`, parameters);
      await warehouse().query(`DELETE FROM ${tableId(box)} WHERE TRUE`);
      expect(await question()).toEqual([]);
      await warehouse().append(box, [player(D1, 1, null)]);
      expect(await question()).toEqual([]);
      await warehouse().append(box, [player(D1, 2, 10)]);
      expect(await question()).toEqual([{ player_id: 2, points: 10 }]);
    });

    it('answers many questions asked at once', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => warehouse().query('SELECT @i AS i', { i })));
      expect(answers.map((rows) => rows[0]?.['i'])).toEqual(Array.from({ length: 20 }, (_, i) => i));
    });
  });
}
