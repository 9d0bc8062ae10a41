import { type QueryPort, processorRunHistory, sql } from '@nba/kernel';
import type { PastStatement } from './estimate';

/** More are not looked at: what was long ago says little. */
const NEWEST = 2_000;

/** The newest statements that wrote rows, as the run history has them, oldest first. */
export async function readPastStatements(port: QueryPort): Promise<PastStatement[]> {
  const rows = await port.query(
    sql`SELECT correlation_id, processor_name, COUNT(*) AS units, MIN(started_at) AS began, MAX(finished_at) AS ended FROM ${processorRunHistory}
      WHERE phase < 5 AND status IN ('success', 'partial', 'empty_ok') AND finished_at IS NOT NULL
      GROUP BY correlation_id, run_id, attempt, processor_name ORDER BY began DESC LIMIT ${NEWEST}`.text,
  );
  return rows.map((row): PastStatement => {
    const [startedAt, finishedAt] = [Date.parse(String(row['began'])), Date.parse(String(row['ended']))];
    return { processor: String(row['processor_name']), units: Number(row['units']), ms: Math.max(0, finishedAt - startedAt), request: String(row['correlation_id']), startedAt, finishedAt };
  }).reverse();
}
