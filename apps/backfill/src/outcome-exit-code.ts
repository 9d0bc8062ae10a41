import { EXIT, type ExitCode } from '@nba/command-line';
import { type BackfillOutcome, isComplete } from '@nba/pipeline';

type Ended = Pick<BackfillOutcome, 'phases' | 'interrupted'> & Partial<Pick<BackfillOutcome, 'gate' | 'stoppedBefore' | 'isLate' | 'seasonsWithoutSchedule'>>;

const interruptedCode = (signal: AbortSignal | undefined): ExitCode => (signal?.reason === 'SIGTERM' ? EXIT.terminated : EXIT.interrupted);

/** What the outcome means to the caller: gaps and failures before blocked units, which only wait for them. */
export function exitCodeOf({ gate = [], phases, interrupted, stoppedBefore, isLate, seasonsWithoutSchedule = [] }: Ended, signal?: AbortSignal): ExitCode {
  if (interrupted) return interruptedCode(signal);
  const outcomes = phases.flatMap((phase) => phase.outcomes);
  const wrong = outcomes.some((outcome) => !isComplete(outcome) && outcome.status !== 'blocked');
  const blocked = seasonsWithoutSchedule.length > 0 || outcomes.some(({ status }) => status === 'blocked');
  const unverified = phases.some(({ verifications }) => verifications.some(({ complete }) => !complete)) || gate.some(({ complete }) => !complete);
  if (wrong || stoppedBefore || isLate) return EXIT.incomplete;
  if (blocked) return EXIT.blocked;
  return unverified ? EXIT.incomplete : EXIT.complete;
}
