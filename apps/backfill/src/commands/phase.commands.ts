import { InvalidArgumentError, type Command } from 'commander';
import { NbaError } from '@nba/kernel';
import { type BackfillOutcome, type BackfillRequest, type FailurePolicy, type Phase, type Processor, RUN_DEFAULTS, datesAsked } from '@nba/pipeline';
import {
  EXIT, type ExitCode, type ScopeFlags, addCommonOptions, addScopeOptions, clockOf, duration, positiveInteger, readConfiguration, scopeOf, trueOrFalse,
} from '@nba/command-line';
import { registry } from '@nba/wiring';
import { withApp } from '../container';
import { describePlan } from '../describe-plan';
import { describeOutcome, nextStep } from '../describe-outcome';
import { type GroupingOptions, addGroupingOptions, maxGroupOf } from '../grouping-options';
import { exitCodeOf } from '../outcome-exit-code';
import { outcomeJson } from '../outcome-json';
import type { EndWith } from '../program';
import type { Surroundings } from '../surroundings';
import { type RunningOptions, addRunningOptions, limitsOf, withRunningApp } from '../with-running-app';

interface PhaseOptions extends RunningOptions, ScopeFlags, GroupingOptions {
  readonly processor?: string;
  readonly workers: number;
  readonly skipDownstreamTrigger?: boolean;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly failurePolicy: FailurePolicy;
  readonly allowGaps?: string;
  readonly strictMode: boolean;
  readonly backfillMode?: boolean;
}

interface PhaseCommand {
  readonly name: string;
  readonly phases: readonly Phase[];
  readonly what: string;
  /** Arguments that work, and what they do. */
  readonly examples: readonly (readonly [args: string, what: string])[];
}

const COMMANDS: readonly PhaseCommand[] = [
  {
    name: 'phase2', phases: [2], what: 'load raw box scores and the schedule from the lake; phases 3 and 4 follow',
    examples: [['--season=2021-22 --skip-downstream-trigger', 'one season, raw tables only'], ['--date=2025-01-26', 'one date, and what depends on it']],
  },
  {
    name: 'phase3', phases: [3], what: 'compute the analytics tables; phase 4 follows',
    examples: [['--season=2022-23,2024-25', 'two seasons'], ['--start-date=2025-01-01 --end-date=2025-01-31 --date-by-date', 'a month, one date in a statement']],
  },
  {
    name: 'phase4', phases: [4], what: 'compute the precompute tables',
    examples: [['--dates=2025-01-26,2025-01-27', 'two dates'], ['--season=2024-25 --processor=player_daily_cache', 'one table']],
  },
  {
    name: 'all', phases: [2, 3, 4], what: 'phases 2 to 4, each verified',
    examples: [['', 'the four seasons of the historical backfill'], ['--season=2024-25 --failure-policy=stop', 'one season; no later phase when one has gaps']],
  },
];

const exampleText = (name: string, examples: PhaseCommand['examples']): string =>
  ['', 'Examples:', ...examples.map(([args, what]) => `  ${`nx run backfill:${name} ${args}`.trimEnd().padEnd(84)} ${what}`)].join('\n');

