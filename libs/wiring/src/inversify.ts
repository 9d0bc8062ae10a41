import type { EventsPlace, LakePlace, WarehousePlace } from '@nba/command-line';
import type { ContainerModule } from 'inversify';

// Each adapter is loaded when it is chosen: a client library of Google's takes longer to load than most commands take to run.

/** How the warehouse is opened where that matters. */
export interface WarehouseUse {
  /** What is being run, for those who find the file in use. */
  readonly command: string;
  readonly readOnly: boolean;
}

export async function warehouseModule(place: WarehousePlace, use: WarehouseUse): Promise<ContainerModule> {
  if (place.kind === 'duckdb') return (await import('@nba/warehouse-duckdb/inversify')).duckDbWarehouseModule({ file: place.file, ...use });
  const { kind: _kind, ...where } = place;
  return (await import('@nba/warehouse-bigquery/inversify')).bigQueryWarehouseModule(where);
}

export async function lakeModule(place: LakePlace): Promise<ContainerModule> {
  const adapter = await import('@nba/raw-lake/inversify');
  return place.kind === 'folder' ? adapter.folderLakeModule(place.folder) : adapter.cloudStorageLakeModule({ bucket: place.bucket, prefix: place.prefix });
}

export async function eventsModule(place: EventsPlace): Promise<ContainerModule> {
  if (place.kind === 'local') return (await import('@nba/events-local/inversify')).localEventBusModule();
  return (await import('@nba/events-pubsub/inversify')).pubSubEventBusModule({ project: place.project });
}
