import { type DateRange, type Season, seasonOf } from '@nba/kernel';
import type { Scope } from '@nba/schedule';
import { isSeasonal } from '../definition/processor';
import type { Plan } from '../plan/plan';
import { Planner } from '../plan/planner';
import { scopeOfPlan } from '../plan/scope-of-plan';
import { Backfill, type BackfillOutcome, type BackfillRequest } from '../running/backfill';
import type { PhaseOutcome } from '../running/phase-outcome';
import type { PipelineParts } from '../running/pipeline-parts';
import { type Progress, RUN_DEFAULTS } from '../running/run-options';
import { isComplete } from '../running/unit-outcome';
import { tracedParts } from '../telemetry/traced-parts';
import { type PhaseVerification, Verifier } from '../verification/verifier';

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
  /** Does it, with what follows from it, from what the plan was made of: to be called soon, and once. Of Phase 2 it verifies the dates whose box scores it has read. */
  run(options: Omit<BackfillRequest, 'phases' | 'scope' | 'maxGroup' | 'verify'>, onProgress?: (progress: Progress) => void): Promise<BackfillOutcome>;
}

/** Runs exactly what is missing, stale, failed or not as it was left, and what that changes. */
export class Repair {
  private readonly planner: Planner;
  private readonly backfill: Backfill;
  private readonly verifier: Verifier;

  constructor(parts: PipelineParts) {
    const { registry, warehouse, settings, clock } = tracedParts(parts);
    this.verifier = new Verifier(registry, warehouse, settings, clock);
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
      run: async (options, onProgress) => {
        const outcome = await this.backfill.run({ ...options, phases: [2, 3, 4], scope: scopeOfPlan(plan, scope), maxGroup, verify: false }, onProgress, ground);
        if (outcome.interrupted) return outcome;
        const phases: PhaseOutcome[] = [];
        for (const phase of outcome.phases) phases.push(await this.withSourcesVerified(phase));
        return { ...outcome, phases };
      },
    };
  }

  /**
   * With Phase 2 verified where it has been read anew. Documents that contradict each other are stored as they are, and no unit's run
   * looks across them: whoever corrects one of two is to be told.
   */
  private async withSourcesVerified(phase: PhaseOutcome): Promise<PhaseOutcome> {
    if (phase.phase !== 2) return phase;
    const verifications: PhaseVerification[] = [];
    for (const range of rangesRead(phase)) verifications.push(await this.verifier.verifyPhase(2, range));
    return { ...phase, verifications };
  }
}

/** For each season from the first date whose box scores were stored to the last. */
function rangesRead({ outcomes }: PhaseOutcome): DateRange[] {
  const dates = outcomes.filter((outcome) => isComplete(outcome) && !isSeasonal(outcome.processor)).map(({ date }) => date).sort();
  const ranges = new Map<Season, DateRange>();
  for (const date of dates) ranges.set(seasonOf(date), { from: ranges.get(seasonOf(date))?.from ?? date, to: date });
  return [...ranges.values()];
}
