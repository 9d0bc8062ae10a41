import { type GameDate, NbaError, type QueryPort, type RootCause, type Row, processorRunHistory, sql } from '@nba/kernel';
import { type Problems, type UnitName, findRootCauses, nameOf, rootsOf } from './root-causes';

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
  /** The smallest set of commands that puts this run right, in order: one for each phase in which it has a root. */
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
  const byName = new Map(problems.units.map((unit) => [nameOf(unit), unit]));
  const missing = new Set(problems.gaps.map(nameOf));
  const rootsOfUnits = units.map((unit) => rootsOf(unit, byName, missing));
  const keys = new Set(rootsOfUnits.flat().map(({ key }) => key));
  // What it waited for has been repaired.
  const freed = rootsOfUnits.some((roots) => roots.length === 0);
  return {
    runId, processor, trigger: String(first['trigger']), startedAt: String(first['started_at']),
    endings: endingsOf(rows), causes: findRootCauses(problems).filter(({ key }) => keys.has(key)), open: units.map(({ date }) => date),
    next: [...commandsFor(rootsOfUnits.flat(), problems.processors), ...(freed ? ['nx run backfill:retry'] : [])],
  };
}

/** A cause may have more dates than a run waits for, and several causes may be of one phase. */
function commandsFor(roots: readonly UnitName[], processors: Problems['processors']): string[] {
  const dates = new Map<number, Set<GameDate>>();
  for (const { processor, date } of roots) {
    const phase = processors.get(processor)?.phase ?? 2;
    dates.set(phase, (dates.get(phase) ?? new Set()).add(date));
  }
  return [...dates].sort(([a], [b]) => a - b).map(([phase, own]) => `nx run backfill:phase${phase} --dates=${[...own].sort().join(',')}`);
}

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
