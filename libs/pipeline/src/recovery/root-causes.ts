import { someDates } from '@nba/dependency-guard';
import type { GameDate, HeldUpUnits, RootCause, RunStatus } from '@nba/kernel';

/** A unit whose newest record says that it did not end well, or that it waits. */
export interface ProblemUnit {
  readonly processor: string;
  readonly phase: number;
  /** `dataset.table`. */
  readonly table: string;
  readonly date: GameDate;
  readonly status: Exclude<RunStatus, 'success' | 'empty_ok'>;
  readonly runId: string;
  readonly errorCode: string | null;
  readonly errors: string | null;
  /** Blocked units: the upstream units that are waited for. */
  readonly blockedBy: readonly UnitName[];
}

export interface UnitName {
  readonly processor: string;
  readonly date: GameDate;
}

/** A processor as far as messages need it. */
export interface Named {
  readonly phase: number;
  readonly table: string;
}

export interface Problems {
  readonly units: readonly ProblemUnit[];
  /** Units that are waited for and have no complete rows, though no problem is recorded of them. */
  readonly gaps: readonly UnitName[];
  /** Every processor by its name. */
  readonly processors: ReadonlyMap<string, Named>;
}

const PHASE_NAMES: Readonly<Record<number, string>> = { 2: 'Raw', 3: 'Analytics', 4: 'Precompute' };
/** Dates that are named in a title; the rest is counted. */
const NAMED = 5;

/** A unit at which a chain of waiting ends. */
interface Root extends UnitName {
  readonly key: string;
  readonly unit: ProblemUnit | undefined;
}

/**
 * What is wrong at the root, each once: a blocked unit counts with what it waits for, however long the chain. Units that
 * wait for something that has been repaired meanwhile have no root: they are about to run. In the order of their phases.
 */
export function findRootCauses({ units, gaps, processors }: Problems): RootCause[] {
  const byName = new Map(units.map((unit) => [nameOf(unit), unit]));
  const missing = new Set(gaps.map(nameOf));
  const causes = new Map<string, { readonly roots: Map<string, Root>; readonly heldUp: Map<string, ProblemUnit> }>();
  for (const unit of units) {
    for (const root of rootsOf(unit, byName, missing)) {
      const cause = causes.get(root.key) ?? { roots: new Map<string, Root>(), heldUp: new Map<string, ProblemUnit>() };
      causes.set(root.key, cause);
      cause.roots.set(nameOf(root), root);
      if (root.unit !== unit) cause.heldUp.set(nameOf(unit), unit);
    }
  }
  return [...causes].map(([key, { roots, heldUp }]) => causeOf(key, [...roots.values()], [...heldUp.values()], processors)).sort((a, b) => (a.resolution + a.key < b.resolution + b.key ? -1 : 1));
}

/** The ends of the chains that a unit hangs on; itself, when it does not wait. */
export function rootsOf(unit: ProblemUnit, byName: ReadonlyMap<string, ProblemUnit>, missing: ReadonlySet<string>): Root[] {
  const roots = new Map<string, Root>();
  const seen = new Set<string>();
  const ahead: (UnitName | ProblemUnit)[] = [unit];
  // A list that grows while it is walked.
  for (const name of ahead) {
    if (seen.has(nameOf(name))) continue;
    seen.add(nameOf(name));
    const problem = byName.get(nameOf(name));
    if (problem?.status === 'blocked' && problem.blockedBy.length > 0) ahead.push(...problem.blockedBy);
    else if (problem) roots.set(nameOf(name), { ...name, key: `${problem.processor} ${problem.errorCode ?? problem.status.toUpperCase()}`, unit: problem });
    else if (missing.has(nameOf(name))) roots.set(nameOf(name), { ...name, key: `${name.processor} DATA_GAPS`, unit: undefined });
  }
  return [...roots.values()];
}

export const nameOf = ({ processor, date }: UnitName): string => `${processor} ${date}`;

function causeOf(key: string, roots: readonly Root[], heldUp: readonly ProblemUnit[], processors: Problems['processors']): RootCause {
  const dates = roots.map(({ date }) => date).sort();
  const processor = roots[0]?.processor ?? '';
  const { phase, table } = processors.get(processor) ?? { phase: 2, table: processor };
  const units = roots.flatMap(({ unit }) => unit ?? []);
  const held = heldUpBy(heldUp);
  const firstHeldUp = Math.min(...heldUp.map((unit) => unit.phase));
  const blocks = heldUp.length > 0;
  const where = PHASE_NAMES[blocks ? firstHeldUp : phase] ?? `Phase ${phase}`;
  const what = units.length > 0
    ? `Upstream Failure — ${processor} ${endedAs(units)} for ${someDates(dates, NAMED)}`
    : `Data Gaps — ${dates.length} missing ${dates.length === 1 ? 'date' : 'dates'} in ${table}: ${someDates(dates, NAMED)}`;
  return {
    key,
    title: blocks ? `${where} BLOCKED: ${what}` : `${where} FAILED: ${what.replace('Upstream Failure — ', '')}`,
    dates,
    heldUp: held,
    errors: [...new Set(units.flatMap(({ errors }) => errors ?? []))],
    resolution: `nx run backfill:phase${phase} --dates=${dates.join(',')}`,
  };
}

function endedAs(units: readonly ProblemUnit[]): string {
  return [...new Set(units.map(({ status }) => (status === 'running' ? 'died while running' : status)))].join(' and ');
}

function heldUpBy(units: readonly ProblemUnit[]): HeldUpUnits[] {
  const dates = new Map<string, GameDate[]>();
  for (const { processor, date } of units) dates.set(processor, [...(dates.get(processor) ?? []), date]);
  return [...dates].map(([processor, own]) => ({ processor, dates: own.sort() })).sort((a, b) => (a.processor < b.processor ? -1 : 1));
}
