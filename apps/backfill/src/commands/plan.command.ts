import { type Command, Option } from 'commander';
import { NbaError, parseGameDate } from '@nba/kernel';
import {
  type CommonOptions, EXIT, type ScopeFlags, addCommonOptions, addScopeOptions, askedScope, clockOf, readConfiguration,
} from '@nba/command-line';
import { registry } from '@nba/wiring';
import { type BackfillApp, withApp } from '../container';
import { describePlan, describeUnit } from '../describe-plan';
import { type GroupingOptions, addGroupingOptions, maxGroupOf } from '../grouping-options';
import type { EndWith } from '../program';
import type { Surroundings } from '../surroundings';

interface PlanOptions extends CommonOptions, ScopeFlags, GroupingOptions {
  readonly explain?: readonly string[];
}

const EXAMPLES = `
Examples:
  nx run backfill:plan                                               everything that has been loaded
  nx run backfill:plan --season=2024-25
  nx run backfill:plan --explain player_game_summary 2025-01-27      one unit: its windows, its inputs, why it is or is not to be run`;

/** What to type when nothing is there to plan. */
export const NOTHING_LOADED = 'No season has been loaded yet. Next: nx run backfill:all';

/** Adds `plan`: what would run, and why. It writes nothing. */
export function addPlanCommand(program: Command, surroundings: Surroundings, end: EndWith): void {
  const command = addGroupingOptions(addScopeOptions(program.command('plan').description('what would run and why, how it is grouped, and how long it may take; writes nothing'), 'all that have been loaded'))
    .addOption(new Option('--explain <processor-and-date...>', 'one unit: a processor, by its name or its table\'s, and a date').conflicts(['season', 'date', 'dates', 'startDate', 'endDate', 'start', 'end']));
  addCommonOptions(command).addHelpText('after', EXAMPLES).action(async (options: PlanOptions) => {
    const opening = { clock: clockOf(options, surroundings.environment, surroundings.clock), command: 'backfill plan', readOnly: true };
    const lines = await withApp(readConfiguration(options, surroundings.environment), { gameTypes: options.gameTypes }, opening, (app) => (
      options.explain ? explain(app, options.explain, options) : plan(app, options)
    ));
    surroundings.output.line(lines.join('\n'));
    end(EXIT.complete);
  });
}

async function plan({ planner }: BackfillApp, options: PlanOptions): Promise<string[]> {
  const scope = askedScope(options) ?? (await planner.knownScope());
  if (!scope) return options.json ? [JSON.stringify({ statements: [], mayFollow: [], waiting: [], complete: 0, estimate: null, estimateWithFollowers: null, cost: null }, null, 2)] : [NOTHING_LOADED];
  const found = await planner.plan({ scope, maxGroup: maxGroupOf(options) });
  if (options.json) return [JSON.stringify(found, null, 2)];
  return [...describePlan(found), ...(found.statements.length > 0 ? ['Next: nx run backfill:repair'] : [])];
}

async function explain({ planner }: BackfillApp, [name, date, ...more]: readonly string[], { json }: PlanOptions): Promise<string[]> {
  if (name === undefined || date === undefined || more.length > 0) {
    throw new NbaError('INVALID_ARGUMENT', '--explain takes a processor and a date: --explain player_game_summary 2025-01-27.', { field: '--explain' });
  }
  const explanation = await planner.explain(registry.find(name), parseGameDate(date, '--explain'));
  return json ? [JSON.stringify(explanation, null, 2)] : describeUnit(explanation);
}
