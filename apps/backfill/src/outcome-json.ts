import { type BackfillOutcome, isComplete } from '@nba/pipeline';

/** The outcome as data: every unit that is not complete or has something to say, counts for the rest. */
export function outcomeJson(outcome: BackfillOutcome, exitCode: number, elapsedMs: number, more: Readonly<Record<string, unknown>> = {}): string {
  const phases = outcome.phases.map(({ phase, cause, outcomes, alreadyComplete, verifications }) => ({
    phase,
    cause,
    alreadyComplete,
    unitsRun: outcomes.filter(({ status }) => status !== 'blocked').length,
    unitsComplete: outcomes.filter(isComplete).length,
    rows: outcomes.reduce((rows, one) => rows + one.rows, 0),
    changes: outcomes.reduce((changes, one) => changes + one.changes, 0),
    units: outcomes
      .filter((one) => !isComplete(one) || one.findings.length > 0)
      .map(({ processor, ...rest }) => ({ processor: processor.name, ...rest })),
    verifications,
  }));
  return JSON.stringify({ ...more, exitCode, elapsedMs, interrupted: outcome.interrupted, stoppedBefore: outcome.stoppedBefore ?? null, isLate: outcome.isLate, seasonsWithoutSchedule: outcome.seasonsWithoutSchedule, gate: outcome.gate, phases }, null, 2);
}
