import fc from 'fast-check';
import { type Estimate, type PastStatement, type StatementSize, estimator } from './estimate';

const estimate = (statements: readonly StatementSize[], past: readonly PastStatement[]): Estimate | null => estimator(past)(statements);

/** A request of its own for every statement, a minute apart. */
const past = (processor: string, statements: readonly (readonly [units: number, ms: number])[]): PastStatement[] =>
  statements.map(([units, ms], i) => ({ processor, units, ms, request: `${processor} ${i}`, startedAt: i * 60_000, finishedAt: i * 60_000 + ms }));

describe('estimate', () => {
  it('finds the straight line: what a statement takes, and what every unit adds', () => {
    // 100 ms a statement and 2 ms a unit.
    const known = past('A', [[1, 102], [50, 200], [160, 420]]);
    expect(estimate([{ processor: 'A', units: 100 }, { processor: 'A', units: 10 }], known)?.ms).toBeCloseTo(300 + 120);
  });

  it('is not moved by one slow moment', () => {
    const known = past('A', [[1, 102], [20, 140], [50, 200], [50, 9_000], [100, 300], [160, 420]]);
    expect(estimate([{ processor: 'A', units: 100 }], known)?.ms).toBeCloseTo(300, -1);
  });

  it('takes a time for fixed while only one size of statement is known', () => {
    expect(estimate([{ processor: 'A', units: 40 }], past('A', [[1, 90], [1, 100], [1, 110]]))?.ms).toBeCloseTo(100);
  });

  it('knows nothing of a processor that has never run, and so nothing of the plan', () => {
    expect(estimate([{ processor: 'A', units: 1 }, { processor: 'B', units: 1 }], past('A', [[1, 100]]))).toBeNull();
    expect(estimate([], past('A', [[1, 100]]))).toBeNull();
  });

  it('says half to double while too few past requests can be tried', () => {
    expect(estimate([{ processor: 'A', units: 1 }], past('A', [[1, 100], [1, 100]]))).toEqual({ ms: 100, fromMs: 50, toMs: 200, pastRequests: 1, pastFactor: null });
  });

  it('learns from past requests how far off it is', () => {
    // Every request takes twice the time of its one statement: what it does beside counts as well.
    const known = past('A', Array.from({ length: 6 }, () => [1, 100] as const)).map((one) => ({ ...one, finishedAt: one.startedAt + 200 }));
    const told = estimate([{ processor: 'A', units: 1 }], known);
    expect(told).toMatchObject({ ms: 200, fromMs: 200, toMs: 200, pastRequests: 5 });
    expect(told?.pastFactor).toBeCloseTo(1);
  });

  it('tries a request on what was known before it only', () => {
    // The first two had nothing to go by; the third was ten times as slow as those before it.
    const known = past('A', [[1, 100], [1, 100], [1, 1_000], [1, 100], [1, 100]]);
    expect(estimate([{ processor: 'A', units: 1 }], known)?.toMs).toBeGreaterThan(500);
  });

  it('says how far half of the past requests were off', () => {
    // After the first, of which nothing was known, they took half, once, and twice the time of their statement, over and over.
    const known = past('A', Array.from({ length: 10 }, () => [1, 100] as const)).map((one, i) => ({ ...one, finishedAt: one.startedAt + [200, 50, 100][i % 3]! }));
    expect(estimate([{ processor: 'A', units: 1 }], known)?.pastFactor).toBeCloseTo(2);
  });

  it('is never negative, and lies in its range', () => {
    const statements = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 5_000 })), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(statements, fc.integer({ min: 1, max: 400 }), (known, units) => {
        const told = estimate([{ processor: 'A', units }], past('A', known));
        expect(told?.ms).toBeGreaterThanOrEqual(0);
        expect(told?.fromMs).toBeLessThanOrEqual(told?.ms ?? -1);
        expect(told?.ms).toBeLessThanOrEqual(told?.toMs ?? -1);
      }),
    );
  });
});
