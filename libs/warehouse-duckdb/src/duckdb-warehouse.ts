import {
  type DateRange, type Lease, type Parameters, type PartitionContent, type PartitionReplacement, type Row,
  type TableDefinition, type UnitReceipt, type Warehouse,
} from '@nba/kernel';
import { appendRows } from './append-rows';
import type { ProcessLeases } from './process-leases';
import { readBack } from './read-back';
import { replacePartitions } from './replace-partitions';
import { ensureTable } from './schema';
import type { Session } from './session';

/** The tables in one DuckDB file, or in memory. Made by `openDuckDbWarehouse`. */
export class DuckDbWarehouse implements Warehouse {
  constructor(
    private readonly session: Session,
    readonly location: string,
    readonly leases: ProcessLeases,
    private readonly report: (progress: string) => void,
    private readonly release: () => void,
  ) {}

  query(text: string, parameters?: Parameters): Promise<readonly Row[]> {
    return this.session.exclusively(() => this.session.query(text, parameters));
  }

  ensureTable(table: TableDefinition): Promise<void> {
    return this.session.exclusively(() => ensureTable(this.session, table, this.location));
  }

  /** Tells those who find the file in use how far this process is. */
  reportProgress(text: string): void {
    this.report(text);
  }

  replacePartitions(replacement: PartitionReplacement, lease: Lease): Promise<readonly UnitReceipt[]> {
    return this.session.exclusively(async () => {
      this.leases.assertHeld(lease);
      return replacePartitions(this.session, this.session.clock, replacement);
    });
  }

  append(table: TableDefinition, rows: readonly Row[]): Promise<void> {
    return this.session.exclusively(() => this.session.transaction(() => appendRows(this.session, { table }, rows)));
  }

  readBack(table: TableDefinition, range: DateRange): Promise<readonly PartitionContent[]> {
    return this.session.exclusively(() => readBack(this.session, table, range));
  }

  async close(): Promise<void> {
    await this.session.exclusively(async () => {
      this.session.close();
      this.session.connection.closeSync();
      this.release();
    });
  }
}
