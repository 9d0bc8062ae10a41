import { cpus, loadavg, totalmem } from 'node:os';
import { version } from '@duckdb/node-api';

/** Where, when and how often it was measured. */
export interface Machine {
  readonly text: string;
  readonly date: string;
  /** Processes that wanted to run, on average over the minute before. */
  readonly load: number;
  /** Runs of each contender, of which the median counts. */
  readonly times: number;
}

export function readMachine(times: number): Machine {
  const [model, load] = [cpus()[0]?.model.trim() ?? 'unknown processor', loadavg()[0] ?? 0];
  const text = `${cpus().length} cores (${model}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB of memory, Node ${process.version}, DuckDB ${version()}`;
  return { text, date: new Date().toISOString().slice(0, 10), load, times };
}
