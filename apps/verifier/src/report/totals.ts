import type { Violation } from '@nba/completeness';
import type { SeasonSurvey } from '@nba/pipeline';
import { wordsFor } from './conditions';
import type { ReportCondition } from './report-data';

/** How many units are in which group of conditions. */
export type Totals = Readonly<Record<ReportCondition['group'], number>>;

export function totalsOf(seasons: readonly SeasonSurvey[]): Totals {
  const totals = { complete: 0, ready: 0, blocked: 0, later: 0 };
  for (const { condition } of unitsOf(seasons)) totals[wordsFor(condition).group] += 1;
  return totals;
}

/** Whether nothing that is due is left to be done, and nothing is wrong with what is stored. */
export function isAllComplete(seasons: readonly SeasonSurvey[]): boolean {
  const { ready, blocked } = totalsOf(seasons);
  return ready + blocked === 0 && seasons.every(({ scheduled, gaps, violations }) => scheduled && gaps.length === 0 && violations.length === 0);
}

/** A command, and for how many units it is to be typed. */
export interface NextCommand {
  readonly command: string;
  readonly units: number;
}

/** A command that names more dates than these is told as one for the season. */
const DATES = 12;

/** What to type, as the units ask for it: what serves most first. Commands that differ in their dates only are one. */
export function nextCommands(seasons: readonly SeasonSurvey[]): NextCommand[] {
  return seasons.flatMap((season) => {
    const commands = merged(unitsOf([season]).map(({ fixes }) => fixes));
    if (commands.every(({ dates }) => dates <= DATES) && commands.length <= DATES) return commands;
    return [{ command: `nx run backfill:all --season=${season.season}`, units: unitsOf([season]).filter(({ fixes }) => fixes.length > 0).length }];
  }).map(({ command, units }) => ({ command, units })).sort((a, b) => b.units - a.units);
}

function merged(fixesOfUnits: readonly (readonly string[])[]): (NextCommand & { readonly dates: number })[] {
  const found = new Map<string, { readonly dates: Set<string>; units: number }>();
  for (const command of fixesOfUnits.flat()) {
    const [, before = command, dates = '', after = ''] = /^(.*--dates=)(\S+)(.*)$/.exec(command) ?? [];
    const key = `${before}\n${after}`;
    const known = found.get(key) ?? { dates: new Set<string>(), units: 0 };
    found.set(key, known);
    known.units += 1;
    for (const date of dates.split(',').filter(Boolean)) known.dates.add(date);
  }
  return [...found].map(([key, { dates, units }]) => ({ command: key.replace('\n', [...dates].sort().join(',')), units, dates: dates.size }));
}

const unitsOf = (seasons: readonly SeasonSurvey[]) => seasons.flatMap(({ tables }) => tables.flatMap(({ units }) => units));

/** `2025-01-26: team-points-are-the-score, game 0022400633, NOP, points 107, schedule says 117`. */
export function describeViolationOf({ invariant, date, gameId, who, detail }: Violation): string {
  return [`${date}: ${invariant}`, gameId && `game ${gameId}`, who, detail].filter(Boolean).join(', ');
}
