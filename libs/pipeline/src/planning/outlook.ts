import { type GameDate, type Season, easternDate, seasonOf } from '@nba/kernel';
import { type BlockedReason, isHoleReason, missingDatesOf } from '@nba/dependency-guard';
import type { Scope } from '@nba/schedule';
import { type Phase, type Processor, isSeasonal } from '../definition/processor';
import type { PipelineParts } from '../running/pipeline-parts';
import { upstreamsOf } from '../definition/upstreams-of';
import { findFollowers } from './followers';
import { foreseeCalendar } from './foreseen-calendar';
import { type Ground, readGround, spanOf } from './ground';
import { sourceDocuments } from './lake-index';
import type { PlannedUnit, UnitPlan } from './planned-unit';
import { type PlanningContext, documentsOf, planUnits } from './planner';

/** What is ahead of one processor in one season, when everything upstream of it that is ready has run. */
export interface Outlook {
  readonly processor: Processor;
  readonly season: Season;
  readonly plan: UnitPlan;
  /** Ready units that can be expected to come out complete: what waits for these is planned as if it did not. */
  readonly presumed: readonly GameDate[];
  /**
   * Complete units that read something which is to run: stale when that really changes, and left alone when not. By what is
   * known before; at most these. Empty unless asked for.
   */
  readonly mayFollow: readonly GameDate[];
  /** What frees the blocked units: dates that a raw table lacks, the roots of what is missing between. */
  readonly waitingFor: readonly GameDate[];
}

export interface OutlookOptions {
  /** One processor only, with what it reads; by default all. */
  readonly processor?: Processor;
  /** Phases whose complete units would run too. By default none. */
  readonly forced?: readonly Phase[];
  /** Phases that would run; the others stay as they are. By default all. */
  readonly phases?: readonly Phase[];
  /** Most units in one statement. By default no limit. */
  readonly maxGroup?: number;
  /** Whether to look for complete units that may follow. By default not: it takes longer than all the rest. */
  readonly findsFollowers?: boolean;
  /** Whether to read the documents of a schedule that is to be loaded, and to look ahead by what they say. By default by what is stored. */
  readonly foreseesSchedule?: boolean;
}

/** Looks ahead over the graph, in the order in which the processors would run, each season after season. Reads only. */
export async function readOutlook(scope: Scope, parts: Omit<PipelineParts, 'bus'>, options: OutlookOptions = {}): Promise<Outlook[]> {
  const span = spanOf(scope.seasons);
  return span ? readOutlookOn(await readGround(span, parts), scope, parts, options) : [];
}

/** The same from what has been read. */
export async function readOutlookOn(ground: Ground, scope: Scope, { registry, warehouse, clock, settings }: Omit<PipelineParts, 'bus'>, options: OutlookOptions = {}): Promise<Outlook[]> {
  const { phases, processor: wanted, maxGroup = Infinity, forced = [], findsFollowers = false, foreseesSchedule = false } = options;
  const among = wanted && new Set([wanted, ...upstreamsOf(wanted)]);
  const { calendar, ledger, lake } = ground;
  const context = {
    scope, maxGroup, settings, calendar, ledger, lake, force: false, allowGaps: false, checkPrevious: false,
    today: easternDate(clock.now()),
    leases: await warehouse.leases.held(),
    presumed: new Map<Processor, ReadonlySet<GameDate>>(),
  };
  const outlooks: Outlook[] = [];
  const roots = new Map<string, readonly GameDate[]>();
  const touched = new Map<Processor, readonly GameDate[]>();
  for (const processor of registry.processors.filter((one) => (phases?.includes(one.phase) ?? true) && (among?.has(one) ?? true))) {
    const plan = await planUnits(processor, { ...context, force: forced.includes(processor.phase) });
    const presumed = await willComplete(processor, plan.groups.flat(), context);
    context.presumed.set(processor, presumed);
    const mayFollow = findsFollowers ? await findFollowers(processor, plan, touched, context) : [];
    if (foreseesSchedule && processor.kind === 'document' && isSeasonal(processor)) {
      const foreseen = await foreseeCalendar(processor, plan.groups.flat(), context.calendar, { warehouse, clock, settings, lake: context.lake });
      context.calendar = foreseen.calendar;
      touched.set(processor, foreseen.changed);
    } else {
      touched.set(processor, [...plan.groups.flat().map(({ date }) => date), ...mayFollow]);
    }
    const groupsOf = bySeason(plan.groups, ([unit]) => (unit as PlannedUnit).date);
    const blockedOf = bySeason(plan.blocked, ({ date }) => date);
    const [completeOf, presumedOf, mayFollowOf] = [plan.complete, presumed, mayFollow].map((dates) => bySeason(dates, (date) => date)) as [DatesOf, DatesOf, DatesOf];
    for (const season of scope.seasons) {
      const own = { groups: groupsOf(season), blocked: blockedOf(season), complete: completeOf(season) };
      const waitingFor = rootsOf(own.blocked.flatMap(({ reasons }) => reasons), season, roots);
      roots.set(`${processor.name} ${season}`, waitingFor);
      outlooks.push({ processor, season, plan: own, presumed: presumedOf(season), mayFollow: mayFollowOf(season), waitingFor });
    }
  }
  return outlooks;
}

type DatesOf = (season: Season) => GameDate[];

/** What is of each season, looked at once: for every season anew, it was an eighth of the time of planning forty. */
function bySeason<T>(all: Iterable<T>, dateOf: (one: T) => GameDate): (season: Season) => T[] {
  const lists = new Map<Season, T[]>();
  for (const one of all) {
    const season = seasonOf(dateOf(one));
    const list = lists.get(season);
    if (list) list.push(one);
    else lists.set(season, [one]);
  }
  return (season) => lists.get(season) ?? [];
}

/** Nobody can load a date of a computed table: what frees it is what its own upstreams wait for. */
function rootsOf(reasons: readonly BlockedReason[], season: Season, roots: ReadonlyMap<string, readonly GameDate[]>): GameDate[] {
  const holes = reasons.filter(isHoleReason);
  const of = (processor: string): readonly GameDate[] => roots.get(`${processor} ${season}`) ?? [];
  const raw = missingDatesOf(holes.filter(({ processor }) => of(processor).length === 0));
  return [...new Set([...raw, ...holes.flatMap(({ processor }) => of(processor))])].sort();
}

/** Ready units that can be expected to come out complete: those of documents only when the lake has others than were found wanting. */
async function willComplete(processor: Processor, ready: readonly PlannedUnit[], context: PlanningContext): Promise<ReadonlySet<GameDate>> {
  if (processor.kind === 'query') return new Set(ready.map(({ date }) => date));
  const { runs } = await context.ledger.page(processor);
  const dates = new Set<GameDate>();
  for (const { date, state } of ready) {
    const documents = sourceDocuments(await documentsOf(processor, date, context));
    const wasWanting = (state.kind === 'failed' || state.kind === 'partial') && runs.get(date)?.sourceDocuments === documents;
    if (documents !== null && !wasWanting) dates.add(date);
  }
  return dates;
}
