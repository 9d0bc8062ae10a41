import { type Clock, type CompletionEvent, type EventBus, type GameDate, type Row, type Warehouse, TOPICS, processorRunHistory, publishedRuns, sql } from '@nba/kernel';

/**
 * Publishes what has been recorded. An event is made from the history and never from an intention, so it cannot be ahead
 * of its rows; and a run counts as published only when what it triggered has been taken up. A process that dies anywhere
 * between leaves its runs here, for whoever comes next.
 */
export class Outbox {
  private readonly sent = new Set<string>();
  private readonly acknowledged = new Set<string>();

  constructor(
    private readonly warehouse: Warehouse,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Finished runs with new content that were to be told of and have not been, in the order in which they started. */
  async pending(): Promise<CompletionEvent[]> {
    const rows = await this.warehouse.query(PENDING.text);
    const runs = new Map<string, Row[]>();
    for (const row of rows) runs.set(String(row['run_id']), [...(runs.get(String(row['run_id'])) ?? []), row]);
    return [...runs.values()].map(eventOf).filter(({ runId }) => !this.sent.has(runId));
  }

  /** Publishes what is pending. Not taken up yet: see {@link acknowledge}. */
  async publish(): Promise<void> {
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

/** A run without new content triggers nothing, and one that was to be quiet stays so. */
const PENDING = sql`SELECT run_id, processor_name, phase, output_table, correlation_id, data_date, status, rows_stored
  FROM ${processorRunHistory}
  WHERE status IN ('success', 'partial', 'empty_ok') AND rows_changed > 0 AND NOT skip_downstream_trigger
    AND run_id NOT IN (SELECT run_id FROM ${publishedRuns})
  ORDER BY started_at, run_id, data_date`;

function eventOf(rows: readonly Row[]): CompletionEvent {
  const first = rows[0] as Row;
  const phase = first['phase'] as CompletionEvent['phase'];
  return {
    schemaVersion: 1,
    topic: TOPICS[phase],
    processor: String(first['processor_name']),
    phase,
    runId: String(first['run_id']),
    correlationId: String(first['correlation_id']),
    gameDates: rows.map((row) => row['data_date'] as GameDate),
    outputTable: String(first['output_table']),
    status: rows.some(({ status }) => status === 'partial') ? 'partial' : 'success',
    rowCount: rows.reduce((sum, row) => sum + Number(row['rows_stored'] ?? 0), 0),
    skipDownstreamTrigger: false,
  };
}
