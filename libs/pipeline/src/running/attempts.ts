import { type Clock, isTransient } from '@nba/kernel';

/** Tries in all: a place that is out of reach for longer is the next run's business. */
export const MOST_ATTEMPTS = 3;
const FIRST_PAUSE_MS = 500;

/**
 * Does the work, and tries again when the fault was transient: after about half a second, then after about two. The pause
 * is drawn between half and all of that, so that runners which failed together do not come back together.
 * @param work is told which attempt it is, from 1
 * @throws the last fault, or the first that another attempt cannot mend
 */
export async function withAttempts<T>(clock: Clock, random: () => number, work: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (fault) {
      if (attempt >= MOST_ATTEMPTS || !isTransient(fault)) throw fault;
      await clock.sleep(FIRST_PAUSE_MS * 4 ** (attempt - 1) * (0.5 + random() / 2));
    }
  }
}
