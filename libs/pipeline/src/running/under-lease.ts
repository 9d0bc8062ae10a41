import type { Clock, Lease, TableLeases } from '@nba/kernel';

/** How long a lease holds without being renewed: after that a runner counts as dead. */
export const LEASE_MS = 60_000;
/** Time between two looks at a lease that is in the way. */
const LOOK_AGAIN_MS = 250;

export interface LeaseRequest {
  readonly leases: TableLeases;
  readonly clock: Clock;
  /** `dataset.table`. */
  readonly table: string;
  /** Who asks, for those who find the table taken. */
  readonly holder: string;
  /** How long to wait for another runner to be done with it. */
  readonly waitMs: number;
  /** Asked between two looks: whether to wait no longer, whatever the time. */
  readonly mustStop: () => boolean;
}

export type UnderLease<T> = { readonly held: true; readonly result: T } | { readonly held: false; readonly by: Lease };

/**
 * Does the work while holding a table, renewing the lease for as long as it takes, and frees it whatever happens.
 * When another runner has the table for longer than the wait, nothing is done.
 * @param work is told whether it had to wait for another runner, who may have done it meanwhile
 */
export async function underLease<T>(request: LeaseRequest, work: (lease: Lease, hasWaited: boolean) => Promise<T>): Promise<UnderLease<T>> {
  const { leases, clock } = request;
  let hasWaited = false;
  const answer = await acquire(request);
  if (!answer.granted) return { held: false, by: answer.heldBy };
  // A lease that has been lost is found by the next write, which is refused: that is the moment at which it matters.
  const renewal = setInterval(() => void leases.renew(answer.lease, LEASE_MS).catch(() => clearInterval(renewal)), LEASE_MS / 3);
  renewal.unref();
  try {
    return { held: true, result: await work(answer.lease, hasWaited) };
  } finally {
    clearInterval(renewal);
    await leases.release(answer.lease);
  }

  async function acquire({ table, holder, waitMs, mustStop }: LeaseRequest) {
    const deadline = clock.now().getTime() + waitMs;
    for (;;) {
      const asked = await leases.acquire(table, holder, LEASE_MS);
      if (asked.granted || clock.now().getTime() >= deadline || mustStop()) return asked;
      hasWaited = true;
      await clock.sleep(LOOK_AGAIN_MS);
    }
  }
}