/** Adds `phase2`, `phase3`, `phase4` and `all`. */
export function addPhaseCommands(program: Command, surroundings: Surroundings, end: EndWith): void {
  for (const { name, phases, what, examples } of COMMANDS) {
    const command = addGroupingOptions(addScopeOptions(program.command(name).description(what)))
      .option('--processor <name>', 'one processor only, by its name or its table\'s')
      .option('--workers <n>', 'documents read at the same time', positiveInteger, RUN_DEFAULTS.workers)
      .option('--skip-downstream-trigger', 'do not trigger the next phase')
      .option('--force', 'run complete units too')
      .option('--dry-run', 'only say what would run, and why, as plan does')
      .option('--failure-policy <policy>', 'skip-dependents, stop or continue', failurePolicy, 'skip-dependents')
      .option('--allow-gaps <reason>', 'why gaps are acceptable; needed by --failure-policy continue and recorded')
      .option('--strict-mode <true|false>', 'false: report holes in lookbacks and go on; for tests only', trueOrFalse, true)
      .option('--backfill-mode <true|false>', 'verify phase 2 for the whole range first (default: for ranges, not for single dates)', trueOrFalse);
    addCommonOptions(addRunningOptions(command)).addHelpText('after', exampleText(name, examples)).action(async (options: PhaseOptions) => {
      const started = performance.now();
      const request = requestOf(phases, name, options, surroundings);
      if (options.dryRun) return end(await tellPlan(request, options, surroundings));
      const outcome = await withRunningApp(request.holder, options, surroundings, (app, onProgress) => app.backfill.run(request, onProgress));
      const code = exitCodeOf(outcome, surroundings.signal);
      const elapsed = performance.now() - started;
      if (options.json) surroundings.output.line(outcomeJson(outcome, code, Math.round(elapsed)));
      else tell(outcome, elapsed, surroundings);
      end(code);
    });
  }
  program.command('phase5', { hidden: true }).allowUnknownOption().allowExcessArguments().action(() => {
    throw new NbaError('INVALID_ARGUMENT', 'Phase 5 predicts today\'s games and is never backfilled. For past dates query the Phase 4 tables in nba_precompute.');
  });
}

function requestOf(phases: readonly Phase[], name: string, options: PhaseOptions, surroundings: Surroundings): BackfillRequest {
  const scope = scopeOf(options);
  if (options.failurePolicy === 'continue' && !options.allowGaps) {
    throw new NbaError('INVALID_ARGUMENT', '--failure-policy continue computes beside gaps; say why with --allow-gaps "reason", it is recorded.');
  }
  return {
    phases,
    scope,
    processor: options.processor === undefined ? undefined : processorOf(phases, options.processor),
    failurePolicy: options.failurePolicy,
    strictMode: options.strictMode,
    backfillMode: options.backfillMode ?? !scope.singleDates,
    skipDownstreamTrigger: options.skipDownstreamTrigger ?? false,
    verify: name === 'all' ? datesAsked : undefined,
    force: options.force ?? false,
    workers: options.workers,
    maxGroup: maxGroupOf(options),
    trigger: [`backfill ${name}`, options.allowGaps && `gaps allowed: ${options.allowGaps}`, !options.strictMode && 'strict mode off'].filter(Boolean).join('; '),
    holder: `backfill ${name}, ${scope.label}`,
    ...limitsOf(options, surroundings),
  };
}

function processorOf(phases: readonly Phase[], name: string): Processor {
  const processor = registry.find(name);
  if (phases.includes(processor.phase)) return processor;
  throw new NbaError('INVALID_ARGUMENT', `${processor.name} belongs to phase ${processor.phase}: nx run backfill:phase${processor.phase} --processor=${processor.table.name}.`, { field: '--processor' });
}

/** What a request would run, its cascade included. It writes nothing. */
async function tellPlan({ phases, scope, processor, force, maxGroup, skipDownstreamTrigger }: BackfillRequest, options: PhaseOptions, { output, environment, clock }: Surroundings): Promise<ExitCode> {
  const opening = { clock: clockOf(options, environment, clock), command: 'backfill --dry-run', readOnly: true };
  const following = ([2, 3, 4] as const).filter((phase) => phases.includes(phase) || (!skipDownstreamTrigger && !processor && phase > (phases[0] ?? 2)));
  const plan = await withApp(readConfiguration(options, environment), { gameTypes: options.gameTypes }, opening, (app) => app.planner.plan({ scope, phases: following, processor, forced: force ? phases : [], maxGroup }));
  output.line(options.json ? JSON.stringify(plan, null, 2) : describePlan(plan).join('\n'));
  return EXIT.complete;
}

/** Prints what came of a request. */
export function tell(outcome: BackfillOutcome, elapsed: number, { output }: Surroundings): void {
  for (const line of describeOutcome(outcome)) output.line(line);
  const next = nextStep(outcome);
  output.line(`${exitCodeOf(outcome) === 0 ? 'Complete' : 'Not complete'}, ${duration(elapsed)}.`);
  if (next) output.line(`Next: ${next}`);
}

function failurePolicy(text: string): FailurePolicy {
  if (text === 'skip-dependents' || text === 'stop' || text === 'continue') return text;
  throw new InvalidArgumentError('It must be skip-dependents, stop or continue.');
}
