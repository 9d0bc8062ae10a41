import type { DateRange, GameDate, GameType, Lease, QueryPort } from '@nba/kernel';
import { type GameCalendar, SCHEDULE_TABLE, resolveWindow } from '@nba/schedule';
import { type GuardedUpstream, findPreviousGameDates } from './check-window';
import type { StatedDependency } from './dependency';
import { loadMissingGames } from './load-missing-games';
import { type Patience, type RecordedRun, loadRecordedRuns } from './load-recorded-runs';
import type { GuardFailure, Hole } from './verdict';

/** What all dependencies of one check are looked at with. */
export interface Surroundings {
  readonly port: QueryPort;
  readonly calendar: GameCalendar;
  readonly gameTypes: readonly GameType[];
  /** Leases that are held now; null when there is nobody to ask. */
  readonly leases: readonly Lease[] | null;
  readonly patience: Patience | null;
}

const ENDED_WELL = ['success', 'empty_ok'];
const ENDED_BADLY = ['failed', 'partial', 'blocked', 'running', 'skipped'] as const satisfies readonly Hole['recorded'][];

/** Looks up which dates of a dependency's window, and of the game dates before, are holes. Never throws: a fault comes back as one. */
export async function loadUpstream(date: GameDate, dependency: StatedDependency, surroundings: Surroundings): Promise<GuardedUpstream | GuardFailure> {
  try {
    return await lookAt(date, dependency, surroundings);
  } catch (fault) {
    return failure(`${dependency.upstreamTable}: ${messageOf(fault)}`);
  }
}

async function lookAt(date: GameDate, dependency: StatedDependency, surroundings: Surroundings): Promise<GuardedUpstream | GuardFailure> {
  const { port, calendar, gameTypes } = surroundings;
  const { upstreamTable: table, upstreamProcessorName: processor, reach, effect, phase } = dependency;
  const window = [...new Set(resolveWindow(reach, date, calendar).map((game) => game.date))];
  const dates = [...new Set([...window, ...findPreviousGameDates(date, calendar)])].sort();
  // Without a window too: that the tables can be read is what the guard vouches for.
  const range: DateRange = { from: dates[0] ?? date, to: dates.at(-1) ?? date };

  const missing = await loadMissingGames(port, dependency, range, calendar, gameTypes);
  const unknown = missing.seasonsWithoutSchedule.join(', ');
  if (unknown) return failure(`${SCHEDULE_TABLE} holds no games of ${unknown}, so nobody knows what to expect of ${table}. Load the schedule first.`);

  const present = window.filter((one) => calendar.on(one, dependency.games).length > 0 && !missing.byDate.has(one));
  const runs = dependency.history ? await recordedRuns(dependency, range, present, surroundings) : new Map<GameDate, RecordedRun>();
  if ('kind' in runs) return runs;

  const holes = new Map<GameDate, Hole>();
  for (const one of dates) {
    const recorded = badEnd(runs.get(one));
    if (recorded !== null || missing.byDate.has(one)) holes.set(one, { recorded, runningBy: runningBy(runs.get(one), table, surroundings) });
  }
  const lookback = { reach, effect, columns: [] };
  return { table, processor, phase, lookbacks: [lookback], holes, missingGames: (one) => missing.byDate.get(one) ?? [] };
}

/** @param present dates on which the table lacks nothing: that nobody should have made them is not believed */
async function recordedRuns(
  { upstreamProcessorName: processor, upstreamTable: table }: StatedDependency, range: DateRange, present: readonly GameDate[], { port, patience }: Surroundings,
): Promise<ReadonlyMap<GameDate, RecordedRun> | GuardFailure> {
  let runs: ReadonlyMap<GameDate, RecordedRun>;
  try {
    runs = await loadRecordedRuns(port, processor, range, patience);
  } catch (fault) {
    return failure(`The run history could not be read (${messageOf(fault)}). Where there is none, say history: false.`);
  }
  const strange = [...runs].find(([, { status }]) => ![...ENDED_WELL, ...ENDED_BADLY].includes(status));
  if (strange) return failure(`The run history has ${processor} as "${strange[1].status}" for ${strange[0]}, which is no status that the guard knows.`);
  if (runs.size === 0 && present.length > 0) {
    return failure(`The run history knows no run of ${processor} from ${range.from} to ${range.to}, though ${table} has rows. Check the name, or say history: false.`);
  }
  return runs;
}

const badEnd = (run: RecordedRun | undefined): Hole['recorded'] => ENDED_BADLY.find((status) => status === run?.status) ?? null;

/** Who is at it: the lease on its table says; else a run that started lately is taken at its word. */
function runningBy(run: RecordedRun | undefined, table: string, { leases }: Surroundings): string | null {
  if (run?.status !== 'running') return null;
  if (leases) return leases.find((lease) => lease.table === table)?.holder ?? null;
  return run.isRecent ? `run ${run.runId}` : null;
}

const failure = (error: string): GuardFailure => ({ kind: 'guard-failed', error });

export const messageOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));
