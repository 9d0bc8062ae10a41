import type { Clock } from '@nba/kernel';
import { isTransientFault } from './faults';

/** How often and how far apart a call is tried. */
export interface RetryPolicy {
  /** Tries in all, the first one counted. */
  readonly attempts: number;
  /** The longest pause before the second try; it doubles with each. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = { attempts: 6, firstPauseMs: 500, longestPauseMs: 20_000 };

/**
 * The pause after a try that failed: anything up to a bound that doubles, so that those who failed together do not come back together.
 * @param random from 0 up to, not including, 1
 */
export function pauseMs(policy: RetryPolicy, attempt: number, random: number): number {
  const bound = Math.min(policy.longestPauseMs, policy.firstPauseMs * 2 ** (attempt - 1));
  return Math.ceil(bound * random);
}

/** Runs the work until it succeeds, fails for a reason that time does not mend, or has been tried often enough: then its last fault is thrown. */
export async function withRetries<T>(work: (attempt: number) => Promise<T>, clock: Clock, policy: RetryPolicy, random: () => number = Math.random): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (fault) {
      if (attempt >= policy.attempts || !isTransientFault(fault)) throw fault;
      await clock.sleep(pauseMs(policy, attempt, random()));
    }
  }
}
