import type { RootCause } from '@nba/kernel';
import { type Scope, scopeOfDates } from '@nba/schedule';
import { type DeadLetter, DeadLetters } from '../cascade/dead-letters';
import type { BackfillOutcome } from '../running/backfill';
import { ensureTables } from '../running/ensure-tables';
import type { PhaseOutcome } from '../running/phase-outcome';
import type { PipelineParts } from '../running/pipeline-parts';
import { RUN_DEFAULTS, type RunOptions } from '../running/run-options';
import { Session } from '../running/session';
import { type Explanation, explainRun } from './explanation';
import { readProblems } from './read-problems';
import { asRequest } from '../telemetry/requests';
import { tracedParts } from '../telemetry/traced-parts';
import { findRootCauses } from './root-causes';

type ReplayOptions = Pick<RunOptions, 'trigger' | 'holder' | 'signal' | 'waitMs' | 'cascadeMs'>;

/** What is wrong, why, and what brings it back. */
export class Recovery {
  private readonly parts: PipelineParts;

  constructor(parts: PipelineParts) {
    this.parts = tracedParts(parts);
  }

  /** Everything that is wrong now, by its root causes; empty when nothing is. Reads only. */
  async rootCauses(): Promise<RootCause[]> {
    return findRootCauses(await readProblems(this.parts));
  }

  /** Why a run ended as it did, and the commands that put it right. Reads only. @throws NbaError INVALID_ARGUMENT when there is no such run */
  async explain(runId: string): Promise<Explanation> {
    return explainRun(runId, await readProblems(this.parts), this.parts.warehouse);
  }

  /** The dates on which something did not end well, or waits; undefined when there are none. */
  async failedScope(): Promise<Scope | undefined> {
    await ensureTables(this.parts.warehouse, this.parts.registry);
    const { units } = await readProblems(this.parts);
    return units.length > 0 ? scopeOfDates(units.map(({ date }) => date)) : undefined;
  }

  /** Messages that could not be understood and have not been replayed. */
  async deadLetters(): Promise<DeadLetter[]> {
    return new DeadLetters(this.parts.warehouse, this.parts.clock).list();
  }

  /**
   * Delivers a dead letter again, and runs what it triggers. One whose replay is interrupted, or not done in time, stays.
   * @throws NbaError INVALID_ARGUMENT when there is no such letter; EVENT_INVALID when it still makes no sense
   */
  replay(messageId: string, options: ReplayOptions): Promise<BackfillOutcome> {
    return asRequest({ kind: 'replay', trigger: options.trigger }, () => this.deliverAgain(messageId, options));
  }

  private async deliverAgain(messageId: string, options: ReplayOptions): Promise<BackfillOutcome> {
    const letters = new DeadLetters(this.parts.warehouse, this.parts.clock);
    const event = await letters.open(messageId);
    const session = await Session.open(this.parts, { ...RUN_DEFAULTS, ...options, phases: [], scope: scopeOfDates(event.gameDates) }, () => undefined);
    try {
      const phases: PhaseOutcome[] = [];
      await session.deliver(event);
      await session.runCascade(() => true, (phase) => phases.push(phase));
      const { interrupted, isLate } = session;
      if (!interrupted && !isLate) await letters.close(messageId);
      return { gate: [], phases, stoppedBefore: undefined, interrupted, isLate, seasonsWithoutSchedule: [] };
    } finally {
      session.close();
    }
  }
}
