import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { PRELUDE } from './prelude';
import { renderGoogleSql } from './render-google-sql';

const rendered = (text: string) => renderGoogleSql(text).text;

describe('renderGoogleSql, the text', () => {
  it.each([
    ['SELECT 1 FROM `nba-props-platform.nba_raw.nbac_schedule`', 'SELECT 1 FROM "nba_raw"."nbac_schedule"'],
    ['SELECT 1 FROM `p`.`d`.`t` AS x', 'SELECT 1 FROM "d"."t" AS x'],
    ['SELECT `a`.`b`, `x y` FROM `d.t` a', 'SELECT "a"."b", "x y" FROM "d"."t" a'],
    ['SELECT `a`.* FROM t', 'SELECT "a".* FROM t'],
    ['SELECT @from, @x1', 'SELECT $from, $x1'],
    ["SELECT '@from `x` -- no', \"it's\"", "SELECT '@from `x` -- no', 'it''s'"],
    ['SELECT 1 -- @from\n, 2 # `x`\n/* DATE_DIFF( */ , 3', 'SELECT 1 , 2 , 3'],
    ["SELECT 'a\\'b'", "SELECT 'a''b'"],
    ['SELECT DATE_DIFF(a, DATE_SUB(b, INTERVAL 1 DAY), DAY)', "SELECT date_diff('day', (CAST(b AS DATE) - CAST((1) * 1 AS INTEGER)), a)"],
    ['SELECT * EXCEPT (a, b) FROM t', 'SELECT * EXCLUDE (a, b) FROM t'],
    ['SELECT x.* EXCEPT (a) FROM x', 'SELECT x.* EXCLUDE (a) FROM x'],
    ['SELECT 1 UNION DISTINCT SELECT 2 EXCEPT DISTINCT SELECT 3', 'SELECT 1 UNION SELECT 2 EXCEPT SELECT 3'],
    ['SELECT SAFE_CAST(a AS FLOAT64)', 'SELECT TRY_CAST(a AS DOUBLE)'],
    ['SELECT 0.44 * x, 1e3, 5', 'SELECT 0.44e0 * x, 1e3, 5'],
    ['SELECT d FROM UNNEST(GENERATE_DATE_ARRAY(a, b)) AS d', 'SELECT d FROM unnest(google_date_array(a, b)) AS d(d)'],
  ])('%s', (google, duck) => expect(rendered(google)).toBe(duck));

  it('names the parameters it met, and only those', () => {
    expect(renderGoogleSql("SELECT @a, '@b', @a -- @c").parameters).toEqual(['a']);
  });

  it.each([
    ['SELECT STRUCT(1 AS a)', 'STRUCT'],
    ['SELECT ARRAY_AGG(x ORDER BY y LIMIT 3)', 'LIMIT'],
    ['SELECT ARRAY<INT64>[1]', 'ARRAY<…>'],
    ['SELECT x[OFFSET(0)]', 'Indexing x'],
    ['SELECT DATE_DIFF(a, b, WEEK)', 'DATE_DIFF'],
    ['SELECT EXTRACT(WEEK FROM d)', 'WEEK'],
    ['SELECT CAST(a AS BYTES)', 'BYTES'],
    ["SELECT r'a'", 'prefix'],
    ["SELECT 'a''b'", 'side by side'],
    ['SELECT (1', 'brackets'],
    ['SELECT 2 ^ 3', '^'],
    ["SELECT 'open", 'Cannot read'],
    ['SELECT 1 /* open', 'does not end'],
    ['SELECT * FROM `a.b.c.d`', 'a.b.c.d'],
  ])('refuses %s and names it', (google, named) => {
    expect(() => rendered(google)).toThrow(expect.objectContaining({ code: 'WAREHOUSE_STATEMENT_FAILED', message: expect.stringContaining(named) }));
  });
});

