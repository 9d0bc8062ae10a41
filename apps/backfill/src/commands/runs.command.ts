import type { Command } from 'commander';
import { parseGameDate } from '@nba/kernel';
import type { RunSummary } from '@nba/pipeline';
import { type CommonOptions, EXIT, addCommonOptions, clockOf, duration, plural, positiveInteger, readConfiguration } from '@nba/command-line';
import { registry } from '@nba/wiring';
import { withApp } from '../container';
import type { EndWith } from '../program';
import type { Surroundings } from '../surroundings';

interface RunsOptions extends CommonOptions {
  readonly processor?: string;
  readonly date?: string;
  readonly limit: number;
}

/** Adds `runs`: what has run, newest first. */
export function addRunsCommand(program: Command, surroundings: Surroundings, end: EndWith): void {
  const command = program.command('runs').description('the newest runs: when, what, by whom, and how they ended')
    .option('--processor <name>', 'of one processor, by its name or its table\'s')
    .option('--date <date>', 'at the unit of one game date')
    .option('--limit <n>', 'most runs', positiveInteger, 20);
  addCommonOptions(command).addHelpText('after', '\nExample:\n  nx run backfill:runs --processor=player_game_summary --date=2025-01-27').action(async (options: RunsOptions) => {
    const { output, environment, clock } = surroundings;
    const query = { limit: options.limit, processor: options.processor === undefined ? undefined : registry.find(options.processor), date: options.date === undefined ? undefined : parseGameDate(options.date, '--date') };
    const opening = { clock: clockOf(options, environment, clock), command: 'backfill runs', readOnly: true };
    const runs = await withApp(readConfiguration(options, environment), { gameTypes: options.gameTypes }, opening, (app) => app.status.runs(query));
    if (options.json) output.line(JSON.stringify(runs, null, 2));
    else output.line(runs.length > 0 ? runs.flatMap(describeRun).join('\n') : 'There is no such run. What has run: nx run backfill:runs');
    end(EXIT.complete);
  });
}

function describeRun({ runId, processor, startedAt, finishedAt, endings, units, from, to, rows, changes, trigger, errors }: RunSummary): string[] {
  const took = finishedAt ? `, ${duration(Date.parse(finishedAt) - Date.parse(startedAt))}` : '';
  return [
    `${runId}  ${processor}  ${from === to ? from : `${plural(units, 'unit')}, ${from} to ${to}`}  ${endings}`,
    `  ${startedAt}${took}, ${plural(rows, 'row')}, ${plural(changes, 'change')}; by ${trigger}`,
    ...(errors ? [`  ${errors.split('\n')[0]}`] : []),
  ];
}
