import type { Phase } from '../definition/processor';
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

/** Whether everything that was to be run is there, and what was verified is right. */
export function isPhaseComplete({ outcomes, verifications }: PhaseOutcome): boolean {
  return outcomes.every(isComplete) && verifications.every(({ complete }) => complete);
}
