/** How many are expected, and how many of these are there. */
export interface Counts {
  readonly expected: number;
  readonly present: number;
}

/** How much of what is expected is there; always told with both counts. */
export interface Coverage extends Counts {
  /**
   * present ÷ expected, from 0 to 1: exactly 1 when all is there, and only then. 1 too when nothing is expected (an off-day is
   * no gap), except where nobody knows what to expect: then 0.
   */
  readonly fraction: number;
}

/** @param isKnown false where nothing is expected only because nobody knows what to expect */
export function coverageOf({ expected, present }: Counts, isKnown = true): Coverage {
  return { expected, present, fraction: expected === 0 ? Number(isKnown) : present / expected };
}

/** All of them together. */
export function sumOf(parts: readonly Counts[]): Counts {
  return parts.reduce((sum, { expected, present }) => ({ expected: sum.expected + expected, present: sum.present + present }), { expected: 0, present: 0 });
}

/** Percent, rounded down to a tenth so that 100 means all; 100 when nothing is expected. */
export function percentOf({ present, expected }: Counts): number {
  return expected === 0 ? 100 : Math.floor((1000 * present) / expected) / 10;
}
