import type { League, LeagueSize } from './league';
import type { Line } from './line';
import type { Measurement } from './measurement';

/** What a benchmark is made over; plain data, since it travels to the contenders' processes. */
export interface Ground {
  /** Where everything is made; the benchmark takes it away in the end. */
  readonly folder: string;
  /** The league of all scenarios but those of sizes and of real seasons. */
  readonly league: League;
  /** The `backfill` program, built. */
  readonly program: string;
  /** Date by date over all seasons of the league, and not only the last. */
  readonly isFull: boolean;
  /** Numbers of seasons to compare, the least first, and what is the same in all of them. */
  readonly sizes: readonly number[];
  readonly size: Omit<LeagueSize, 'seasons'>;
  /** How often what takes milliseconds is repeated within a run, after once to make caches warm. */
  readonly repeats: number;
  /** Real seasons, where they are there. */
  readonly real?: League;
}

/** One of those who do the same: the floor, the pipeline in this process, or a program. */
export interface Contender {
  readonly name: string;
  /** The file that it gets a copy of, in the ground's folder; by default none: it starts from nothing. */
  readonly base?: string;
  /** In the warehouse file that it is given. What is counted is in the stages. */
  run(ground: Ground, file: string): Promise<Measurement>;
}

/** Measurements by contender. */
export type Runs = Readonly<Record<string, readonly Measurement[]>>;

/** Something that is done in different ways and compared. */
export interface Scenario {
  readonly name: string;
  /** Makes what the contenders start from; uncounted, once. */
  prepare(ground: Ground): Promise<void>;
  contenders(ground: Ground): readonly Contender[];
  /** Contenders that must write the same rows, as pairs. */
  alike(ground: Ground): readonly (readonly [string, string])[];
  /** What is told of them. */
  lines(ground: Ground, runs: Runs): readonly Line[];
}

/** The contenders that most scenarios have. */
export const [FLOOR, HERE, PROGRAM] = ['floor', 'here', 'program'] as const;
