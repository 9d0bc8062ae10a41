import { type GameDate, NbaError, type QueryPort, type RootCause, type Row, processorRunHistory, sql } from '@nba/kernel';
import { type Problems, type ProblemUnit, findRootCauses } from './root-causes';

/** How a run ended at some of its units, all alike. */
export interface RunEnding {
  readonly status: string;
  readonly dates: readonly GameDate[];
  readonly errors: string | null;
}

/** Why a run ended as it did, and what is to be done about it now. */
export interface Explanation {
  readonly runId: string;
  readonly processor: string;
  readonly trigger: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endings: readonly RunEnding[];
  /** What is still wrong at the root of it; empty when the run went well or everything has been repaired. */
  readonly causes: readonly RootCause[];
  /** Dates of the run that are wrong still. */
  readonly open: readonly GameDate[];
  /** The smallest set of commands that puts it right, in order. */
  readonly next: readonly string[];
}

/** @throws NbaError INVALID_ARGUMENT when the history knows no such run */
export async function explainRun(runId: string, problems: Problems, port: QueryPort): Promise<Explanation> {
  const rows = await port.query(sql`SELECT processor_name, data_date, status, errors, trigger, started_at FROM ${processorRunHistory} WHERE run_id = @runId ORDER BY data_date, started_at`.text, { runId });
  const [first] = rows;
  if (!first) {
    throw new NbaError('INVALID_ARGUMENT', `There is no run ${runId} in the history.`, {
      field: 'run id', next: 'backfill sql "SELECT run_id, processor_name, data_date, status FROM nba_reference.processor_run_history ORDER BY started_at DESC LIMIT 20"',
    });
  }
  const processor = String(first['processor_name']);
  const units = problems.units.filter((unit) => unit.processor === processor && rows.some((row) => row['data_date'] === unit.date));
  const causes = findRootCauses(problems).filter((cause) => units.some((unit) => concerns(cause, unit)));
  const freed = units.some((unit) => !causes.some((cause) => concerns(cause, unit)));
  return {
    runId, processor, trigger: String(first['trigger']), startedAt: String(first['started_at']),
    endings: endingsOf(rows), causes, open: units.map(({ date }) => date),
    next: [...new Set(causes.map(({ resolution }) => resolution)), ...(freed ? ['nx run backfill:retry'] : [])],
  };
}

const concerns = (cause: RootCause, { processor, date }: ProblemUnit): boolean =>
  (cause.key.startsWith(`${processor} `) && cause.dates.includes(date)) || cause.heldUp.some((held) => held.processor === processor && held.dates.includes(date));

/** The newest row of each date, those that say the same together. A run without an end has died. */
function endingsOf(rows: readonly Row[]): RunEnding[] {
  const newest = new Map(rows.map((row) => [row['data_date'], row]));
  const endings = new Map<string, { status: string; dates: GameDate[]; errors: string | null }>();
  for (const row of newest.values()) {
    const status = row['status'] === 'running' ? 'running, or died while running' : String(row['status']);
    const errors = row['errors'] as string | null;
    const known = endings.get(`${status} ${errors}`);
    if (known) known.dates.push(row['data_date'] as GameDate);
    else endings.set(`${status} ${errors}`, { status, dates: [row['data_date'] as GameDate], errors });
  }
  return [...endings.values()];
}
