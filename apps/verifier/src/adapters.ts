import type { LakePlace, WarehousePlace } from '@nba/command-line';
import type { ContainerModule } from 'inversify';

// Each adapter is loaded when it is chosen: a client library of Google's takes longer to load than most verifications.

/** The warehouse, to be read only. */
export async function warehouseModule(place: WarehousePlace): Promise<ContainerModule> {
  if (place.kind === 'duckdb') return (await import('@nba/warehouse-duckdb/inversify')).duckDbWarehouseModule({ file: place.file, command: 'verifier', readOnly: true });
  const { project, location } = place;
  return (await import('@nba/warehouse-bigquery/inversify')).bigQueryWarehouseModule({ project, location });
}

export async function lakeModule(place: LakePlace): Promise<ContainerModule> {
  const adapter = await import('@nba/raw-lake/inversify');
  return place.kind === 'folder' ? adapter.folderLakeModule(place.folder) : adapter.cloudStorageLakeModule({ bucket: place.bucket, prefix: place.prefix });
}
