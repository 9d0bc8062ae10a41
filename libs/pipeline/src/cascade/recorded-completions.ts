import { type CompletionEvent, type GameDate, type Parameters, type QueryPort, type Row, type Sql, NEWEST_RUN_FIRST, TOPICS, processorRunHistory, sql } from '@nba/kernel';

/**
 * The events of finished runs with something new, as the history tells of them, in the order in which the runs started. New is
 * a changed row, and a unit that is complete and was not: what was blocked by it waits for no row. A run with nothing new
 * triggers nothing, and one that was to be quiet stays so.
 * @param which a condition on the rows of the run history
 */
export async function readCompletions(port: QueryPort, which: Sql, parameters: Parameters = {}): Promise<CompletionEvent[]> {
  const rows = await port.query(
    sql`SELECT run_id, processor_name, phase, output_table, correlation_id, MIN(started_at) AS began,
        STRING_AGG(CAST(data_date AS STRING), ',' ORDER BY data_date) AS game_dates, COUNTIF(status = 'partial') AS partial, SUM(rows_stored) AS rows_held
      FROM (SELECT *, LAG(status) OVER (PARTITION BY processor_name, data_date ORDER BY started_at, finished_at NULLS LAST) AS status_before
        FROM (SELECT * FROM ${processorRunHistory} WHERE TRUE
          QUALIFY ROW_NUMBER() OVER (PARTITION BY processor_name, data_date, run_id ORDER BY ${NEWEST_RUN_FIRST}) = 1))
      WHERE (status = 'partial' AND rows_changed > 0
          OR status IN ('success', 'empty_ok') AND (rows_changed > 0 OR IFNULL(status_before, '') NOT IN ('success', 'empty_ok')))
        AND NOT skip_downstream_trigger AND (${which})
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
