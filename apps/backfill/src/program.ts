import { Command } from 'commander';
import { EXIT, type ExitCode, runProgram } from '@nba/command-line';
import { addDailyCommand } from './commands/daily.command';
import { addDemoCommand } from './commands/demo.command';
import { addFetchCommand } from './commands/fetch.command';
import { addPhaseCommands } from './commands/phase.commands';
import { addPlanCommand } from './commands/plan.command';
import { addRecoveryCommands } from './commands/recovery.commands';
import { addRepairCommand } from './commands/repair.command';
import { addRunsCommand } from './commands/runs.command';
import { addSqlCommand } from './commands/sql.command';
import { addStatusCommand } from './commands/status.command';
import { addWatchCorrectionsCommand } from './commands/watch-corrections.command';
import type { Surroundings } from './surroundings';

/** Adds a command to the program; the command reports its exit code when it ends. */
export type EndWith = (code: ExitCode) => void;

/** The `backfill` program, from its arguments to its exit code. It never ends the process. */
export function runBackfillProgram(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let code: ExitCode = EXIT.complete;
  const end: EndWith = (ended) => (code = ended);
  const program = new Command('backfill')
    .description('Loads NBA box scores and computes everything that is derived from them, for any dates, as often as you like:\nwhat is complete already is left alone.')
    .showHelpAfterError('(backfill --help shows what there is)');
  addFetchCommand(program, surroundings, end);
  addPhaseCommands(program, surroundings, end);
  addDailyCommand(program, surroundings, end);
  addPlanCommand(program, surroundings, end);
  addRepairCommand(program, surroundings, end);
  addRecoveryCommands(program, surroundings, end);
  addStatusCommand(program, surroundings, end);
  addWatchCorrectionsCommand(program, surroundings, end);
  addRunsCommand(program, surroundings, end);
  addSqlCommand(program, surroundings, end);
  addDemoCommand(program, surroundings, end);
  program.addHelpText('after', EXAMPLES);
  return runProgram(program, argv, surroundings.output, () => code);
}

const EXAMPLES = `
Examples:
  nx run backfill:fetch --season=2022-23                     fill the lake from nba.com
  nx run backfill:all --season=2022-23                       one season, all phases, verified
  nx run backfill:phase2 --season=2021-22 --skip-downstream-trigger
  nx run backfill:phase3 --start-date=2025-01-01 --end-date=2025-01-31
  nx run backfill:phase2 --date=2025-01-26                   one date again; what depends on it follows
  nx run backfill:daily                                      this morning
  nx run backfill:plan                                       what would run, and why
  nx run backfill:repair                                     just that: whatever has changed, and what it reaches
  nx run backfill:retry                                      only what failed
  nx run backfill:explain                                    what is wrong, and what mends it
  nx run backfill:status
  nx run backfill:watch-corrections --since=2025-01-01       what newer documents would change
  node dist/apps/backfill/main.js sql "SELECT COUNT(*) FROM nba_raw.nbac_player_boxscore"

Exit codes: 0 complete, 1 gaps or failed units, 2 wrong usage, 3 blocked by the guard, 4 fault,
130 interrupted, 143 terminated.
(nx turns every failure into 1: let gates call node dist/apps/backfill/main.js.)`;
