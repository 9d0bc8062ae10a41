import { type PartitionReplacement, type UnitReceipt, type Warehouse, tableId } from '@nba/kernel';

/** Replaces partitions as a runner does: with a lease of its own on the table, which it gives back. */
export async function replaceUnderLease(warehouse: Warehouse, replacement: PartitionReplacement): Promise<readonly UnitReceipt[]> {
  const answer = await warehouse.leases.acquire(tableId(replacement.table), 'spec', 60_000);
  if (!answer.granted) throw new Error(`${answer.heldBy.table} is held by ${answer.heldBy.holder}`);
  try {
    return await warehouse.replacePartitions(replacement, answer.lease);
  } finally {
    await warehouse.leases.release(answer.lease);
  }
}
