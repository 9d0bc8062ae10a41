import 'reflect-metadata';
import { setEngineFlags, streamOutput, systemClock } from '@nba/command-line';
import { runVerifierProgram } from './program';

setEngineFlags();
void runVerifierProgram(process.argv.slice(2), {
  output: streamOutput(process.stdout, process.stderr),
  environment: process.env,
  clock: systemClock(),
}).then((code) => {
  process.exitCode = code;
});
