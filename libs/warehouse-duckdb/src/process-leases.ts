import { NbaError, type Clock, type Lease, type LeaseAnswer, type TableLeases } from '@nba/kernel';

/**
 * Leases on the tables of one DuckDB file. The file admits one process, which keeps all others out; these keep apart the
 * runners within it. So a lease of a process that has died is gone with it, and nobody ever waits for one.
 */
export class ProcessLeases implements TableLeases {
  private readonly current = new Map<string, Lease>();
  private readonly versions = new Map<string, number>();

  /** @param tell is given the tables being written whenever they change */
  constructor(
    private readonly clock: Clock,
    private readonly tell: (tables: readonly string[]) => void,
  ) {}

  async acquire(table: string, holder: string, durationMs: number): Promise<LeaseAnswer> {
    const heldBy = this.current.get(table);
    if (heldBy && !this.isOver(heldBy)) return { granted: false, heldBy };
    const version = (this.versions.get(table) ?? 0) + 1;
    this.versions.set(table, version);
    const lease = { table, holder, version, expiresAt: this.end(durationMs) };
    this.current.set(table, lease);
    this.tell([...this.current.keys()]);
    return { granted: true, lease };
  }

  async renew(lease: Lease, durationMs: number): Promise<Lease> {
    this.assertHeld(lease);
    const renewed = { ...lease, expiresAt: this.end(durationMs) };
    this.current.set(lease.table, renewed);
    return renewed;
  }

  async release(lease: Lease): Promise<void> {
    if (this.current.get(lease.table)?.version !== lease.version) return;
    this.current.delete(lease.table);
    this.tell([...this.current.keys()]);
  }

  async held(): Promise<readonly Lease[]> {
    return [...this.current.values()].filter((lease) => !this.isOver(lease)).sort((a, b) => (a.table < b.table ? -1 : 1));
  }

  async lastVersion(table: string): Promise<number> {
    return this.versions.get(table) ?? 0;
  }

  /**
   * A lease that has run out and that nobody else has asked for is still good: nobody else writes.
   * @throws NbaError LEASE_LOST when it has been released or given to somebody else
   */
  assertHeld({ table, version }: Lease): void {
    const now = this.current.get(table);
    if (now?.version === version) return;
    const why = now ? `given to ${now.holder} meanwhile` : 'released';
    throw new NbaError('LEASE_LOST', `${table} may not be written: its lease has been ${why}. Nothing was stored.`, {
      table, next: 'run the same command again when the other run has ended: it does what is left',
    });
  }

  private isOver({ expiresAt }: Lease): boolean {
    return expiresAt <= this.clock.now().toISOString();
  }

  private end(durationMs: number): string {
    return new Date(this.clock.now().getTime() + durationMs).toISOString();
  }
}
