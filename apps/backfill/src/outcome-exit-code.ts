import { EXIT, type ExitCode } from '@nba/command-line';
import { type BackfillOutcome, isComplete } from '@nba/pipeline';

/** What the outcome means to the caller: gaps and failures before blocked units, which only wait for them. */
export function exitCodeOf({ gate, phases, interrupted, stoppedBefore, seasonsWithoutSchedule }: BackfillOutcome): ExitCode {
  if (interrupted) return EXIT.interrupted;
  const outcomes = phases.flatMap((phase) => phase.outcomes);
  const wrong = outcomes.some((outcome) => !isComplete(outcome) && outcome.status !== 'blocked');
  const blocked = seasonsWithoutSchedule.length > 0 || outcomes.some(({ status }) => status === 'blocked');
  const unverified = phases.some(({ verifications }) => verifications.some(({ complete }) => !complete)) || gate.some(({ complete }) => !complete);
  if (wrong || stoppedBefore) return EXIT.incomplete;
  if (blocked) return EXIT.blocked;
  return unverified ? EXIT.incomplete : EXIT.complete;
}
