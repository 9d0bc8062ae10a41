import type { Clock } from '@nba/kernel';
import type { Output } from '@nba/command-line';

/** Everything a program takes from the process it runs in; the only place where it comes from is main.ts. */
export interface Surroundings {
  readonly output: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether a person watches standard error: then progress is a bar. */
  readonly isTerminal: boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}
