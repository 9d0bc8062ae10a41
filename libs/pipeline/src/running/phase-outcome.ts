import type { Phase, Processor } from '../definition/processor';
import type { PhaseVerification } from '../verification/verifier';
import { type UnitOutcome, isComplete } from './unit-outcome';

/** What came of one phase. */
export interface PhaseOutcome {
  readonly phase: Phase;
  /** `cascade`: run because of the completion of an earlier phase. */
  readonly cause: 'request' | 'cascade';
  readonly outcomes: readonly UnitOutcome[];
  /** Units that were complete already. */
  readonly alreadyComplete: number;
  readonly verifications: readonly PhaseVerification[];
}

/** What came of one processor's units. */
export interface ProcessorOutcome {
  readonly processor: Processor;
  readonly ended: readonly UnitOutcome[];
  /** How many were complete already. */
  readonly complete: number;
}

/** What came of the processors of a phase among some; nothing is verified. */
export function phaseOutcome(phase: Phase, cause: PhaseOutcome['cause'], ran: readonly ProcessorOutcome[]): PhaseOutcome {
  const own = ran.filter(({ processor }) => processor.phase === phase);
  return { phase, cause, outcomes: own.flatMap(({ ended }) => ended), alreadyComplete: own.reduce((units, { complete }) => units + complete, 0), verifications: [] };
}

/** Whether everything that was to be run is there, and what was verified is right. */
export function isPhaseComplete({ outcomes, verifications }: PhaseOutcome): boolean {
  return outcomes.every(isComplete) && verifications.every(({ complete }) => complete);
}
