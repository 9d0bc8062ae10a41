import { type GameDate, type Lease, tableId } from '@nba/kernel';
import type { Hole } from '@nba/dependency-guard';
import type { Processor } from '../definition/processor';
import { isComplete } from '../running/unit-outcome';
import type { LedgerPage } from './ledger';

/**
 * The dates on which a table should have rows and has no complete unit: no record of completion, or other rows than were
 * recorded. Staleness is no hole: the rows are there. A run that is recorded as `running` is at work only while somebody
 * holds the table; else it has died.
 * @param expected dates on which the table should have rows
 */
export function findHoles(processor: Processor, expected: readonly GameDate[], { runs, stored }: LedgerPage, leases: readonly Lease[]): Map<GameDate, Hole> {
  const lease = leases.find(({ table }) => table === tableId(processor.table));
  const holes = new Map<GameDate, Hole>();
  for (const date of expected) {
    const run = runs.get(date);
    if (run && isComplete(run) && run.rows === (stored.get(date) ?? 0)) continue;
    // Somebody who is writing the table may be about to fill it; who knows how it ended before does not know how it is now.
    if (lease) holes.set(date, { recorded: 'running', runningBy: lease.holder });
    else holes.set(date, { recorded: !run || isComplete(run) ? null : (run.status as Hole['recorded']), runningBy: null });
  }
  return holes;
}
