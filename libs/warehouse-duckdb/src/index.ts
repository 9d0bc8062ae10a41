export { FILE_OPTIONS, openDuckDbWarehouse, type OpenOptions } from './open-duckdb-warehouse';
export { DuckDbWarehouse } from './duckdb-warehouse';
export { readOwner, type DuckDbOwner } from './owner-sidecar';
export { renderGoogleSql, type RenderedSql } from './render-google-sql';
export { PRELUDE } from './prelude';
export { columnDefinitions } from './schema';
