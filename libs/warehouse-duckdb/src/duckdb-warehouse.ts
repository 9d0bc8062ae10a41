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

/** As many rows as DuckDB puts into a row group: who has written fewer leaves groups that are small. */
const ROWS_OF_A_GROUP = 122_880;
/** For the next checkpoint: one merge of small row groups in each table that has changed. More are left to those who come after. */
const MERGE_ROW_GROUPS = 'SET max_vacuum_tasks = 1';

/** The tables in one DuckDB file, or in memory. Made by `openDuckDbWarehouse`. */
export class DuckDbWarehouse implements Warehouse {
  private lastDefinition: Promise<void> = Promise.resolve();
  private rowsWritten = 0;

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
      const receipts = await replacePartitions(session, session.clock, replacement);
      this.rowsWritten += receipts.reduce((sum, { rows }) => sum + rows, 0);
      return receipts;
    });
  }

  /** One's own machine bills nothing. */
  async estimateCost(): Promise<null> {
    return null;
  }

  append(table: TableDefinition, rows: readonly Row[]): Promise<void> {
    this.rowsWritten += rows.length;
    return this.sessions.use((session) => session.transaction(() => appendRows(session, { table }, rows)));
  }

  readBack(table: TableDefinition, range: DateRange): Promise<readonly PartitionContent[]> {
    return this.sessions.use((session) => readBack(session, table, range));
  }

  async close(): Promise<void> {
    // What keeps DuckDB from it has been told to whoever met it first.
    if (this.rowsWritten < ROWS_OF_A_GROUP) await this.sessions.use(({ connection }) => connection.run(MERGE_ROW_GROUPS)).catch(() => undefined);
    await this.sessions.close();
    this.release();
  }
}
