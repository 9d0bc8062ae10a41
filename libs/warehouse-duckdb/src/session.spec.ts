import { DuckDBInstance } from '@duckdb/node-api';
import { isTransient } from '@nba/kernel';
import { FixedClock } from '@nba/testing';
import fc from 'fast-check';
import { Session } from './session';

describe('two sessions on one database', () => {
  it('tell a conflict, which may go well when it is tried again, from a statement that is wrong', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const [first, second] = await Promise.all([0, 1].map(async () => new Session(await instance.connect(), new FixedClock('2025-01-28T12:00:00Z'))));
    if (!first || !second) throw new Error('no sessions');
    await first.runNative('CREATE TABLE t AS SELECT 1 AS id, 1 AS n');
    await first.runNative('BEGIN');
    await second.runNative('BEGIN');
    await first.run('UPDATE t SET n = 2 WHERE id = @id', { id: 1 });
    const conflict = await second.run('UPDATE t SET n = 3 WHERE id = @id', { id: 1 }).catch((fault: unknown) => fault);
    expect(conflict).toMatchObject({ code: 'WAREHOUSE_UNAVAILABLE' });
    expect(isTransient(conflict)).toBe(true);
    const wrong = await first.run('UPDATE absent SET n = 3 WHERE id = @id', { id: 1 }).catch((fault: unknown) => fault);
    expect(wrong).toMatchObject({ code: 'WAREHOUSE_STATEMENT_FAILED' });
    expect(isTransient(wrong)).toBe(false);
    for (const session of [first, second]) session.close();
    instance.closeSync();
  });
});

describe('the parameters of a statement', () => {
  it('arrive as they were given, whatever stands in them, and leave strings and names alone', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const session = new Session(await instance.connect(), new FixedClock('2025-01-28T12:00:00Z'));
    const parameter = fc.oneof(fc.constant(null), fc.boolean(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (x === 0 ? 0 : x)), fc.string({ unit: 'binary' }), fc.constantFrom("it's", "'' -- ", '\0', "\0'\0", '$other', '@other', '\\', '0001'));
    await fc.assert(fc.asyncProperty(parameter, parameter, async (value, other) => {
      const [row] = await session.query("SELECT @value AS given, @other AS other, '@value $other' AS told, 1 AS `$value`", { value, other });
      expect(row).toEqual({ given: value, other, told: '@value $other', $value: 1 });
    }), { numRuns: 300 });
    session.close();
    instance.closeSync();
  });

  it('have the types of the port, and must be given', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const session = new Session(await instance.connect(), new FixedClock('2025-01-28T12:00:00Z'));
    const [types] = await session.query('SELECT typeof(@text) AS text, typeof(@whole) AS whole, typeof(@real) AS real, typeof(@flag) AS flag', { text: '2025-01-28', whole: -7, real: 0.1, flag: true });
    expect(types).toEqual({ text: 'VARCHAR', whole: 'BIGINT', real: 'DOUBLE', flag: 'BOOLEAN' });
    await expect(session.query('SELECT @missing AS m', {})).rejects.toMatchObject({ code: 'WAREHOUSE_STATEMENT_FAILED', message: expect.stringContaining('@missing has no value') });
    session.close();
    instance.closeSync();
  });
});
