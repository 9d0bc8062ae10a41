import {
  type DateRange, type Lease, type Parameters, type PartitionContent, type PartitionReplacement, type QueryOptions, type Row,
  type TableDefinition, type UnitReceipt, type Warehouse,
} from '@nba/kernel';
import { appendRows } from './append-rows';
import type { ProcessLeases } from './process-leases';
import { readBack } from './read-back';
import { replacePartitions } from './replace-partitions';
import { ensureTable } from './schema';
import type { SessionPool } from './session-pool';

/** The tables in one DuckDB file, or in memory. Made by `openDuckDbWarehouse`. */
export class DuckDbWarehouse implements Warehouse {
  private lastDefinition: Promise<void> = Promise.resolve();

  constructor(
    private readonly sessions: SessionPool,
    readonly location: string,
    readonly leases: ProcessLeases,
    private readonly report: (progress: string) => void,
    private readonly release: () => void,
  ) {}

  get concurrency(): number {
    return this.sessions.size;
  }

  /** A query that is called off is interrupted: nobody else has to wait for its session. @throws the signal's reason once it is aborted */
  query(text: string, parameters?: Parameters, { signal }: QueryOptions = {}): Promise<readonly Row[]> {
    return this.sessions.use(async (session) => {
      signal?.throwIfAborted();
      const interrupt = () => session.connection.interrupt();
      signal?.addEventListener('abort', interrupt);
      try {
        return await session.query(text, parameters);
      } catch (fault) {
        signal?.throwIfAborted();
        throw fault;
      } finally {
        signal?.removeEventListener('abort', interrupt);
      }
    });
  }

  /** One after the other: two sessions that make the same schema at a time are in each other's way. */
  ensureTable(table: TableDefinition): Promise<void> {
    const made = this.lastDefinition.then(() => this.sessions.use((session) => ensureTable(session, table, this.location)));
    this.lastDefinition = made.catch(() => undefined);
    return made;
  }

  /** Tells those who find the file in use how far this process is. */
  reportProgress(text: string): void {
    this.report(text);
  }

  replacePartitions(replacement: PartitionReplacement, lease: Lease): Promise<readonly UnitReceipt[]> {
    return this.sessions.use(async (session) => {
      this.leases.assertHeld(lease);
      return replacePartitions(session, session.clock, replacement);
    });
  }

  /** One's own machine bills nothing. */
  async estimateCost(): Promise<null> {
    return null;
  }

  append(table: TableDefinition, rows: readonly Row[]): Promise<void> {
    return this.sessions.use((session) => session.transaction(() => appendRows(session, { table }, rows)));
  }

  readBack(table: TableDefinition, range: DateRange): Promise<readonly PartitionContent[]> {
    return this.sessions.use((session) => readBack(session, table, range));
  }

  async close(): Promise<void> {
    await this.sessions.close();
    this.release();
  }
}
