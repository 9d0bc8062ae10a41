/** What one run of one contender took. */
export interface Measurement {
  /** Milliseconds by stage, in the order they ran. */
  readonly stages: Readonly<Record<string, number>>;
  /** Most memory the process ever held, bytes; 0 where it is another's process and not known. */
  readonly peakBytes: number;
  /** Milliseconds of processor time in the same stretch, of all cores together; 0 where it is not known. */
  readonly cpuMs: number;
  /** What else is told of the run: units, or milliseconds of a part. */
  readonly told?: Readonly<Record<string, number>>;
}

/** Adds up stage times. */
export class Stopwatch {
  readonly stages: Record<string, number> = {};
  private last = performance.now();
  private cpu = process.cpuUsage();

  /** Ends a stage: what has passed since the one before counts for it. */
  lap(stage: string): void {
    const now = performance.now();
    this.stages[stage] = (this.stages[stage] ?? 0) + now - this.last;
    this.last = now;
  }

  /** What has passed so far counts for nothing. */
  skip(): void {
    this.last = performance.now();
    this.cpu = process.cpuUsage();
  }

  measured(told?: Measurement['told']): Measurement {
    const { user, system } = process.cpuUsage(this.cpu);
    return { stages: this.stages, peakBytes: process.resourceUsage().maxRSS * 1024, cpuMs: (user + system) / 1000, told };
  }
}

export const totalMs = ({ stages }: Measurement): number => Object.values(stages).reduce((sum, ms) => sum + ms, 0);

/** The middle value; of an even number the lower of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? NaN;
}
