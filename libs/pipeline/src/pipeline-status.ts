import { type Clock, type GameDate, type RawLake, type Season, type Warehouse, STATE_TABLES, easternDate, seasonSpan } from '@nba/kernel';
import { type Scope, loadCalendar } from '@nba/schedule';
import { missingDatesOf } from '@nba/dependency-guard';
import { LakeIndex } from './lake-index';
import { Ledger } from './ledger';
import { planUnits } from './planner';
import type { PipelineSettings, Processor } from './processor';
import type { Registry } from './registry';
import type { UnitState } from './unit-state';

/** How many units of one processor are in which state, in one season. */
export interface ProcessorStatus {
  readonly processor: Processor;
  readonly season: Season;
  readonly complete: number;
  /** Units that would run now, by the reason why. */
  readonly ready: ReadonlyMap<UnitState['kind'], number>;
  readonly blocked: number;
  /** What frees the blocked units: dates that an upstream table lacks. */
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
    for (const table of [...STATE_TABLES, ...this.registry.processors.map((processor) => processor.table)]) await this.warehouse.ensureTable(table);
    const statuses: ProcessorStatus[] = [];
    for (const season of scope.seasons) {
      const span = seasonSpan(season);
      const context = {
        scope: { ...scope, ranges: scope.ranges.filter(({ from, to }) => from <= span.to && span.from <= to), seasons: [season] },
        calendar: await loadCalendar(this.warehouse, span, this.settings.gameTypes),
        ledger: new Ledger(this.warehouse, span),
        lake: new LakeIndex(this.lake, this.clock.now()),
        settings: this.settings,
        today: easternDate(this.clock.now()),
        maxGroup: Infinity,
        force: false,
        allowGaps: false,
      };
      for (const processor of this.registry.processors) {
        const plan = await planUnits(processor, context);
        const ready = new Map<UnitState['kind'], number>();
        for (const { state } of plan.groups.flat()) ready.set(state.kind, (ready.get(state.kind) ?? 0) + 1);
        const waitingFor = missingDatesOf(plan.blocked.flatMap(({ reasons }) => reasons));
        statuses.push({ processor, season, complete: plan.complete, ready, blocked: plan.blocked.length, waitingFor });
      }
    }
    return statuses;
  }
}
