import { NbaError } from '@nba/kernel';
import type { Coverage } from './coverage';

/** The least coverage that will do, as fractions from 0 to 1: of the whole range, and of each of its dates. */
export interface Thresholds {
  readonly overall: number;
  readonly perDate: number;
}

/** A plain number stands for both. Default is 1: everything must be there. */
export type Threshold = number | Thresholds;

/** @throws NbaError INVALID_ARGUMENT for anything but fractions from 0 to 1: 98 per cent is 0.98 */
export function parseThreshold(threshold: Threshold = 1): Thresholds {
  const { overall, perDate } = typeof threshold === 'number' ? { overall: threshold, perDate: threshold } : threshold;
  for (const fraction of [overall, perDate]) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new NbaError('INVALID_ARGUMENT', `threshold: ${fraction} is no fraction from 0 to 1. Write 98 % as 0.98.`, { field: 'threshold' });
    }
  }
  return { overall, perDate };
}

/** Whether that much is there. */
export const meets = ({ fraction }: Coverage, least: number): boolean => fraction >= least;
