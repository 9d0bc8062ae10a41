import { FixedClock, warehouseContract } from '@nba/testing';
import { openDuckDbWarehouse } from './open-duckdb-warehouse';

warehouseContract('DuckDbWarehouse in memory', (clock) =>
  openDuckDbWarehouse({ file: ':memory:', clock, command: 'spec' }));

describe('a query that is called off', () => {
  /** Some days of work. */
  const ENDLESS = "SELECT COUNT(*) AS n FROM UNNEST(GENERATE_DATE_ARRAY('1900-01-01', '2100-01-01')) a, UNNEST(GENERATE_DATE_ARRAY('1900-01-01', '2100-01-01')) b, UNNEST(GENERATE_DATE_ARRAY('1900-01-01', '2100-01-01')) c WHERE a <> b AND b <> c";
  const gone = new Error('nobody waits any more');

  it('ends by the signal\'s reason, and its session serves the next', async () => {
    const warehouse = await openDuckDbWarehouse({ file: ':memory:', clock: new FixedClock('2025-01-27T12:00:00Z'), command: 'spec' });
    const controller = new AbortController();
    const asked = warehouse.query(ENDLESS, {}, { signal: controller.signal });
    setTimeout(() => controller.abort(gone), 50);
    await expect(asked).rejects.toBe(gone);
    expect(await warehouse.query('SELECT 1 AS n')).toEqual([{ n: 1 }]);
    await warehouse.close();
  });
});
