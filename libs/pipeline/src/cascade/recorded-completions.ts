import { type CompletionEvent, type GameDate, type Parameters, type QueryPort, type Row, type Sql, NEWEST_RUN_FIRST, TOPICS, processorRunHistory, sql } from '@nba/kernel';

/** Rows of the run history that may be told of: how a run ended well, or in part, that was not to be quiet. */
const TELLABLE = sql`status IN ('success', 'partial', 'empty_ok') AND NOT skip_downstream_trigger`;

/** A run of which something has landed. */
export interface LandedRun {
  readonly runId: string;
  readonly outputTable: string;
}

/**
 * The runs of which something has landed that may be told of, whether or not it is new: {@link readCompletions} knows, and takes longer.
 * @param which a condition on the rows of the run history
 */
export async function readLandedRuns(port: QueryPort, which: Sql): Promise<LandedRun[]> {
  const rows = await port.query(sql`SELECT DISTINCT run_id, output_table FROM ${processorRunHistory} WHERE ${TELLABLE} AND (${which})`.text);
  return rows.map((row) => ({ runId: String(row['run_id']), outputTable: String(row['output_table']) }));
}

/**
 * The events of finished runs with something new, as the history tells of them, in the order in which the runs started. New is
 * a changed row, and a unit that is complete and was not: what was blocked by it waits for no row. A run with nothing new
 * triggers nothing, and one that was to be quiet stays so.
 * @param which a condition on the rows of the run history
 */
export async function readCompletions(port: QueryPort, which: Sql, parameters: Parameters = {}): Promise<CompletionEvent[]> {
  // How a unit stood before needs its whole history, but only on the dates that are told of.
  const rows = await port.query(
    sql`SELECT run_id, processor_name, phase, output_table, correlation_id, MIN(started_at) AS began,
        STRING_AGG(CAST(data_date AS STRING), ',' ORDER BY data_date) AS game_dates, COUNTIF(status = 'partial') AS partial, SUM(rows_stored) AS rows_held
      FROM (SELECT *, LAG(status) OVER (PARTITION BY processor_name, data_date ORDER BY started_at, finished_at NULLS LAST) AS status_before
        FROM (SELECT run_id, processor_name, data_date, phase, output_table, correlation_id, started_at, finished_at, status, rows_stored, rows_changed, skip_downstream_trigger
          FROM ${processorRunHistory}
          WHERE data_date IN (SELECT data_date FROM ${processorRunHistory} WHERE ${TELLABLE} AND (${which}))
          QUALIFY ROW_NUMBER() OVER (PARTITION BY processor_name, data_date, run_id ORDER BY ${NEWEST_RUN_FIRST}) = 1))
      WHERE ${TELLABLE} AND (rows_changed > 0 OR status <> 'partial' AND IFNULL(status_before, '') NOT IN ('success', 'empty_ok')) AND (${which})
      GROUP BY run_id, processor_name, phase, output_table, correlation_id
      ORDER BY began, phase, output_table, run_id`.text,
    parameters,
  );
  return rows.map(eventOf);
}

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
