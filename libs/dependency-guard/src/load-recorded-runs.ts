import { type Clock, type DateRange, type GameDate, type QueryPort, NEWEST_RUN_FIRST, processorRunHistory, sql } from '@nba/kernel';

/** The newest record of a processor at one date. */
export interface RecordedRun {
  /** As it stands there: `success`, `failed`, `running`, … */
  readonly status: string;
  readonly runId: string;
  /** Started so lately that it may still be at work; false when there is no clock to tell by. */
  readonly isRecent: boolean;
}

/** How long ago a run may have started and still be taken for running. */
export interface Patience {
  readonly clock: Pick<Clock, 'now'>;
  readonly timeoutMs: number;
}

/** The newest record of each of the processor's dates in the range; dates without one are left out. */
export async function loadRecordedRuns(port: QueryPort, processor: string, { from, to }: DateRange, patience: Patience | null): Promise<ReadonlyMap<GameDate, RecordedRun>> {
  const recent = patience ? sql`started_at > CAST(@running_since AS TIMESTAMP)` : sql`FALSE`;
  // The date as text: clients differ in what they make of a DATE.
  const { text } = sql`SELECT CAST(data_date AS STRING) AS check_date, status, run_id, ${recent} AS is_recent
    FROM ${processorRunHistory}
    WHERE processor_name = @processor AND data_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)
    QUALIFY ROW_NUMBER() OVER (PARTITION BY data_date ORDER BY ${NEWEST_RUN_FIRST}) = 1`;
  const since = patience && { running_since: new Date(patience.clock.now().getTime() - patience.timeoutMs).toISOString() };
  const rows = await port.query(text, { processor, from, to, ...since });
  return new Map(rows.map((row) => [
    row['check_date'] as GameDate,
    { status: String(row['status']), runId: String(row['run_id']), isRecent: row['is_recent'] === true },
  ]));
}
