import { type DateRange, type GameDate, type QueryPort, type Row, type RunStatus, NEWEST_RUN_FIRST, processorRunHistory, sql } from '@nba/kernel';
import type { UnitRun } from './pipeline-survey';

/** The newest run of every unit in the range, by processor name and data date; units that have never run are left out. */
export async function readUnitRuns(port: QueryPort, range: DateRange): Promise<ReadonlyMap<string, ReadonlyMap<GameDate, UnitRun>>> {
  const rows = await port.query(
    sql`SELECT processor_name, data_date, run_id, status, started_at, finished_at, rows_expected, rows_missing, coverage_gaps, errors, units_together
      FROM (SELECT *, COUNT(*) OVER (PARTITION BY processor_name, run_id, attempt, started_at) AS units_together FROM ${processorRunHistory}
        WHERE data_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)) AS counted
      QUALIFY ROW_NUMBER() OVER (PARTITION BY processor_name, data_date ORDER BY ${NEWEST_RUN_FIRST}) = 1`.text,
    { from: range.from, to: range.to },
  );
  const runs = new Map<string, Map<GameDate, UnitRun>>();
  for (const row of rows) {
    const name = String(row['processor_name']);
    const own = runs.get(name) ?? new Map<GameDate, UnitRun>();
    runs.set(name, own);
    own.set(row['data_date'] as GameDate, unitRun(row));
  }
  return runs;
}

function unitRun(row: Row): UnitRun {
  const [startedAt, finishedAt] = [String(row['started_at']), row['finished_at'] as string | null];
  const expected = row['rows_expected'] as number | null;
  return {
    runId: String(row['run_id']),
    status: row['status'] as RunStatus,
    startedAt,
    statementMs: finishedAt === null ? null : Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)),
    unitsTogether: Number(row['units_together']),
    keys: expected === null ? null : { present: expected - Number(row['rows_missing'] ?? 0), expected },
    coverageGaps: row['coverage_gaps'] as string | null,
    errors: row['errors'] as string | null,
  };
}
