import type { Command } from 'commander';
import { type BackfillOutcome, type Plan, RUN_DEFAULTS } from '@nba/pipeline';
import { EXIT, type ScopeFlags, addCommonOptions, addScopeOptions, askedScope } from '@nba/command-line';
import { describePlan } from '../describe-plan';
import { type GroupingOptions, addGroupingOptions, maxGroupOf } from '../grouping-options';
import { exitCodeOf } from '../outcome-exit-code';
import { outcomeJson } from '../outcome-json';
import type { EndWith } from '../program';
import type { Surroundings } from '../surroundings';
import { type RunningOptions, addRunningOptions, limitsOf, withRunningApp } from '../with-running-app';
import { tell } from './phase.commands';
import { NOTHING_LOADED } from './plan.command';

interface RepairOptions extends RunningOptions, ScopeFlags, GroupingOptions {}

interface Repaired {
  readonly plan: Plan;
  /** Undefined when there was nothing to do. */
  readonly outcome: BackfillOutcome | undefined;
}

const EXAMPLES = `
Examples:
  nx run backfill:repair                     everything that has been loaded and is not complete any more
  nx run backfill:repair --season=2024-25`;

/** A repair does not look ahead at what may follow: that takes longer than all the rest of its plan. */
const AND_WHAT_FOLLOWS = 'What this changes runs as well, and is not in the estimate; nx run backfill:plan says how much at most.';

/** Adds `repair`: runs what the plan says, and what follows from it. */
export function addRepairCommand(program: Command, surroundings: Surroundings, end: EndWith): void {
  const command = addGroupingOptions(addScopeOptions(program.command('repair').description('run exactly what is missing, stale, failed or not as it was left, and what that changes; see plan'), 'all that have been loaded'));
  addCommonOptions(addRunningOptions(command)).addHelpText('after', EXAMPLES).action(async (options: RepairOptions) => {
    const { output } = surroundings;
    const started = performance.now();
    const asked = askedScope(options);
    const holder = `backfill repair${asked ? `, ${asked.label}` : ''}`;
    const maxGroup = maxGroupOf(options);
    const repaired = await withRunningApp(holder, options, surroundings, async (app, onProgress): Promise<Repaired | undefined> => {
      const planned = await app.repair.plan({ scope: asked, maxGroup });
      if (!planned) return undefined;
      const { plan } = planned;
      if (!options.json) output.line([...describePlan(plan), ...(plan.statements.length > 0 ? [AND_WHAT_FOLLOWS] : []), ''].join('\n'));
      if (planned.isDone) return { plan, outcome: undefined };
      return { plan, outcome: await planned.run({ ...RUN_DEFAULTS, trigger: 'backfill repair', holder, ...limitsOf(options, surroundings) }, onProgress) };
    });
    if (!repaired) {
      output.line(options.json ? JSON.stringify({ exitCode: EXIT.blocked, phases: [] }) : NOTHING_LOADED);
      return end(EXIT.blocked);
    }
    const { plan, outcome } = repaired;
    const code = outcome ? exitCodeOf(outcome, surroundings.signal) : EXIT.complete;
    const elapsed = performance.now() - started;
    if (options.json) output.line(outcome ? outcomeJson(outcome, code, Math.round(elapsed), { plan }) : JSON.stringify({ plan, exitCode: code, elapsedMs: Math.round(elapsed), phases: [] }, null, 2));
    else if (outcome) tell(outcome, elapsed, surroundings);
    end(code);
  });
}