describe('renderGoogleSql, the meaning', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    for (const statement of PRELUDE) await connection.run(statement);
  });
  afterAll(() => connection.closeSync());
  const value = async (expression: string) => (await connection.runAndReadAll(rendered(`SELECT ${expression}`))).getRowsJson()[0]?.[0];

  it.each([
    ["CAST('2.5' AS FLOAT64)", 2.5],
    ['CAST(CAST(0.5 AS FLOAT64) AS INT64)', '1'],
    ['CAST(-2.5 AS INT64)', '-3'],
    ["CAST('12' AS INT64)", '12'],
    ["SAFE_CAST('x' AS INT64)", null],
    ["CONCAT('a', NULL)", null],
    ["CONCAT('a', 'b', 'c')", 'abc'],
    ['GREATEST(1, NULL)', null],
    ['GREATEST(0, LEAST(100, 130))', 100],
    ['SAFE_DIVIDE(1, 0)', null],
    ['SAFE_DIVIDE(1, 4)', 0.25],
    ['1 / 2', 0.5],
    ["DATE_SUB(DATE '2025-03-01', INTERVAL 1 DAY)", '2025-02-28'],
    ["DATE_ADD(DATE '2025-01-31', INTERVAL 1 MONTH)", '2025-02-28'],
    ["DATE_DIFF(DATE '2025-03-01', DATE '2025-02-01', DAY)", '28'],
    ["UNIX_DATE(DATE '1970-01-02')", '1'],
    ["ARRAY_TO_STRING(['a', NULL, 'b'], ',')", 'a,b'],
    ["ARRAY_TO_STRING([CAST(NULL AS STRING)], ',')", ''],
    ["ARRAY_TO_STRING([], ',')", ''],
    ["ARRAY_TO_STRING(['', NULL, 'b, [c]'], ', ')", ', b, [c]'],
    ["ARRAY_TO_STRING((SELECT ARRAY_AGG(x) FROM UNNEST(['a', 'b']) AS x), '-')", 'a-b'],
    ["ARRAY_TO_STRING((SELECT ARRAY_AGG(x) FROM UNNEST(['a']) AS x WHERE FALSE), '-')", null],
    ["CAST('2025-01-01T00:00:00+05:00' AS TIMESTAMP)", '2024-12-31 19:00:00'],
    ["TIMESTAMP '2025-01-01 00:00:00+01'", '2024-12-31 23:00:00'],
    ["EXTRACT(DAYOFWEEK FROM DATE '2025-01-26')", '1'],
    ["DATE(TIMESTAMP '2025-01-27 03:00:00Z', 'America/New_York')", '2025-01-26'],
    ["DATE_TRUNC(DATE '2025-01-26', MONTH)", '2025-01-01'],
    ["DATE '2025-01-01' IN UNNEST(GENERATE_DATE_ARRAY('2024-12-31', '2025-01-02'))", true],
    ["TIMESTAMP_DIFF(TIMESTAMP '2025-01-01 00:01:59Z', TIMESTAMP '2025-01-01 00:00:00Z', MINUTE)", '1'],
    ['IF(1 > 2, 3, IFNULL(NULL, 4))', 4],
  ])('%s is %p', async (expression, expected) => expect(await value(expression)).toEqual(expected));

  it('aggregates as BigQuery does', async () => {
    const text = "SELECT STRING_AGG(x, ',' ORDER BY x DESC), COUNTIF(x > 'a'), COUNT(DISTINCT x) FROM UNNEST(['b', 'a', 'c']) AS x";
    expect((await connection.runAndReadAll(rendered(text))).getRowsJson()).toEqual([['c,b,a', '2', '3']]);
  });

  it('counts nothing as 0, in a window without rows too', async () => {
    const text = 'SELECT COUNTIF(n > 1) OVER (ORDER BY n ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS before FROM UNNEST([1, 2, 3]) AS n ORDER BY n';
    expect((await connection.runAndReadAll(rendered(text))).getRowsJson()).toEqual([['0'], ['0'], ['1']]);
    expect((await connection.runAndReadAll(rendered('SELECT COUNTIF(n > 1) AS many FROM UNNEST([1, 2]) AS n WHERE n > 5'))).getRowsJson()).toEqual([['0']]);
  });

  it('lists the dates between two dates', async () => {
    const text = "SELECT d FROM UNNEST(GENERATE_DATE_ARRAY('2024-02-28', DATE '2024-03-01')) d WHERE d > '2024-02-28' ORDER BY d";
    expect((await connection.runAndReadAll(rendered(text))).getRowsJson()).toEqual([['2024-02-29'], ['2024-03-01']]);
  });
});
