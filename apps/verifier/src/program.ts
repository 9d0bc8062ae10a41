import { Command, Option } from 'commander';
import type { Clock } from '@nba/kernel';
import type { Phase, PhaseVerification, Verifier } from '@nba/pipeline';
import type { Scope } from '@nba/schedule';
import {
  type CommonOptions, EXIT, type ExitCode, type Output, type ScopeFlags, addCommonOptions, addScopeOptions, clockOf, describeVerification, readConfiguration, runProgram, scopeOf,
} from '@nba/command-line';
import { withVerifier } from './container';
import { addReportCommand } from './report/report.command';

export interface Surroundings {
  readonly output: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}

interface VerifierOptions extends CommonOptions, ScopeFlags {
  readonly phase?: '2' | '3' | '4';
  readonly deep?: boolean;
}

/** The `verifier` program: 0 when everything that should be stored is, 1 when not. It never ends the process. */
export function runVerifierProgram(argv: readonly string[], { output, environment, clock }: Surroundings): Promise<ExitCode> {
  let code: ExitCode = EXIT.complete;
  const program = new Command('verifier')
    // What stands behind `report` is meant for it.
    .enablePositionalOptions()
    .description('Compares what is stored with what should be: dates, games, teams and players, from the rows themselves;\nand with what the runs have recorded.')
    .addOption(new Option('--phase <phase>', 'one phase (default: all)').choices(['2', '3', '4']))
    .option('--deep', 'compare content hashes with the record too: finds values that were edited outside');
  addCommonOptions(addScopeOptions(program))
    .addHelpText('after', EXAMPLES)
    .action(async (options: VerifierOptions) => {
      const phases: Phase[] = options.phase ? [Number(options.phase) as Phase] : [2, 3, 4];
      const scope = scopeOf(options);
      const configuration = readConfiguration(options, environment);
      const found = await withVerifier(configuration, { gameTypes: options.gameTypes }, clockOf(options, environment, clock), (verifier) => verifyAll(verifier, phases, scope, options.deep));
      const complete = found.every((verification) => verification.complete);
      if (options.json) output.line(JSON.stringify({ complete, verifications: found }, null, 2));
      else output.line([...found.flatMap(describeVerification), '', verdict(complete, phases, scope)].join('\n'));
      code = complete ? EXIT.complete : EXIT.incomplete;
    });
  addReportCommand(program, { output, environment, clock }, (ended) => (code = ended));
  return runProgram(program, argv, output, () => code);
}

async function verifyAll(verifier: Verifier, phases: readonly Phase[], scope: Scope, isDeep?: boolean): Promise<PhaseVerification[]> {
  const found: PhaseVerification[] = [];
  for (const phase of phases) for (const range of scope.ranges) found.push(await verifier.verifyPhase(phase, range, { isDeep }));
  return found;
}

function verdict(complete: boolean, phases: readonly Phase[], scope: Scope): string {
  if (!complete) return `GAPS in ${scope.label}. Next: repair the lake where a document is named, then run the phases again: nx run backfill:all.`;
  return `COMPLETE: ${scope.label}, ${phases.length === 1 ? `phase ${phases[0]}` : 'all phases'}. Whether the lake has newer documents: nx run backfill:status.`;
}

const EXAMPLES = `
Examples:
  node dist/apps/verifier/main.js --phase 2
  node dist/apps/verifier/main.js --phase 3 --season 2022-23
  node dist/apps/verifier/main.js --start-date 2025-01-01 --end-date 2025-01-31 --json
  node dist/apps/verifier/main.js --season 2024-25 --deep

Exit codes: 0 complete, 1 gaps, violated invariants or rows that are not as recorded, 2 wrong usage, 4 fault.`;
