import { DuckDBInstance } from '@duckdb/node-api';
import { isTransient } from '@nba/kernel';
import { FixedClock } from '@nba/testing';
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
