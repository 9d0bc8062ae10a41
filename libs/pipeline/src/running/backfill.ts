import { type Clock, type DateRange, type EventBus, type RawLake, type Season, type Warehouse, seasonOf, seasonSpan } from '@nba/kernel';
import type { Scope } from '@nba/schedule';
import { Cascade } from '../cascade/cascade';
import { ensureTables } from './ensure-tables';
import type { Phase, PipelineSettings, Processor } from '../definition/processor';
import type { Registry } from '../definition/registry';
import { Session } from './session';
import { type UnitOutcome, isComplete } from './unit-outcome';
import { type PhaseVerification, Verifier } from '../verification/verifier';

/**
 * What happens to the units that read something incomplete: `skip-dependents` runs all others, `stop` runs no later
 * phase, `continue` runs them and records the gaps they ran beside.
 */
export type FailurePolicy = 'skip-dependents' | 'stop' | 'continue';

export interface BackfillRequest {
  readonly phases: readonly Phase[];
  readonly scope: Scope;
  /** One processor only, with what it reads in the phases asked for; undefined for all. */
  readonly processor?: Processor;
  readonly failurePolicy: FailurePolicy;
  /** `false`: the guard reports holes and goes on. For tests; a production entry point refuses it. */
  readonly strictMode: boolean;
  /**
   * Ranges run in it, single dates do not. Phase 2 is verified for the whole range and what lies before it in the
   * season, first: what is incomplete is told and sets the exit code, the failure policy decides what still runs.
   */
  readonly backfillMode: boolean;
  readonly skipDownstreamTrigger: boolean;
  /** Verify each phase of the request after it has run. */
  readonly verify: boolean;
  readonly force: boolean;
  /** Documents read at the same time. */
  readonly workers: number;
  /** Most units in one statement; 1 is date by date. */
  readonly maxGroup: number;
  /** Who or which message asked. */
  readonly trigger: string;
  readonly signal?: AbortSignal;
}

export interface PhaseOutcome {
  readonly phase: Phase;
  /** `cascade`: run because of the completion of an earlier phase. */
  readonly cause: 'request' | 'cascade';
  readonly outcomes: readonly UnitOutcome[];
  /** Units that were complete already. */
  readonly alreadyComplete: number;
  readonly verifications: readonly PhaseVerification[];
}

export interface BackfillOutcome {
  /** Phase 2 as it was found before a later phase ran in backfill mode; empty when the request loads Phase 2 itself. */
  readonly gate: readonly PhaseVerification[];
  readonly phases: readonly PhaseOutcome[];
  /** The phase that was not run because of the policy `stop`. */
  readonly stoppedBefore: Phase | undefined;
  readonly interrupted: boolean;
  /** Seasons of the request of which the schedule holds no game, so that nothing is known to be expected. */
  readonly seasonsWithoutSchedule: readonly Season[];
}

/** Told after every statement. */
export interface Progress {
  readonly phase: Phase;
  readonly processor: string;
  /** The dates of the statement that just ended; null when a processor had nothing to do. */
  readonly range: DateRange | null;
  /** Units done, and units in all as far as is known. */
  readonly done: number;
  readonly total: number;
}

/** The one use case behind the daily run and the historical backfill: make the units of some phases complete. */
export class Backfill {
  constructor(
    private readonly registry: Registry,
    private readonly warehouse: Warehouse,
    private readonly lake: RawLake,
    private readonly bus: EventBus,
    private readonly clock: Clock,
    private readonly settings: PipelineSettings,
  ) {}

  async run(request: BackfillRequest, onProgress: (progress: Progress) => void = () => undefined): Promise<BackfillOutcome> {
    await ensureTables(this.warehouse, this.registry);
    const session = await Session.open(this.registry, this.warehouse, this.lake, this.clock, this.settings, request, onProgress);
    const cascade = new Cascade(this.bus);
    const phases: PhaseOutcome[] = [];
    const gate = request.backfillMode && !request.phases.includes(2) ? await this.verify(2, sinceSeasonStart(request.scope)) : [];
    const ended = (stoppedBefore?: Phase): BackfillOutcome => ({
      gate, phases, stoppedBefore, interrupted: session.interrupted, seasonsWithoutSchedule: session.seasonsWithoutSchedule,
    });
    const mustStop = (): boolean => request.failurePolicy === 'stop' && !(gate.every(({ complete }) => complete) && phases.every(isPhaseComplete));

    const ranOver = new Map<Phase, Scope>();
    for (const phase of request.phases) {
      if (mustStop()) return ended(phase);
      ranOver.set(phase, request.scope);
      const { outcomes, alreadyComplete } = await session.runPhase(phase, request.scope, cascade);
      const verifications = request.verify && !session.interrupted ? await this.verify(phase, request.scope) : [];
      phases.push({ phase, cause: 'request', outcomes, alreadyComplete, verifications });
    }
    if (!request.skipDownstreamTrigger) for (const phase of phasesAfter(request.phases)) cascade.planAnyway(phase, request.scope);
    for (let triggered = await cascade.next(); triggered && !session.interrupted; triggered = await cascade.next()) {
      const { phase, scope, dates } = triggered;
      // Phases run in their order, so what triggers one has ended before it ran: over the same dates it has nothing to add.
      if (covers(ranOver.get(phase), scope)) continue;
      if (mustStop()) return ended(phase);
      ranOver.set(phase, scope);
      const ran = await session.runPhase(phase, scope, cascade, dates);
      if (ran.outcomes.length > 0) phases.push({ phase, cause: 'cascade', verifications: [], ...ran });
    }
    return ended();
  }

  private async verify(phase: Phase, scope: Scope): Promise<PhaseVerification[]> {
    const verifier = new Verifier(this.registry, this.warehouse, this.settings, this.clock);
    const verifications: PhaseVerification[] = [];
    for (const range of scope.ranges) verifications.push(await verifier.verifyPhase(phase, range));
    return verifications;
  }
}

/** Whether every range of a scope lies within one of another. */
function covers(outer: Scope | undefined, inner: Scope): boolean {
  return outer !== undefined && inner.ranges.every(({ from, to }) => outer.ranges.some((range) => range.from <= from && to <= range.to));
}

/** The phases that follow those of a request. */
function phasesAfter(phases: readonly Phase[]): Phase[] {
  return ([3, 4] as const).filter((phase) => phases.some((earlier) => earlier < phase) && !phases.includes(phase));
}

/** The scope with everything that its windows can look back at. */
function sinceSeasonStart(scope: Scope): Scope {
  return { ...scope, ranges: scope.ranges.map(({ from, to }) => ({ from: seasonSpan(seasonOf(from)).from, to })) };
}

/** Whether everything that was to be run is there, and what was verified is right. */
export function isPhaseComplete({ outcomes, verifications }: PhaseOutcome): boolean {
  return outcomes.every(isComplete) && verifications.every(({ complete }) => complete);
}
