import 'reflect-metadata';
import { setEngineFlags, streamOutput, systemClock } from '@nba/command-line';
import { runBackfillProgram } from './program';

setEngineFlags();

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort(signal));

void runBackfillProgram(process.argv.slice(2), {
  output: streamOutput(process.stdout, process.stderr),
  environment: process.env,
  isTerminal: process.stderr.isTTY === true,
  clock: systemClock(),
  signal: interruption.signal,
}).then((code) => {
  process.exitCode = code;
});
