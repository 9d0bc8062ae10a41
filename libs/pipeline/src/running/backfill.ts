import { randomUUID } from 'node:crypto';
import { type DateRange, type Season, seasonOf, seasonSpan } from '@nba/kernel';
import type { Scope } from '@nba/schedule';
import type { Phase } from '../definition/processor';
import type { Ground } from '../planning/ground';
import { type PhaseVerification, Verifier } from '../verification/verifier';
import type { DatesToVerify } from './dates-to-verify';
import { asOneOutcome, inParts, progressOfParts } from './in-parts';
import { type PhaseOutcome, isPhaseComplete } from './phase-outcome';
import type { PipelineParts } from './pipeline-parts';
import type { Progress } from './run-options';
import { asRequest } from '../telemetry/requests';
import { tracedParts } from '../telemetry/traced-parts';
import { Session, type SessionRequest } from './session';

export interface BackfillRequest extends SessionRequest {
  /** Which dates of each phase of the request are verified when it has run, beside the phases after it; by default none. */
  readonly verify?: DatesToVerify;
}

export interface BackfillOutcome {
  /** Phase 2 as it was found before a later phase ran in backfill mode; empty when the request loads Phase 2 itself. */
  readonly gate: readonly PhaseVerification[];
  readonly phases: readonly PhaseOutcome[];
  /** The phase that was not run because of the policy `stop`. */
  readonly stoppedBefore: Phase | undefined;
  readonly interrupted: boolean;
  /** Whether the time for the cascade was up before all that was triggered had run. */
  readonly isLate: boolean;
  /** Seasons of the request of which the schedule holds no game, so that nothing is known to be expected. */
  readonly seasonsWithoutSchedule: readonly Season[];
}

/** The one use case behind the daily run and the historical backfill: make the units of some phases complete. */
export class Backfill {
  private readonly parts: PipelineParts;

  constructor(parts: PipelineParts) {
    this.parts = tracedParts(parts);
  }

  /** @param ground what the request's plan was made from, a moment ago; by default it is read as it is needed */
  run(request: BackfillRequest, onProgress: (progress: Progress) => void = () => undefined, ground?: Ground): Promise<BackfillOutcome> {
    const { trigger, scope: { ranges } } = request;
    const range = ranges[0] && { from: ranges[0].from, to: (ranges.at(-1) ?? ranges[0]).to };
    return asRequest({ kind: 'backfill', trigger, range }, () => this.answerInParts(request, onProgress, ground));
  }

  /**
   * In one piece where the policy wants to know how a phase has ended in all seasons; where others take up what is finished, who are
   * to have it all at once; and where all has been read for the plan anyway.
   */
  private async answerInParts(request: BackfillRequest, onProgress: (progress: Progress) => void, ground: Ground | undefined): Promise<BackfillOutcome> {
    const { scope, failurePolicy, correlationId = randomUUID() } = request;
    const isOnePiece = failurePolicy === 'stop' || this.parts.bus.consumers !== 'here' || ground !== undefined;
    const parts = isOnePiece ? [scope] : inParts(scope);
    if (parts.length === 1) return this.answer(request, onProgress, ground);
    const tellOf = progressOfParts(scope, onProgress);
    const outcomes: BackfillOutcome[] = [];
    for (const part of parts) {
      outcomes.push(await this.answer({ ...request, correlationId, scope: part }, tellOf(part), undefined));
      if (outcomes.at(-1)?.interrupted) break;
    }
    return asOneOutcome(outcomes);
  }

  private async answer(request: BackfillRequest, onProgress: (progress: Progress) => void, ground: Ground | undefined): Promise<BackfillOutcome> {
    const session = await Session.open(this.parts, request, onProgress, ground);
    try {
      return await this.runIn(session, request);
    } finally {
      session.close();
    }
  }

  private async runIn(session: Session, request: BackfillRequest): Promise<BackfillOutcome> {
    const phases: PhaseOutcome[] = [];
    let stoppedBefore: Phase | undefined;
    const gate = request.backfillMode && !request.phases.includes(2) ? await this.verify(session, 2, sinceSeasonStart(request.scope).ranges) : [];
    const mayRun = (phase: Phase): boolean => {
      if (request.failurePolicy !== 'stop' || (gate.every(({ complete }) => complete) && phases.every(isPhaseComplete))) return true;
      stoppedBefore ??= phase;
      return false;
    };

    // Only the policy wants to know how a phase has ended before the next begins.
    const steps = request.failurePolicy === 'stop' ? request.phases.map((phase) => [phase]) : [request.phases];
    for (const step of steps) {
      if (!step.every(mayRun)) {
        for (const phase of step) await session.skipPhase(phase, request.scope, 'not run: what comes before it is not complete, and the failure policy is stop');
        continue;
      }
      phases.push(...(await this.runAndVerify(session, step, request)));
    }
    if (!stoppedBefore) await session.runCascade(mayRun, (phase) => phases.push(phase));
    return { gate, phases, stoppedBefore, interrupted: session.interrupted, isLate: session.isLate, seasonsWithoutSchedule: session.seasonsWithoutSchedule };
  }

  /** Each phase is verified when its last processor has ended: from then on nothing changes what is stored of it. */
  private async runAndVerify(session: Session, phases: readonly Phase[], { scope, verify = () => [] }: BackfillRequest): Promise<PhaseOutcome[]> {
    const verifications = new Map<Phase, Promise<PhaseVerification[]>>();
    const begin = (ran: PhaseOutcome): void => {
      const begun = this.verify(session, ran.phase, verify(ran, scope));
      // Its fault is thrown below, after the runs: until then Node must not take it for one that nobody handles, and end the process.
      begun.catch(() => undefined);
      verifications.set(ran.phase, begun);
    };
    try {
      const ran = await session.runPhases(phases, scope, begin);
      // A phase of which no processor was asked for has not been told of.
      for (const one of ran) if (!verifications.has(one.phase)) begin(one);
      return await Promise.all(ran.map(async (one) => ({ ...one, verifications: (await verifications.get(one.phase)) ?? [] })));
    } finally {
      await Promise.allSettled(verifications.values());
    }
  }

  /** As much of it as there is time for: who interrupts waits for the range in hand and for no other. */
  private async verify(session: Session, phase: Phase, ranges: readonly DateRange[]): Promise<PhaseVerification[]> {
    const { registry, warehouse, settings, clock } = this.parts;
    const verifier = new Verifier(registry, warehouse, settings, clock);
    const verifications: PhaseVerification[] = [];
    for (const range of ranges) {
      if (session.interrupted) break;
      verifications.push(await verifier.verifyPhase(phase, range));
    }
    return verifications;
  }
}

/** The scope with everything that its windows can look back at. */
function sinceSeasonStart(scope: Scope): Scope {
  return { ...scope, ranges: scope.ranges.map(({ from, to }) => ({ from: seasonSpan(seasonOf(from)).from, to })) };
}
