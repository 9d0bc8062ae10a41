import { CLOCK, WAREHOUSE, type Clock, type Warehouse } from '@nba/kernel';
import { ContainerModule, type ServiceIdentifier } from 'inversify';
import { openBigQueryWarehouse, type BigQueryOptions } from './open-bigquery-warehouse';

export type BigQueryWarehouseModuleOptions = Omit<BigQueryOptions, 'clock'>;

const clockId = CLOCK as ServiceIdentifier<Clock>;
const warehouseId = WAREHOUSE as ServiceIdentifier<Warehouse>;

/**
 * Binds the {@link Warehouse} port to the datasets of one Google Cloud project. Emulators are taken from `BIGQUERY_EMULATOR_HOST` and
 * `STORAGE_EMULATOR_HOST` when the options name none.
 */
export function bigQueryWarehouseModule(options: BigQueryWarehouseModuleOptions): ContainerModule {
  const emulators = { apiEndpoint: process.env['BIGQUERY_EMULATOR_HOST'], storageEndpoint: process.env['STORAGE_EMULATOR_HOST'] };
  return new ContainerModule(({ bind }) => {
    bind(warehouseId)
      .toResolvedValue((clock: Clock) => openBigQueryWarehouse({ ...emulators, ...options, clock }), [clockId])
      .inSingletonScope()
      .onDeactivation((warehouse) => warehouse.close());
  });
}
