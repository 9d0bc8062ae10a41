import { type Command, Option } from 'commander';
import { positiveInteger } from '@nba/command-line';
import { RUN_DEFAULTS } from '@nba/pipeline';

/** How many dates a statement may be about. */
export interface GroupingOptions {
  readonly maxGroup: number;
  readonly dateByDate?: boolean;
}

export function addGroupingOptions(command: Command): Command {
  return command
    .option('--max-group <n>', 'most dates in a statement', positiveInteger, RUN_DEFAULTS.maxGroup)
    .addOption(new Option('--date-by-date', 'one date in a statement').conflicts('maxGroup'));
}

export const maxGroupOf = ({ maxGroup, dateByDate }: GroupingOptions): number => (dateByDate ? 1 : maxGroup);
