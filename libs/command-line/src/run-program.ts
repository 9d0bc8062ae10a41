import { type Command, CommanderError } from 'commander';
import { NbaError } from '@nba/kernel';
import { EXIT, type ExitCode } from './exit-code';

/** Where a program writes. */
export interface Output {
  line(text: string): void;
  error(text: string): void;
}

/**
 * Runs a program to its exit code: the one place where faults become messages. Nothing in it ends the process.
 * @param codeOf the exit code that the command which ran has decided on
 */
export async function runProgram(program: Command, argv: readonly string[], output: Output, codeOf: () => ExitCode): Promise<ExitCode> {
  program.exitOverride();
  program.configureOutput({ writeOut: (text) => output.line(text.trimEnd()), writeErr: (text) => output.error(text.trimEnd()) });
  for (const command of program.commands) command.exitOverride().configureOutput(program.configureOutput());
  try {
    await program.parseAsync(argv, { from: 'user' });
    return codeOf();
  } catch (fault) {
    if (fault instanceof CommanderError) return fault.exitCode === 0 ? EXIT.complete : EXIT.usage;
    if (fault instanceof NbaError) {
      output.error(`${fault.code}: ${fault.message}`);
      return isUsage(fault) ? EXIT.usage : EXIT.fault;
    }
    output.error(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
    return EXIT.fault;
  }
}

/** What the user can put right by writing something else. */
function isUsage({ code }: NbaError): boolean {
  return code === 'INVALID_ARGUMENT' || code === 'LAKE_UNREADABLE' || code === 'WAREHOUSE_SCHEMA_DRIFT';
}
