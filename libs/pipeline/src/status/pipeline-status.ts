import type { Clock, GameDate, RawLake, Season, Warehouse } from '@nba/kernel';
import type { Scope } from '@nba/schedule';
import type { PipelineSettings, Processor } from '../definition/processor';
import type { Registry } from '../definition/registry';
import { readOutlook } from '../planning/outlook';
import type { UnitState } from '../planning/unit-state';
import { ensureTables } from '../running/ensure-tables';
import { type RunQuery, type RunSummary, readRuns } from './read-runs';

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
    const { registry, warehouse, lake, clock, settings } = this;
    await ensureTables(warehouse, registry);
    const outlooks = await readOutlook(scope, { registry, warehouse, lake, clock, settings });
    return outlooks.map(({ processor, season, plan, waitingFor }) => {
      const ready = new Map<string, number>();
      for (const { state } of plan.groups.flat()) ready.set(reasonOf(state), (ready.get(reasonOf(state)) ?? 0) + 1);
      return { processor, season, complete: plan.complete.length, ready, blocked: plan.blocked.length, waitingFor };
    });
  }

  /** The newest runs; none when there are none of the kind. */
  runs(query: RunQuery): Promise<RunSummary[]> {
    return readRuns(this.warehouse, query);
  }
}

/** A unit that was blocked and no longer is has not failed; one that nobody runs any more has. */
function reasonOf(state: UnitState): string {
  if (state.kind !== 'failed') return state.kind;
  return { blocked: 'freed', running: 'died-while-running' }[state.status as string] ?? state.status;
}
