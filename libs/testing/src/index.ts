export { FixedClock } from './fixed-clock';
export { MemoryLake } from './memory-lake';
export { memoryWarehouse } from './memory-warehouse';
export { warehouseContract } from './warehouse/warehouse-contract';
export { eventBusContract } from './event-bus-contract';
export { rawLakeContract } from './raw-lake-contract';
export { plainClient } from './plain-client';
