/** Where tables are. */
export type WarehousePlace =
  | { readonly kind: 'duckdb'; readonly file: string }
  | { readonly kind: 'bigquery'; readonly project: string; readonly location?: string; readonly bucket?: string; readonly maximumBytesBilled?: number };

/** Where documents are. */
export type LakePlace = { readonly kind: 'folder'; readonly folder: string } | { readonly kind: 'cloud-storage'; readonly bucket: string; readonly prefix: string };

/** Where events go. */
export type EventsPlace = { readonly kind: 'local' } | { readonly kind: 'pubsub'; readonly project: string };

/** Where the lineage of runs goes. */
export type LineagePlace = { readonly kind: 'none' } | { readonly kind: 'http'; readonly url: string } | { readonly kind: 'file'; readonly file: string };

/** A project id, as Google Cloud has them; emulators take shorter ones. */
const PROJECT = '[a-z][a-z0-9-]{1,28}[a-z0-9]';
export const WAREHOUSE_URL = new RegExp(`^(?:duckdb:(?<file>.+)|bigquery:(?<project>${PROJECT})(?:/(?<location>[A-Za-z][A-Za-z0-9-]*))?)$`);
export const LAKE_URL = /^(?:gs:\/\/(?<bucket>[a-z0-9][a-z0-9._-]{1,61}[a-z0-9])(?:\/(?<prefix>.+?))?\/?|(?<folder>(?!\w+:\/\/).+))$/;
export const LINEAGE_URL = /^(?:none|(?<url>https?:\/\/[^\s/]+(?:\/\S*)?)|file:(?<file>.+))$/;
export const EVENTS_URL = new RegExp(`^(?:local|pubsub:(?<project>${PROJECT}))$`);

/** @param url that {@link WAREHOUSE_URL} matches */
export function warehousePlace(url: string): WarehousePlace {
  const { file, project = '', location } = WAREHOUSE_URL.exec(url)?.groups ?? {};
  return file === undefined ? { kind: 'bigquery', project, location } : { kind: 'duckdb', file };
}

/** @param url that {@link LAKE_URL} matches */
export function lakePlace(url: string): LakePlace {
  const { bucket, prefix = '', folder = '' } = LAKE_URL.exec(url)?.groups ?? {};
  return bucket === undefined ? { kind: 'folder', folder } : { kind: 'cloud-storage', bucket, prefix };
}

/** @param url that {@link EVENTS_URL} matches */
export function eventsPlace(url: string): EventsPlace {
  const { project } = EVENTS_URL.exec(url)?.groups ?? {};
  return project === undefined ? { kind: 'local' } : { kind: 'pubsub', project };
}

/** @param url that {@link LINEAGE_URL} matches */
export function lineagePlace(text: string): LineagePlace {
  const { url, file } = LINEAGE_URL.exec(text)?.groups ?? {};
  if (url !== undefined) return { kind: 'http', url };
  return file === undefined ? { kind: 'none' } : { kind: 'file', file };
}
