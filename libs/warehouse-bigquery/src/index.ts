export { openBigQueryWarehouse, type BigQueryOptions } from './open-bigquery-warehouse';
export { BigQueryWarehouse } from './bigquery-warehouse';
export { ObjectLeases } from './object-leases';
export { costOf, LIST_PRICE_USD_PER_TIB, type CostEstimate } from './cost';
export { STAGING_DATASET, tableMetadata } from './schema';
export { DEFAULT_RETRY, type RetryPolicy } from './retry';
