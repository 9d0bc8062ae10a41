import { NbaError, processorRunHistory, tableId, type TableDefinition } from '@nba/kernel';
import { isDuplicate, isNotFound } from './faults';
import type { Jobs } from './jobs';
import { googleSqlType, schemaFields } from './schema-fields';

/** Where rows wait for their replacement. Its tables go by themselves after a day. */
export const STAGING_DATASET = 'nba_staging';
const STAGING_LIFE_MS = 86_400_000;
const CLUSTERING_COLUMNS = 4;

/** What the interface tells of a stored table. */
export interface StoredTable {
  readonly schema?: { readonly fields?: readonly { readonly name?: string; readonly type?: string }[] };
  readonly timePartitioning?: { readonly type?: string; readonly field?: string; readonly expirationMs?: string | null };
}

/** Tables of state are searched by run, by table and version, by message, and by incident: a date is not always known, so none can be asked for. */
const isState = ({ dataset }: TableDefinition): boolean => dataset === processorRunHistory.dataset;

/** The table as the interface makes it: a partition a day, which never expires, and rows of a key beside each other. */
export function tableMetadata(table: TableDefinition) {
  return {
    description: table.description,
    schema: { fields: schemaFields(table.columns) },
    timePartitioning: { type: 'DAY', field: table.partition },
    clustering: { fields: table.key.filter((column) => column !== table.partition).slice(0, CLUSTERING_COLUMNS) },
    requirePartitionFilter: !isState(table),
  };
}

/**
 * Makes dataset and table when they are not there.
 * @throws NbaError WAREHOUSE_SCHEMA_DRIFT naming the first column that differs
 */
export async function ensureTable(jobs: Jobs, table: TableDefinition, location: string): Promise<void> {
  await jobs.attempt(`create table ${tableId(table)}`, async () => {
    const stored = await findTable(jobs, table);
    if (stored) return assertSchema(table, stored, location);
    await createTable(jobs, table, location);
  });
}

async function createTable(jobs: Jobs, table: TableDefinition, location: string): Promise<void> {
  await ensureDataset(jobs, table.dataset);
  try {
    await jobs.client.dataset(table.dataset).createTable(table.name, tableMetadata(table));
  } catch (fault) {
    if (!isDuplicate(fault)) throw fault;
    assertSchema(table, (await findTable(jobs, table)) ?? {}, location);
  }
}

/** Makes the dataset in the client's location when it is not there. */
export async function ensureDataset(jobs: Jobs, dataset: string): Promise<void> {
  // Asked first: the service's own account may not make datasets, and where Terraform has made them it need not.
  const [isThere] = await jobs.client.dataset(dataset).exists();
  if (isThere) return;
  const life = dataset === STAGING_DATASET ? { defaultTableExpirationMs: String(STAGING_LIFE_MS) } : {};
  await jobs.client.createDataset(dataset, { location: jobs.location, ...life }).catch((fault: unknown) => {
    if (!isDuplicate(fault)) throw fault;
  });
}

async function findTable(jobs: Jobs, table: TableDefinition): Promise<StoredTable | undefined> {
  try {
    const [metadata] = await jobs.client.dataset(table.dataset).table(table.name).getMetadata();
    return metadata as StoredTable;
  } catch (fault) {
    if (isNotFound(fault)) return undefined;
    throw fault;
  }
}

/** @throws NbaError WAREHOUSE_SCHEMA_DRIFT naming the first column that differs, or by which the table is not partitioned */
export function assertSchema(table: TableDefinition, stored: StoredTable, location: string): void {
  const types = new Map((stored.schema?.fields ?? []).map(({ name = '', type = '' }) => [name, googleSqlType(type)]));
  for (const [name, { type }] of Object.entries(table.columns)) {
    const found = types.get(name);
    if (found === undefined) throw drift(table, location, name, `is declared as ${type} and is not stored`);
    if (found !== type) throw drift(table, location, name, `is declared as ${type} and stored as ${found}`);
    types.delete(name);
  }
  for (const [name, type] of types) throw drift(table, location, name, `is stored as ${type} and no longer declared`);
  if (stored.timePartitioning?.field !== table.partition) throw drift(table, location, table.partition, 'does not partition the stored table');
  if (stored.timePartitioning.expirationMs) throw drift(table, location, table.partition, `partitions the stored table with an expiration of ${stored.timePartitioning.expirationMs} ms: history would vanish`);
}

function drift(table: TableDefinition, location: string, column: string, how: string): NbaError {
  const id = tableId(table);
  return new NbaError('WAREHOUSE_SCHEMA_DRIFT', `${id} in ${location}: column ${column} ${how}.`, {
    table: id,
    field: column,
    next: `bq cp ${id} a backup, bq rm ${id}, then nx run backfill:all builds it anew from the lake`,
  });
}
