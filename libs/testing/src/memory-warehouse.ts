import { STATE_TABLES, type Clock, type TableDefinition } from '@nba/kernel';
import { openDuckDbWarehouse, type DuckDbWarehouse } from '@nba/warehouse-duckdb';
import { FixedClock } from './fixed-clock';

/** A warehouse in memory with the state tables and those given: what specs of other packages run on. Close it. */
export async function memoryWarehouse(
  tables: readonly TableDefinition[] = [],
  clock: Clock = new FixedClock('2025-06-30T12:00:00Z'),
): Promise<DuckDbWarehouse> {
  const warehouse = await openDuckDbWarehouse({ file: ':memory:', clock, command: 'spec' });
  for (const table of [...STATE_TABLES, ...tables]) await warehouse.ensureTable(table);
  return warehouse;
}
