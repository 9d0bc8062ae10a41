import { parseArgs } from 'node:util';
import { SCENARIOS } from './scenarios';

/** What is to be run. */
export interface Asked {
  readonly isFull: boolean;
  readonly sizes: readonly number[];
  /** Names of scenarios; by default all. */
  readonly only: readonly string[];
  /** Where the table is written. */
  readonly output: string;
  readonly times: number;
}

/** Numbers of seasons that are compared in a full run. */
export const ALL_SIZES: readonly number[] = [4, 10, 40];
const USUAL_SIZES: readonly number[] = [4];

/** @throws Error for what is not known */
export function parseBenchmarkArguments(argv: readonly string[]): Asked {
  const { values } = parseArgs({
    args: [...argv],
    options: { full: { type: 'boolean' }, seasons: { type: 'string' }, only: { type: 'string' }, output: { type: 'string' }, times: { type: 'string' } },
  });
  const isFull = values.full ?? false;
  const sizes = values.seasons?.split(',').map(Number) ?? (isFull ? ALL_SIZES : USUAL_SIZES);
  if (sizes.some((size) => !Number.isInteger(size) || size < 1)) throw new Error(`--seasons=${values.seasons}: write numbers of seasons, as 4,10,40.`);
  const known = SCENARIOS.map(({ name }) => name);
  const only = values.only?.split(',') ?? (values.seasons === undefined ? known : ['sizes']);
  const stranger = only.find((name) => !known.includes(name));
  if (stranger !== undefined) throw new Error(`--only=${stranger}: there are ${known.join(', ')}.`);
  const times = Number(values.times ?? 3);
  if (!Number.isInteger(times) || times < 1) throw new Error(`--times=${values.times}: write how often each is run, as 3.`);
  return { isFull, sizes: [...sizes].sort((a, b) => a - b), only, output: values.output ?? 'docs/benchmarks.md', times };
}
