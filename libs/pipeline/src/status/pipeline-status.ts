import { type Clock, type DateRange, type GameDate, type RawLake, type Season, type Warehouse, easternDate, seasonSpan } from '@nba/kernel';
import { type Scope, loadCalendar } from '@nba/schedule';
import { type BlockedReason, isHoleReason, missingDatesOf } from '@nba/dependency-guard';
import { ensureTables } from '../running/ensure-tables';
import { LakeIndex } from '../planning/lake-index';
import { Ledger } from '../planning/ledger';
import { type PlanningContext, documentsOf, planUnits } from '../planning/planner';
import type { PlannedUnit } from '../planning/planned-unit';
import type { PipelineSettings, Processor } from '../definition/processor';
import type { Registry } from '../definition/registry';
import type { UnitState } from '../planning/unit-state';

/** How many units of one processor are in which state, in one season. */
export interface ProcessorStatus {
  readonly processor: Processor;
  readonly season: Season;
  readonly complete: number;
  /** Units that would run now, by the reason why: the state's kind, or for units that ended badly how they ended. */
  readonly ready: ReadonlyMap<string, number>;
  /** Units that would still wait when everything that is ready had run. */
  readonly blocked: number;
  /** What frees the blocked units: dates that a raw table lacks, the roots of what is missing between. */
  readonly waitingFor: readonly GameDate[];
}

/** How are we: what is complete, what would run, what waits. Reads only. */
export class PipelineStatus {
  constructor(
    private readonly registry: Registry,
    private readonly warehouse: Warehouse,
    private readonly lake: RawLake,
    private readonly clock: Clock,
    private readonly settings: PipelineSettings,
  ) {}

  async read(scope: Scope): Promise<ProcessorStatus[]> {
    await ensureTables(this.warehouse, this.registry);
    const statuses: ProcessorStatus[] = [];
    for (const season of scope.seasons) {
      const span = seasonSpan(season);
      const context = {
        scope: { ...scope, ranges: scope.ranges.flatMap((range) => overlap(range, span) ?? []), seasons: [season] },
        calendar: await loadCalendar(this.warehouse, span, this.settings.gameTypes),
        ledger: new Ledger(this.warehouse, span),
        lake: new LakeIndex(this.lake, this.clock.now()),
        settings: this.settings,
        today: easternDate(this.clock.now()),
        maxGroup: Infinity,
        force: false,
        allowGaps: false,
        checkPrevious: false,
        leases: await this.warehouse.leases.held(),
        presumed: new Map<Processor, ReadonlySet<GameDate>>(),
      };
      const roots = new Map<string, readonly GameDate[]>();
      for (const processor of this.registry.processors) {
        const plan = await planUnits(processor, context);
        context.presumed.set(processor, await willComplete(processor, plan.groups.flat(), context));
        const ready = new Map<string, number>();
        for (const { state } of plan.groups.flat()) ready.set(reasonOf(state), (ready.get(reasonOf(state)) ?? 0) + 1);
        const waitingFor = rootsOf(plan.blocked.flatMap(({ reasons }) => reasons), roots);
        roots.set(processor.name, waitingFor);
        statuses.push({ processor, season, complete: plan.complete, ready, blocked: plan.blocked.length, waitingFor });
      }
    }
    return statuses;
  }
}

/** A unit that was blocked and no longer is has not failed; one that nobody runs any more has. */
function reasonOf(state: UnitState): string {
  if (state.kind !== 'failed') return state.kind;
  return { blocked: 'freed', running: 'died-while-running' }[state.status as string] ?? state.status;
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
