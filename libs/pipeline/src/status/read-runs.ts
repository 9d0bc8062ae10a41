import { type GameDate, type QueryPort, type Sql, joinSql, processorRunHistory, sql } from '@nba/kernel';
import type { Processor } from '../definition/processor';

export interface RunQuery {
  readonly processor?: Processor;
  /** Runs at the unit of this date. */
  readonly date?: GameDate;
  /** Most runs; the newest come first. */
  readonly limit: number;
}

/** One run as the history has it: what it did at all its units. */
export interface RunSummary {
  readonly runId: string;
  readonly processor: string;
  /** ISO 8601, UTC; the end is null for a run that is at work, or died. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** How its units ended, and how many did so: `success: 160, empty_ok: 3`. */
  readonly endings: string;
  readonly units: number;
  readonly from: GameDate;
  readonly to: GameDate;
  readonly rows: number;
  readonly changes: number;
  readonly trigger: string;
  readonly errors: string | null;
}

/** The newest runs; none when there are none of the kind. Reads only. */
export async function readRuns(port: QueryPort, { processor, date, limit }: RunQuery): Promise<RunSummary[]> {
  const conditions: Sql[] = [sql`TRUE`, ...(processor ? [sql`processor_name = @processor`] : []), ...(date ? [sql`data_date = CAST(@date AS DATE)`] : [])];
  // The row of a start counts only while there is none of an end.
  const rows = await port.query(
    sql`SELECT run_id, processor_name, MIN(started_at) AS began, MAX(finished_at) AS ended, MIN(data_date) AS first_date, MAX(data_date) AS last_date,
        SUM(IF(status = 'running', 0, 1)) AS ended_units, SUM(IF(status = 'running', 1, 0)) AS begun_units,
        SUM(IFNULL(rows_stored, 0)) AS rows_held, SUM(IFNULL(rows_changed, 0)) AS changed, ANY_VALUE(trigger) AS asked_by, MAX(errors) AS errors,
        STRING_AGG(status, ',') AS statuses
      FROM ${processorRunHistory} WHERE ${joinSql(conditions, ' AND ')} GROUP BY run_id, processor_name ORDER BY began DESC, run_id LIMIT ${limit}`.text,
    { ...(processor && { processor: processor.name }), ...(date && { date }) },
  );
  return rows.map((row) => ({
    runId: String(row['run_id']), processor: String(row['processor_name']), startedAt: String(row['began']), finishedAt: row['ended'] as string | null,
    endings: endingsOf(String(row['statuses']).split(',')), units: Math.max(Number(row['ended_units']), Number(row['begun_units'])),
    from: row['first_date'] as GameDate, to: row['last_date'] as GameDate, rows: Number(row['rows_held']), changes: Number(row['changed']),
    trigger: String(row['asked_by']), errors: row['errors'] as string | null,
  }));
}

function endingsOf(statuses: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  const ended = [...counts].filter(([status]) => status !== 'running').reduce((sum, [, units]) => sum + units, 0);
  const open = (counts.get('running') ?? 0) - ended;
  counts.delete('running');
  return [...[...counts].sort(), ...(open > 0 ? [['running, or died', open] as const] : [])].map(([status, units]) => `${status}: ${units}`).join(', ');
}
