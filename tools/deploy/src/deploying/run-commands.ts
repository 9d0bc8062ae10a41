import { spawnSync } from 'node:child_process';
import { type Command, renderCommand } from './plan-deployment';

/** Runs a command to its end. */
export type RunCommand = (command: Command) => { readonly code: number | null; readonly isMissing: boolean };

/** Runs it as a process of its own that talks to the same terminal. */
export const runProcess: RunCommand = ([program = '', ...args]) => {
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  return { code: status, isMissing: (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT' };
};

/**
 * One after the other; the first that fails ends it.
 * @throws Error naming the command that failed, and those that were not run
 */
export function runCommands(commands: readonly Command[], run: RunCommand, tell: (line: string) => void): void {
  commands.forEach((command, i) => {
    tell(renderCommand(command));
    const { code, isMissing } = run(command);
    if (isMissing) throw new Error(`${command[0]} is not installed on this machine, so nothing can be deployed from it. Install the Google Cloud CLI, or run the lines of --dry-run where it is.`);
    if (code !== 0) {
      const rest = commands.slice(i + 1).map(renderCommand);
      throw new Error([`This command ended with ${code ?? 'a signal'}: ${renderCommand(command)}`, ...(rest.length > 0 ? ['Not run:', ...rest] : [])].join('\n'));
    }
  });
}
