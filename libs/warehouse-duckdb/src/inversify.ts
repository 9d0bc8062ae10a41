import { CLOCK, WAREHOUSE, type Clock, type Warehouse } from '@nba/kernel';
import { ContainerModule, type ServiceIdentifier } from 'inversify';
import { openDuckDbWarehouse, type OpenOptions } from './open-duckdb-warehouse';

export type DuckDbWarehouseModuleOptions = Omit<OpenOptions, 'clock'>;

const clockId = CLOCK as ServiceIdentifier<Clock>;
// Opening a file takes a moment: who needs the warehouse is resolved with `getAsync` and is then given the warehouse itself.
const warehouseId = WAREHOUSE as ServiceIdentifier<Warehouse | Promise<Warehouse>>;

/**
 * Binds the {@link Warehouse} port to one DuckDB file. It is opened when it is first asked for, with `getAsync`,
 * and closed when the container is unbound.
 */
export function duckDbWarehouseModule(options: DuckDbWarehouseModuleOptions): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(warehouseId)
      .toResolvedValue((clock: Clock) => openDuckDbWarehouse({ ...options, clock }), [clockId])
      .inSingletonScope()
      .onDeactivation(async (warehouse) => (await warehouse).close());
  });
}
