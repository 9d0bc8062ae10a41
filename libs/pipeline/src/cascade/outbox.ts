import { type Clock, type CompletionEvent, type EventBus, type Warehouse, publishedRuns, sql } from '@nba/kernel';
import { readCompletions, readLandedRuns } from './recorded-completions';

const UNPUBLISHED = sql`run_id NOT IN (SELECT run_id FROM ${publishedRuns})`;

/**
 * Publishes what has been recorded. An event is made from the history and never from an intention, so it cannot be ahead
 * of its rows; and a run counts as published only when what it triggered has been taken up. A process that dies anywhere
 * between leaves its runs here, for whoever comes next.
 */
export class Outbox {
  /** Runs of this process that have ended, for whoever runs to add. */
  readonly ownRuns = new Set<string>();
  private readonly sent = new Set<string>();
  private readonly acknowledged = new Set<string>();
  private publishing: Promise<void> = Promise.resolve();

  constructor(
    private readonly warehouse: Warehouse,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * Finished runs with something new that were to be told of and have not been, in the order in which they started. A run is told
   * of once, and may land in several transactions: while somebody holds its table it is theirs to tell. Asked in this order:
   * what is recorded, and whose table nobody holds after that, has ended, and is read whole then.
   */
  async pending(): Promise<CompletionEvent[]> {
    const landed = (await readLandedRuns(this.warehouse, UNPUBLISHED)).filter(({ runId }) => !this.sent.has(runId));
    if (landed.length === 0) return [];
    const held = new Set((await this.warehouse.leases.held()).map(({ table }) => table));
    const ended = new Set(landed.filter(({ runId, outputTable }) => this.ownRuns.has(runId) || !held.has(outputTable)).map(({ runId }) => runId));
    return (await readCompletions(this.warehouse, UNPUBLISHED)).filter(({ runId }) => ended.has(runId));
  }

  /** Publishes what is pending. Not taken up yet: see {@link acknowledge}. Asked for twice at a time, it tells of nothing twice. */
  publish(): Promise<void> {
    const published = this.publishing.then(() => this.publishPending());
    this.publishing = published.catch(() => undefined);
    return published;
  }

  private async publishPending(): Promise<void> {
    for (const event of await this.pending()) {
      await this.bus.publish(event);
      this.sent.add(event.runId);
    }
  }

  /** To be called when everything that was published has been taken up. */
  async acknowledge(): Promise<void> {
    const taken = [...this.sent].filter((runId) => !this.acknowledged.has(runId));
    if (taken.length === 0) return;
    const publishedAt = this.clock.now().toISOString();
    await this.warehouse.append(publishedRuns, taken.map((runId) => ({ run_id: runId, published_on: publishedAt.slice(0, 10), published_at: publishedAt })));
    for (const runId of taken) this.acknowledged.add(runId);
  }
}
