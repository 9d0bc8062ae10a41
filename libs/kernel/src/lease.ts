/** The right to write one table, for a while. */
export interface Lease {
  /** `dataset.table`. */
  readonly table: string;
  /** Who has it, in words for those who find it taken: `backfill all, 2024-25 (process 4711)`. */
  readonly holder: string;
  /** One more than the table's last. A replacement under a lease that has been given to somebody else since is refused. */
  readonly version: number;
  /** ISO 8601, UTC. From then on anybody may take it, unless it has been renewed. */
  readonly expiresAt: string;
}

/** What comes of asking for a lease: one's own, or the one that is in the way. */
export type LeaseAnswer =
  | { readonly granted: true; readonly lease: Lease }
  | { readonly granted: false; readonly heldBy: Lease };

/**
 * Leases on tables, so that two runners never write the same one at once. A lease ends by release, or by itself when its
 * holder is gone and has not renewed it.
 */
export interface TableLeases {
  acquire(table: string, holder: string, durationMs: number): Promise<LeaseAnswer>;
  /** Puts the end off, counted from now. @throws NbaError LEASE_LOST naming the new holder when it has been taken since */
  renew(lease: Lease, durationMs: number): Promise<Lease>;
  /** Frees the table. Nothing happens when the lease has been lost meanwhile. */
  release(lease: Lease): Promise<void>;
  /** Those that are held now, by table. */
  held(): Promise<readonly Lease[]>;
  /** The version of the table's last lease, held or not; 0 when there was none. Who finds it raised knows that others have been at work. */
  lastVersion(table: string): Promise<number>;
}
