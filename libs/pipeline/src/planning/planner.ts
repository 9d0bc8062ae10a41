import { type DateRange, type GameDate, type Lease, type Season, NbaError, isWithin, seasonOf, seasonSpan, tableId } from '@nba/kernel';
import { type GuardedUpstream, type Verdict, bothVerdicts, checkPreviousGameDate, checkWindow, describeReason } from '@nba/dependency-guard';
import type { GameCalendar, Scope } from '@nba/schedule';
import { codeVersion } from '../definition/code-version';
import { findHoles } from './holes';
import { type LakeIndex, sourceDocuments } from './lake-index';
import type { Ledger, LedgerPage } from './ledger';
import { type BlockedUnit, type PlannedUnit, type UnitPlan, groupUnits } from './planned-unit';
import { type DocumentProcessor, type PipelineSettings, type Processor, isSeasonal } from '../definition/processor';
import { readMissingGames } from './missing-games';
import { type RecordedChange, findReachingChanges } from './reaching-changes';
import { readTrails } from './read-trails';
import type { RecordedRun } from './recorded-run';
import { tracedPlan } from '../telemetry/traced-plan';
import { leadsTo } from './trails';
import { type UnitFacts, type UnitState, unitState } from './unit-state';

/** What a plan is made from, beside the processor. */
export interface PlanningContext {
  readonly scope: Scope;
  readonly calendar: GameCalendar;
  readonly ledger: Ledger;
  readonly lake: LakeIndex;
  readonly settings: PipelineSettings;
  /** Today in US Eastern time: no unit lies after it. */
  readonly today: GameDate;
  /** Most units in one statement. */
  readonly maxGroup: number;
  /** Run complete units too. */
  readonly force: boolean;
  /** Holes in blocking windows are told as coverage instead of blocking. */
  readonly allowGaps: boolean;
  /** Single dates in strict mode: what is upstream must also have ended well at the game date before. */
  readonly checkPrevious: boolean;
  /** Who else is writing which table now. */
  readonly leases: readonly Lease[];
  /** Which of the units that are not complete are to be run; by default all. */
  readonly wants?: (state: UnitState) => boolean;
  /** Units to be taken for complete because they are about to run, by processor: for looking ahead. */
  readonly presumed?: ReadonlyMap<Processor, ReadonlySet<GameDate>>;
}

const NOTHING_NEEDED: Verdict = { kind: 'clear', coverageGaps: null };

interface Unit {
  readonly date: GameDate;
  readonly partitions: DateRange;
  readonly expected: boolean;
}

/** The units of one processor in the scope that are not complete: ready ones in groups, waiting ones with reasons. No effects. */
export function planUnits(processor: Processor, context: PlanningContext): Promise<UnitPlan> {
  return tracedPlan(processor, context.scope, () => findUnits(processor, context));
}

async function findUnits(processor: Processor, context: PlanningContext): Promise<UnitPlan> {
  const { ledger, force, allowGaps } = context;
  const page = await ledger.page(processor);
  const units = unitsOf(processor, context, page);
  const states = await statesOf(processor, units, context, page);
  const guard = await guardOf(processor, context);

  const ready: PlannedUnit[] = [];
  const blocked: BlockedUnit[] = [];
  const complete: GameDate[] = [];
  for (const [i, { date, partitions, expected }] of units.entries()) {
    const state = states[i] as UnitState;
    if (state.kind === 'complete' && !(force && expected)) {
      if (expected) complete.push(date);
      continue;
    }
    if (context.wants && !context.wants(state)) continue;
    // To empty a unit nothing is computed: it waits for nothing.
    const verdict = expected ? guard(date) : NOTHING_NEEDED;
    if (verdict.kind === 'blocked' && !allowGaps) blocked.push({ date, reasons: verdict.reasons });
    else ready.push({ date, partitions, state, coverageGaps: allowedGaps(verdict), lost: lostBy(page.runs.get(date), rowsWithin(partitions, page.stored)) });
  }
  return { groups: groupUnits(ready, context.maxGroup), blocked, complete };
}

/** How many units of a processor the calendar expects in the scope. */
export function countExpected(processor: Processor, context: Pick<PlanningContext, 'scope' | 'calendar' | 'today'>): number {
  return unitsOf(processor, context, { stored: new Map(), runs: new Map() }).length;
}

/** Every unit of the scope: what the calendar expects, and what is stored, or recorded as stored, though it should not be. */
function unitsOf(processor: Processor, { scope, calendar, today }: Pick<PlanningContext, 'scope' | 'calendar' | 'today'>, { stored, runs }: Pick<LedgerPage, 'stored' | 'runs'>): Unit[] {
  if (isSeasonal(processor)) {
    return scope.seasons.map(seasonSpan).map((partitions) => ({ date: partitions.from, partitions, expected: true }));
  }
  const expected = new Set(scope.ranges.flatMap((range) => calendar.dates(range, processor.games)).filter((date) => date <= today));
  const unexpected = new Set([...stored.keys()].filter((date) => !expected.has(date)));
  for (const { date, left } of runs.values()) if (left && left.rows > 0 && !expected.has(date)) unexpected.add(date);
  // Without a schedule nothing is known to be wrong: what is stored of such a season is left alone.
  const isWrong = (date: GameDate): boolean => date <= today && scope.ranges.some((range) => isWithin(date, range)) && calendar.games.some(({ season }) => season === seasonOf(date));
  const dates = [...expected, ...[...unexpected].filter(isWrong)].sort();
  return dates.map((date) => ({ date, partitions: { from: date, to: date }, expected: expected.has(date) }));
}

