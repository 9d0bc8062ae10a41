import type { Warehouse } from '@nba/kernel';
import { memoryWarehouse, warehouseContract } from '@nba/testing';
import { tracedWarehouse } from './traced-warehouse';

warehouseContract('A traced DuckDB in memory', async (clock) => tracedWarehouse(await memoryWarehouse([], clock)));

describe('tracedWarehouse', () => {
  it('passes on what it is told, and what it is asked about the place itself', async () => {
    const asked: unknown[][] = [];
    const note = (name: string) => async (...args: unknown[]) => { asked.push([name, ...args]); return name; };
    const leases = {};
    const inner = Object.fromEntries(['query', 'ensureTable', 'replacePartitions', 'estimateCost', 'append', 'readBack', 'close'].map((name) => [name, note(name)]));
    const warehouse = tracedWarehouse({ ...inner, location: 'bigquery:somewhere/US', leases, concurrency: 4, query: async (...args: unknown[]) => { asked.push(['query', ...args]); return []; } } as unknown as Warehouse);
    const [table, rows, range, statement] = [{ dataset: 'd', name: 't' }, [{}], { from: 'a', to: 'b' }, { text: 'SELECT 1', parameters: {} }];
    const replacement = { table, source: { statement } };
    await warehouse.query('SELECT 1', { a: 1 });
    const call = (name: string, args: unknown[]) => (warehouse as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>)[name]?.(...args);
    const calls: [string, unknown[]][] = [['ensureTable', [table]], ['replacePartitions', [replacement, 'lease']], ['estimateCost', [statement]], ['append', [table, rows]], ['readBack', [table, range]], ['close', []]];
    for (const [name, args] of calls) expect(await call(name, args)).toBe(name);
    expect(asked).toEqual([['query', 'SELECT 1', { a: 1 }], ...calls.map(([name, args]) => [name, ...args])]);
    expect([warehouse.location, warehouse.concurrency, warehouse.leases]).toEqual(['bigquery:somewhere/US', 4, leases]);
  });

  it('is one for one warehouse, however often it is asked for', async () => {
    const warehouse = await memoryWarehouse();
    expect(tracedWarehouse(warehouse)).toBe(tracedWarehouse(warehouse));
    expect(tracedWarehouse(tracedWarehouse(warehouse))).toBe(tracedWarehouse(warehouse));
    await warehouse.close();
  });
});
