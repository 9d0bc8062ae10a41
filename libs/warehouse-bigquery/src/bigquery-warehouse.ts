import {
  tableId,
  type DateRange, type Lease, type Parameters, type PartitionContent, type PartitionReplacement, type QueryOptions, type Row, type Statement,
  type TableDefinition, type UnitReceipt, type Warehouse,
} from '@nba/kernel';
import { appendRows } from './append-rows';
import { costOf, type CostEstimate } from './cost';
import { freshJobName } from './job-identity';
import { QUESTION_LABELS } from './job-labels';
import type { ObjectLeases } from './object-leases';
import { partitionContent, readBackStatement } from './read-back';
import { replacePartitions } from './replace-partitions';
import { ensureTable } from './schema';
import type { Workplace } from './workplace';

/** The tables in the datasets of one Google Cloud project. Made by `openBigQueryWarehouse`. */
export class BigQueryWarehouse implements Warehouse {
  readonly concurrency: number;

  constructor(
    private readonly place: Workplace,
    readonly location: string,
    readonly leases: ObjectLeases,
    private readonly limits: { readonly statementTimeoutMs: number; readonly usdPerTiB: number | undefined; readonly concurrency: number },
  ) {
    this.concurrency = limits.concurrency;
  }

  /** @throws the signal's reason when it is aborted before the job is sent; a job that was sent goes on until its timeout */
  async query(text: string, parameters: Parameters = {}, { signal }: QueryOptions = {}): Promise<readonly Row[]> {
    signal?.throwIfAborted();
    return this.place.jobs.query({ text, parameters }, { name: freshJobName(), labels: QUESTION_LABELS });
  }

  ensureTable(table: TableDefinition): Promise<void> {
    return ensureTable(this.place.jobs, table, this.location);
  }

  /** The job itself asks whether its lease is still good before it writes. */
  replacePartitions(replacement: PartitionReplacement, lease: Lease): Promise<readonly UnitReceipt[]> {
    const timeoutMs = this.limits.statementTimeoutMs;
    return replacePartitions(this.place, replacement, {
      lease, timeoutMs, open: () => this.leases.openWriteWindow(lease, timeoutMs), close: () => this.leases.closeWriteWindow(lease),
    });
  }

  append(table: TableDefinition, rows: readonly Row[]): Promise<void> {
    return appendRows(this.place, table, rows);
  }

  async readBack(table: TableDefinition, range: DateRange): Promise<readonly PartitionContent[]> {
    const statement = readBackStatement(table, range);
    return (await this.place.jobs.query(statement, { name: freshJobName(), labels: { ...QUESTION_LABELS, table: tableId(table).replace('.', '-') } })).map(partitionContent);
  }

  /** How many bytes a statement would process, by a dry run: nothing is run and nothing billed. */
  async estimateBytes(statement: Statement): Promise<number> {
    return (await this.place.jobs.dryRun(statement)).bytesProcessed;
  }

  /** What a statement would cost on demand, by a dry run. */
  async estimateCost(statement: Statement): Promise<CostEstimate> {
    return costOf(await this.estimateBytes(statement), this.limits.usdPerTiB);
  }

  /** There is no connection to close: every call is a request of its own. */
  async close(): Promise<void> {}
}
