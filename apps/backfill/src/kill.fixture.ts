import { availableParallelism } from 'node:os';
import type { Ended, Running } from './programs.fixture';
import { type Found, query } from './warehouse-file.fixture';

/** The same numbers from the same seed, at least 0 and below 1 (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface KilledRuns {
  /** When each process was to be killed, in milliseconds after its start: print them when something is wrong. */
  readonly instants: readonly number[];
  /** How many kills met a process that was still alive. */
  readonly hits: number;
  /** The run that ended by itself. */
  readonly ended: Ended;
}

/**
 * Starts a program again and again and kills it at a random instant below `fullMs`, until one run ends before its instant,
 * or `maxHits` of them were killed: then one more is left alone.
 */
export async function killAgainAndAgain(begin: () => Running, fullMs: number, random: () => number, maxHits: number): Promise<KilledRuns> {
  const instants: number[] = [];
  for (let hits = 0; hits < maxHits; hits++) {
    const running = begin();
    const instant = Math.round(random() * fullMs);
    instants.push(instant);
    const timer = setTimeout(() => running.process.kill('SIGKILL'), instant);
    const ended = await running.ended;
    clearTimeout(timer);
    if (running.process.signalCode !== 'SIGKILL') return { instants, hits, ended };
  }
  return { instants, hits: maxHits, ended: await begin().ended };
}

/** What is recorded of each unit, oldest first, read with plain SQL. That a unit began may be written after its end, and is dated before it. */
const LIVES = `SELECT processor_name, CAST(data_date AS VARCHAR) AS date, string_agg(status, ',' ORDER BY started_at, rowid) AS life, last(run_id ORDER BY started_at, rowid) AS ended_by,
    last(run_id ORDER BY started_at, rowid) FILTER (status = 'running') AS started_by
  FROM nba_reference.processor_run_history GROUP BY ALL`;

/** How every unit ended, to be compared with those of a run that nobody killed. */
export function endedUnits(file: string): Promise<Found[]> {
  return query(file, `SELECT processor_name, date, regexp_extract(life, '[a-z_]+$') AS ended FROM (${LIVES}) ORDER BY ALL`);
}

/**
 * Units that did not live as they should: in flight any number of times and dead or skipped there, then started once more and ended well
 * by that same run, and never touched again. Nothing here asks our planner.
 */
export function unitsOutOfOrder(file: string): Promise<Found[]> {
  return query(file, `SELECT * FROM (${LIVES}) WHERE NOT regexp_full_match(life, '(running,(skipped,)?)*running,(success|empty_ok)') OR started_by <> ended_by`);
}

/** Units that were in flight when their process was killed. */
export async function unitsInFlight(file: string): Promise<number> {
  const [row] = await query(file, `SELECT COUNT(*) FILTER (status = 'running') - COUNT(*) FILTER (status <> 'running') AS n FROM nba_reference.processor_run_history`);
  return Number(row?.['n']);
}

const DIED = `(SELECT * FROM nba_reference.processor_run_history QUALIFY bool_and(status = 'running') OVER (PARTITION BY run_id))`;

/**
 * Processes that left more of a processor in flight than one statement's units, or the month of dates whose start is recorded
 * at once; or more processors than they run side by side.
 */
export async function lostTooMany(file: string): Promise<Found[]> {
  return [
    ...(await query(file, `SELECT correlation_id, processor_name, COUNT(DISTINCT run_id) AS runs, COUNT(*) AS units FROM ${DIED} GROUP BY ALL HAVING COUNT(DISTINCT run_id) > 1 AND COUNT(*) > 30`)),
    ...(await query(file, `SELECT correlation_id, COUNT(DISTINCT processor_name) AS processors FROM ${DIED} GROUP BY ALL HAVING COUNT(DISTINCT processor_name) > ${Math.min(availableParallelism(), 4)}`)),
  ];
}

/** Partitions that were written with new content other than once. */
export function writtenAgain(file: string): Promise<Found[]> {
  return query(file, `SELECT table_name, game_date, COUNT(*) AS times FROM nba_reference.partition_changes GROUP BY ALL HAVING COUNT(*) <> 1 ORDER BY ALL`);
}

/** Runs that changed something, and were not published exactly once. */
export function notPublishedOnce(file: string): Promise<Found[]> {
  return query(file, `SELECT run_id, COUNT(published_at) AS times
    FROM (SELECT DISTINCT run_id FROM nba_reference.processor_run_history WHERE rows_changed > 0) LEFT JOIN nba_reference.published_runs USING (run_id)
    GROUP BY run_id HAVING COUNT(published_at) <> 1`);
}
