import { type DateRange, type GameDate, type Season, easternDate, seasonSpan } from '@nba/kernel';
import { type BlockedReason, isHoleReason, missingDatesOf } from '@nba/dependency-guard';
import { type Scope, loadCalendar } from '@nba/schedule';
import type { Processor } from '../definition/processor';
import type { PipelineParts } from '../running/pipeline-parts';
import { LakeIndex } from './lake-index';
import { Ledger } from './ledger';
import type { PlannedUnit, UnitPlan } from './planned-unit';
import { type PlanningContext, documentsOf, planUnits } from './planner';

/** What is ahead of one processor in one season, when everything upstream of it that is ready has run. */
export interface Outlook {
  readonly processor: Processor;
  readonly season: Season;
  readonly plan: UnitPlan;
  /** What frees the blocked units: dates that a raw table lacks, the roots of what is missing between. */
  readonly waitingFor: readonly GameDate[];
}

/** Looks ahead over the whole graph, season after season, in the order in which the processors would run. Reads only. */
export async function readOutlook(scope: Scope, { registry, warehouse, lake, clock, settings }: Omit<PipelineParts, 'bus'>): Promise<Outlook[]> {
  const outlooks: Outlook[] = [];
  for (const season of scope.seasons) {
    const span = seasonSpan(season);
    const context = {
      scope: { ...scope, ranges: scope.ranges.flatMap((range) => overlap(range, span) ?? []), seasons: [season] },
      calendar: await loadCalendar(warehouse, span, settings.gameTypes),
      ledger: new Ledger(warehouse, span),
      lake: new LakeIndex(lake, clock.now()),
      settings,
      today: easternDate(clock.now()),
      maxGroup: Infinity,
      force: false,
      allowGaps: false,
      checkPrevious: false,
      leases: await warehouse.leases.held(),
      presumed: new Map<Processor, ReadonlySet<GameDate>>(),
    };
    const roots = new Map<string, readonly GameDate[]>();
    for (const processor of registry.processors) {
      const plan = await planUnits(processor, context);
      context.presumed.set(processor, await willComplete(processor, plan.groups.flat(), context));
      const waitingFor = rootsOf(plan.blocked.flatMap(({ reasons }) => reasons), roots);
      roots.set(processor.name, waitingFor);
      outlooks.push({ processor, season, plan, waitingFor });
    }
  }
  return outlooks;
}

/** Nobody can load a date of a computed table: what frees it is what its own upstreams wait for. */
function rootsOf(reasons: readonly BlockedReason[], roots: ReadonlyMap<string, readonly GameDate[]>): GameDate[] {
  const holes = reasons.filter(isHoleReason);
  const raw = missingDatesOf(holes.filter(({ processor }) => (roots.get(processor) ?? []).length === 0));
  return [...new Set([...raw, ...holes.flatMap(({ processor }) => roots.get(processor) ?? [])])].sort();
}

/** Ready units that can be expected to come out complete: those of documents only when the lake has one and it was not found wanting. */
async function willComplete(processor: Processor, ready: readonly PlannedUnit[], context: PlanningContext): Promise<ReadonlySet<GameDate>> {
  const dates = new Set<GameDate>();
  for (const { date, state } of ready) {
    const known = processor.kind === 'query' || (state.kind !== 'failed' && state.kind !== 'partial' && (await documentsOf(processor, date, context)).length > 0);
    if (known) dates.add(date);
  }
  return dates;
}

function overlap(a: DateRange, b: DateRange): DateRange | undefined {
  const from = a.from > b.from ? a.from : b.from;
  const to = a.to < b.to ? a.to : b.to;
  return from <= to ? { from, to } : undefined;
}
