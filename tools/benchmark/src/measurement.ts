/** What one run of one contender took. */
export interface Measurement {
  /** Milliseconds by stage, in the order they ran. */
  readonly stages: Readonly<Record<string, number>>;
  /** Most memory the process ever held, bytes. */
  readonly peakBytes: number;
  /** Rows per table, so that contenders are seen to have done the same. */
  readonly rows: Readonly<Record<string, number>>;
}

/** Adds up stage times. */
export class Stopwatch {
  readonly stages: Record<string, number> = {};
  private last = performance.now();

  /** Ends a stage: what has passed since the one before counts for it. */
  lap(stage: string): void {
    const now = performance.now();
    this.stages[stage] = (this.stages[stage] ?? 0) + now - this.last;
    this.last = now;
  }
}

/** Peak resident memory of this process, bytes. */
export const peakBytes = (): number => process.resourceUsage().maxRSS * 1024;

/** The middle value; of an even number the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? NaN;
}
