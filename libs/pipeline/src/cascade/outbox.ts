import { type Clock, type CompletionEvent, type EventBus, type GameDate, type Row, type Warehouse, TOPICS, processorRunHistory, publishedRuns, sql } from '@nba/kernel';

/**
 * Publishes what has been recorded. An event is made from the history and never from an intention, so it cannot be ahead
 * of its rows; and a run counts as published only when what it triggered has been taken up. A process that dies anywhere
 * between leaves its runs here, for whoever comes next.
 */
export class Outbox {
  private readonly sent = new Set<string>();
  private readonly acknowledged = new Set<string>();
  private publishing: Promise<void> = Promise.resolve();

  constructor(
    private readonly warehouse: Warehouse,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Finished runs with new content that were to be told of and have not been, in the order in which they started. */
  async pending(): Promise<CompletionEvent[]> {
    const rows = await this.warehouse.query(PENDING.text);
    return rows.map(eventOf).filter(({ runId }) => !this.sent.has(runId));
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

/** A run without new content triggers nothing, and one that was to be quiet stays so. */
const PENDING = sql`SELECT run_id, processor_name, phase, output_table, correlation_id, MIN(started_at) AS began,
    STRING_AGG(CAST(data_date AS STRING), ',' ORDER BY data_date) AS game_dates, COUNTIF(status = 'partial') AS partial, SUM(rows_stored) AS rows_held
  FROM ${processorRunHistory}
  WHERE status IN ('success', 'partial', 'empty_ok') AND rows_changed > 0 AND NOT skip_downstream_trigger
    AND run_id NOT IN (SELECT run_id FROM ${publishedRuns})
  GROUP BY run_id, processor_name, phase, output_table, correlation_id
  ORDER BY began, run_id`;

function eventOf(row: Row): CompletionEvent {
  const phase = row['phase'] as CompletionEvent['phase'];
  return {
    schemaVersion: 1,
    topic: TOPICS[phase],
    processor: String(row['processor_name']),
    phase,
    runId: String(row['run_id']),
    correlationId: String(row['correlation_id']),
    gameDates: String(row['game_dates']).split(',') as GameDate[],
    outputTable: String(row['output_table']),
    status: Number(row['partial']) > 0 ? 'partial' : 'success',
    rowCount: Number(row['rows_held'] ?? 0),
    skipDownstreamTrigger: false,
  };
}
