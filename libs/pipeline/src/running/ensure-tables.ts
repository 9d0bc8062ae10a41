import { STATE_TABLES, type Warehouse } from '@nba/kernel';
import type { Registry } from '../definition/registry';

/** Makes the state tables and every processor's table where they are not there. @throws NbaError WAREHOUSE_SCHEMA_DRIFT */
export async function ensureTables(warehouse: Warehouse, { processors }: Registry): Promise<void> {
  for (const table of [...STATE_TABLES, ...processors.map((processor) => processor.table)]) await warehouse.ensureTable(table);
}
