import 'reflect-metadata';
import { systemClock } from '@nba/command-line';
import { runVerifierProgram } from './program';

void runVerifierProgram(process.argv.slice(2), {
  output: { line: (text) => process.stdout.write(`${text}\n`), error: (text) => process.stderr.write(`${text}\n`) },
  environment: process.env,
  clock: systemClock(),
}).then((code) => {
  process.exitCode = code;
});