async function statesOf(processor: Processor, units: readonly Unit[], context: PlanningContext, page: LedgerPage): Promise<UnitState[]> {
  const version = codeVersion(processor, context.settings);
  const facts: UnitFacts[] = [];
  for (const { date, partitions, expected } of units) {
    const documents = processor.kind === 'document' ? sourceDocuments(await documentsOf(processor, date, context)) : null;
    facts.push({ date, expected, storedRows: rowsWithin(partitions, page.stored), run: page.runs.get(date), documents, codeVersion: version });
  }
  const causes = await causesOf(processor, facts.filter((one) => one.expected && unitState(one, undefined).kind === 'complete'), context);
  return facts.map((one) => unitState(one, causes.get(one.date)));
}

/** For each unit that is complete as it is: a change of what it reads that its run has not seen, where there is one. */
async function causesOf(processor: Processor, facts: readonly UnitFacts[], context: PlanningContext): Promise<ReadonlyMap<GameDate, RecordedChange>> {
  const runs = facts.flatMap(({ run }) => run ?? []);
  const changes = await context.ledger.changesFor(processor, runs);
  const candidates = runs.map((run) => ({ date: run.date, reaching: findReachingChanges(processor, run.date, run, changes) })).filter(({ reaching }) => reaching.length > 0);
  if (candidates.length === 0) return new Map();
  const factsOf = await readTrails(processor, candidates.flatMap(({ reaching }) => reaching), candidates.map(({ date }) => date), context);
  const causes = candidates.map(({ date, reaching }) => [date, reaching.find((one) => leadsTo(one, date, factsOf(one.upstream)))?.change] as const);
  return new Map(causes.filter((entry): entry is readonly [GameDate, RecordedChange] => entry[1] !== undefined));
}

function lostBy(run: RecordedRun | undefined, storedRows: number): PlannedUnit['lost'] {
  return run?.left && run.left.rows !== storedRows ? { hash: run.left.hash } : null;
}

function rowsWithin(range: DateRange, stored: ReadonlyMap<GameDate, number>): number {
  if (range.from === range.to) return stored.get(range.from) ?? 0;
  let rows = 0;
  for (const [date, count] of stored) if (isWithin(date, range)) rows += count;
  return rows;
}

/** The lake's documents for one unit; a season's are filed under its name. */
export function documentsOf(processor: DocumentProcessor, date: GameDate, { lake }: Pick<PlanningContext, 'lake'>) {
  return lake.documents(processor.documents, partitionOf(processor, date));
}

/** The folder of the lake that holds a unit's documents. */
export function partitionOf(processor: DocumentProcessor, date: GameDate): GameDate | Season {
  return isSeasonal(processor) ? seasonOf(date) : date;
}

/** The guard, ready to be asked for each date. When it cannot look at what is upstream, its answer is no. */
async function guardOf(processor: Processor, context: PlanningContext): Promise<(date: GameDate) => Verdict> {
  const { calendar, checkPrevious } = context;
  try {
    const upstreams = await guardedUpstreams(processor, context);
    return (date) => {
      const window = checkWindow(date, upstreams, calendar);
      return checkPrevious ? bothVerdicts(window, checkPreviousGameDate(date, upstreams, calendar)) : window;
    };
  } catch (fault) {
    if (!(fault instanceof NbaError)) throw fault;
    return () => ({ kind: 'blocked', reasons: [{ kind: 'guard-failed', error: fault.message }], coverageGaps: null });
  }
}

/** For each upstream the dates on which it should have rows and has no complete unit. */
async function guardedUpstreams(processor: Processor, { ledger, calendar, today, presumed, leases }: PlanningContext): Promise<GuardedUpstream[]> {
  const span = { from: calendar.games[0]?.date ?? today, to: today };
  return Promise.all(
    Object.values(processor.upstreams).map(async ({ processor: upstream, lookbacks }) => {
      const page = await ledger.page(upstream);
      const expected = isSeasonal(upstream) ? [] : calendar.dates(span, upstream.games).filter((date) => !presumed?.get(upstream)?.has(date));
      const holes = findHoles(upstream, expected, page, leases);
      const partial = [...holes].filter(([, { recorded }]) => recorded === 'partial').map(([date]) => date);
      const missing = await readMissingGames(upstream, partial, calendar, ledger.port);
      const missingGames = (date: GameDate) => missing.get(date) ?? [];
      return { table: tableId(upstream.table), processor: upstream.name, phase: upstream.phase, lookbacks, holes, missingGames };
    }),
  );
}

/** With gaps allowed, what would have blocked is told as coverage. */
function allowedGaps(verdict: Verdict): string | null {
  const told = verdict.kind === 'blocked' ? verdict.reasons.map(describeReason) : [];
  const all = [...told, ...(verdict.coverageGaps ? [verdict.coverageGaps] : [])];
  return all.length > 0 ? all.join('; ') : null;
}
