import { type CompletionEvent, type GameDate, type Parameters, type QueryPort, type Row, type Sql, TOPICS, processorRunHistory, sql } from '@nba/kernel';

/**
 * The events of finished runs with new content, as the history tells of them, in the order in which the runs started. A run
 * without new content triggers nothing, and one that was to be quiet stays so.
 * @param which a condition on the rows of the run history
 */
export async function readCompletions(port: QueryPort, which: Sql, parameters: Parameters = {}): Promise<CompletionEvent[]> {
  const rows = await port.query(
    sql`SELECT run_id, processor_name, phase, output_table, correlation_id, MIN(started_at) AS began,
        STRING_AGG(CAST(data_date AS STRING), ',' ORDER BY data_date) AS game_dates, COUNTIF(status = 'partial') AS partial, SUM(rows_stored) AS rows_held
      FROM ${processorRunHistory}
      WHERE status IN ('success', 'partial', 'empty_ok') AND rows_changed > 0 AND NOT skip_downstream_trigger AND (${which})
      GROUP BY run_id, processor_name, phase, output_table, correlation_id
      ORDER BY began, run_id`.text,
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
