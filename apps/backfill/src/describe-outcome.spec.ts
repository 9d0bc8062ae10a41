import type { BackfillOutcome, PhaseVerification } from '@nba/pipeline';
import { nextStep } from './describe-outcome';

type Violation = PhaseVerification['violations'][number];

const violated = (date: string, severity: Violation['severity'] = 'fails'): Violation => ({ invariant: 'i', severity, date, gameId: null, who: null, detail: 'd' }) as Violation;

/** All units are complete; this was found when phases were verified. */
function verified(...found: readonly (readonly [PhaseVerification['phase'], readonly Violation[]])[]): BackfillOutcome {
  return {
    gate: [], stoppedBefore: undefined, interrupted: false, isLate: false, seasonsWithoutSchedule: [],
    phases: found.map(([phase, violations]) => ({
      phase, cause: 'request', outcomes: [], alreadyComplete: 1,
      verifications: [{ phase, range: { from: '2025-01-01', to: '2025-01-31' } as PhaseVerification['range'], reports: [], violations, unlikeRecord: [], complete: violations.every(({ severity }) => severity === 'reports') }],
    })),
  };
}

describe('what to do next', () => {
  it('is nothing where nothing is wrong, odd lines of the source included', () => {
    expect(nextStep(verified([2, []], [3, [violated('2025-01-26', 'reports')]]))).toBeUndefined();
  });

  it('is to put right documents into the lake where raw rows contradict each other, each date once', () => {
    const next = nextStep(verified([2, [violated('2025-01-27'), violated('2025-01-26'), violated('2025-01-26')]]));
    expect(next).toMatch(/^the documents of 2025-01-26.*2025-01-27 contradict .*nx run backfill:repair$/);
    expect(next?.match(/2025-01-26/g)).toHaveLength(1);
  });

  it('is to compute again where computed rows are impossible: no document says them', () => {
    expect(nextStep(verified([2, []], [3, [violated('2025-01-26')]]))).toContain('nx run backfill:all --force --dates=2025-01-26');
  });
});
