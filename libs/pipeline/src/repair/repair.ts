import type { Scope } from '@nba/schedule';
import type { Plan } from '../plan/plan';
import { Planner } from '../plan/planner';
import { scopeOfPlan } from '../plan/scope-of-plan';
import { Backfill, type BackfillOutcome, type BackfillRequest } from '../running/backfill';
import { datesRead } from '../running/dates-to-verify';
import type { PipelineParts } from '../running/pipeline-parts';
import { type Progress, RUN_DEFAULTS } from '../running/run-options';

export interface RepairRequest {
  /** By default every season that has been loaded. */
  readonly scope?: Scope;
  /** Most units in one statement. By default as a run would have it. */
  readonly maxGroup?: number;
}

/** What a repair is to do. */
export interface PlannedRepair {
  readonly plan: Plan;
  /** Whether there is nothing to do. */
  readonly isDone: boolean;
  /** Does it, with what follows from it, from what the plan was made of: to be called soon, and once. Of Phase 2 it verifies the dates whose box scores it has read; with the policy `stop`, documents that contradict each other end it there. */
  run(options: Omit<BackfillRequest, 'phases' | 'scope' | 'maxGroup' | 'verify'>, onProgress?: (progress: Progress) => void): Promise<BackfillOutcome>;
}

/** Runs exactly what is missing, stale, failed or not as it was left, and what that changes. */
export class Repair {
  private readonly planner: Planner;
  private readonly backfill: Backfill;

  constructor(parts: PipelineParts) {
    this.planner = new Planner(parts);
    this.backfill = new Backfill(parts);
  }

  /** @returns undefined when nothing has ever been loaded */
  async plan({ scope: asked, maxGroup = RUN_DEFAULTS.maxGroup }: RepairRequest): Promise<PlannedRepair | undefined> {
    const scope = asked ?? (await this.planner.knownScope());
    if (!scope) return undefined;
    // What is stale is found while it runs: what may follow is not needed here.
    const { plan, ground } = await this.planner.planToRun({ scope, maxGroup, findsFollowers: false });
    return {
      plan,
      isDone: plan.statements.length === 0 && plan.waiting.length === 0,
      run: (options, onProgress) => this.backfill.run({ ...options, phases: [2, 3, 4], scope: scopeOfPlan(plan, scope), maxGroup, verify: datesRead }, onProgress, ground),
    };
  }
}
