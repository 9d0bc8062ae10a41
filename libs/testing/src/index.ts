export { FixedClock } from './fixed-clock';
export { MemoryLake } from './memory-lake';
export { memoryWarehouse } from './memory-warehouse';
export { warehouseContract } from './warehouse/warehouse-contract';
export { replaceUnderLease } from './warehouse/replace-under-lease';
export { eventBusContract } from './event-bus-contract';
export { rawLakeContract } from './raw-lake-contract';
export { alertChannelContract, type ChannelUnderTest } from './alert-channel-contract';
export { plainClient } from './plain-client';
