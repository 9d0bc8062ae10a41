import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { NbaError } from '@nba/kernel';
import { type CommonOptions, EXIT, type ExitCode, type ScopeFlags, addCommonOptions, addScopeOptions, clockOf, readConfiguration, scopeOf } from '@nba/command-line';
import { withSurvey } from '../container';
import type { Surroundings } from '../program';
import { reportPage } from './page';
import { isAllComplete, totalsOf } from './totals';

interface ReportOptions extends CommonOptions, ScopeFlags {
  readonly html: string;
  readonly deep?: boolean;
}

/** Adds `report`: the state of everything as one page for a browser. */
export function addReportCommand(program: Command, { output, environment, clock }: Surroundings, end: (code: ExitCode) => void): void {
  const command = program.command('report').description('writes one page for a browser: calendars of all tables, gaps, run times, incidents, and what to type');
  addCommonOptions(addScopeOptions(command.requiredOption('--html <file>', 'where the page is to be written; what is there is written over')
    .option('--deep', 'compare content hashes with the record too: finds values that were edited outside')))
    .addHelpText('after', '\nExample:\n  node dist/apps/verifier/main.js report --html .nba/report.html --season 2024-25\n\nExit codes: as of the verification.')
    .action(async (options: ReportOptions) => {
      const configuration = readConfiguration(options, environment);
      const scope = scopeOf(options);
      const survey = await withSurvey(configuration, { gameTypes: options.gameTypes }, clockOf(options, environment, clock), (one) => one.read(scope, { isDeep: options.deep }));
      const file = resolve(options.html);
      write(file, reportPage(survey, { label: scope.label, warehouse: configuration.warehouse }));
      const complete = isAllComplete(survey.seasons);
      const { complete: done, ready, blocked } = totalsOf(survey.seasons);
      const gaps = survey.seasons.reduce((sum, season) => sum + season.gaps.length, 0);
      if (options.json) output.line(JSON.stringify({ complete, file, units: { complete: done, ready, blocked }, gaps }, null, 2));
      else output.line(`Wrote ${file}: ${done} units complete, ${ready} ready, ${blocked} blocked; games with gaps: ${gaps}.`);
      end(complete ? EXIT.complete : EXIT.incomplete);
    });
}

function write(file: string, page: string): void {
  try {
    writeFileSync(file, page);
  } catch (cause) {
    throw new NbaError('INVALID_ARGUMENT', `The page cannot be written to ${file}: ${(cause as Error).message}.`, { field: '--html' }, cause);
  }
}
