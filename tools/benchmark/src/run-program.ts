import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { League } from './league';
import { type Measurement, Stopwatch } from './measurement';

const execute = promisify(execFile);

/**
 * The wall time of the built program, its start included.
 * @throws Error when it ends with anything but 0
 */
export async function runBackfillProgram(program: string, args: readonly string[], file: string, { lake, now }: League): Promise<Measurement> {
  // Where it is set, every start of Node reads certificates first: 40 ms that say nothing of the program.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const watch = new Stopwatch();
  await execute(process.execPath, [program, ...args, '--warehouse', `duckdb:${file}`, '--lake', lake, '--now', now, ...(args[0] === 'plan' ? [] : ['--alerts', 'none'])], { maxBuffer: 2 ** 26, env });
  watch.lap('program');
  return { ...watch.measured(), peakBytes: 0, cpuMs: 0 };
}
