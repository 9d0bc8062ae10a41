import type { Configuration, EventsPlace, LakePlace, WarehousePlace } from '@nba/command-line';
import { ContainerModule } from 'inversify';

// Each adapter is loaded when it is chosen: a client library of Google's takes longer to load than most commands take to run.

/** How the warehouse is opened where that matters. */
export interface WarehouseUse {
  /** What is being run, for those who find the file in use. */
  readonly command: string;
  readonly readOnly: boolean;
  /** Longest time of one statement, where the place can bound it. */
  readonly statementTimeoutMs?: number;
}

export async function warehouseModule(place: WarehousePlace, { command, readOnly, statementTimeoutMs }: WarehouseUse): Promise<ContainerModule> {
  if (place.kind === 'duckdb') return (await import('@nba/warehouse-duckdb/inversify')).duckDbWarehouseModule({ file: place.file, command, readOnly });
  const { kind: _kind, ...where } = place;
  return (await import('@nba/warehouse-bigquery/inversify')).bigQueryWarehouseModule({ ...where, statementTimeoutMs });
}

export async function lakeModule(place: LakePlace): Promise<ContainerModule> {
  const adapter = await import('@nba/raw-lake/inversify');
  return place.kind === 'folder' ? adapter.folderLakeModule(place.folder) : adapter.cloudStorageLakeModule({ bucket: place.bucket, prefix: place.prefix });
}

export async function eventsModule(place: EventsPlace): Promise<ContainerModule> {
  if (place.kind === 'local') return (await import('@nba/events-local/inversify')).localEventBusModule();
  return (await import('@nba/events-pubsub/inversify')).pubSubEventBusModule({ project: place.project });
}

/** Who is told of runs for lineage; a module that binds nothing where nobody is. @param report where it is said that events cannot be delivered */
export async function lineageModule({ lineagePlace, warehousePlace: warehouse, lakePlace: lake }: Configuration, report: (message: string) => void): Promise<ContainerModule> {
  if (lineagePlace.kind === 'none') return new ContainerModule(() => undefined);
  return (await import('@nba/open-lineage/inversify')).openLineageModule(lineagePlace, { places: { warehouse, lake }, report });
}
