import { resolve } from 'node:path';
import { type TableDefinition, tableId } from '@nba/kernel';

/** Where tables and documents are, for the names that lineage knows them by. */
export interface LineagePlaces {
  readonly warehouse: { readonly kind: 'duckdb'; readonly file: string } | { readonly kind: 'bigquery'; readonly project: string };
  readonly lake: { readonly kind: 'folder'; readonly folder: string } | { readonly kind: 'cloud-storage'; readonly bucket: string; readonly prefix: string };
}

/** A dataset as every tool names it that keeps to OpenLineage's naming. */
export interface DatasetName {
  readonly namespace: string;
  readonly name: string;
}

/** A table: `bigquery` and `project.dataset.table`, or, by the same rule, the DuckDB file and `dataset.table`, as the rules know no DuckDB. */
export function tableName(table: TableDefinition, { warehouse }: LineagePlaces): DatasetName {
  return warehouse.kind === 'bigquery'
    ? { namespace: 'bigquery', name: `${warehouse.project}.${tableId(table)}` }
    : { namespace: `duckdb://${encodeURI(resolve(warehouse.file))}`, name: tableId(table) };
}

/** The folder of the lake that holds a kind of documents. */
export function documentsName(kind: string, { lake }: LineagePlaces): DatasetName {
  return lake.kind === 'cloud-storage'
    ? { namespace: `gs://${lake.bucket}`, name: [lake.prefix, 'nba-com', kind].filter(Boolean).join('/') }
    : { namespace: 'file', name: `${resolve(lake.folder)}/nba-com/${kind}` };
}

/** A URI of the source that a dataset lies in: a project, a bucket, a file, a folder. */
export function sourceUri({ namespace, name }: DatasetName): string {
  if (namespace === 'bigquery') return `bigquery:${name.split('.')[0]}`;
  return namespace === 'file' ? `file://${encodeURI(name)}` : namespace;
}
