import type { Command } from 'commander';
import { type GameDate, type Season, parseGameDate, seasonOf } from '@nba/kernel';
import { type Correction, type CorrectionReport, type RereadUnit, type ValueChange, describeFinding } from '@nba/pipeline';
import { type CommonOptions, EXIT, addCommonOptions, clockOf, count, dateList, plural, readConfiguration, repairCommand } from '@nba/command-line';
import { withApp } from '../container';
import type { EndWith } from '../program';
import type { Surroundings } from '../surroundings';

const EXAMPLES = `
Example:
  nx run backfill:watch-corrections --since=2025-01-01

Exit codes: 0 nothing has changed, 1 corrections or documents with something wrong, 2 wrong usage, 4 fault.`;

/** Documents that are listed in full; corrections are listed all. */
const LISTED = 20;

/** What to type, and how much of the lake that reads again. */
interface Proposal {
  readonly command: string;
  /** Game dates of box scores, and seasons of schedules. */
  readonly dates: number;
  readonly seasons: number;
}

/** Adds `watch-corrections`: what newer documents of the lake would change of what is stored, and how to repair it. Reads only. */
export function addWatchCorrectionsCommand(program: Command, surroundings: Surroundings, end: EndWith): void {
  const command = program.command('watch-corrections').description('what newer lake documents would change of the stored values, player by player; writes nothing')
    .requiredOption('--since <date>', 'first game date to look at, YYYY-MM-DD; the last is today');
  addCommonOptions(command).addHelpText('after', EXAMPLES).action(async (options: CommonOptions & { readonly since: string }) => {
    const { output, environment } = surroundings;
    const since = parseGameDate(options.since, '--since');
    const opening = { clock: clockOf(options, environment, surroundings.clock), command: 'backfill watch-corrections', readOnly: true };
    const report = await withApp(readConfiguration(options, environment), { gameTypes: options.gameTypes }, opening, (app) => app.corrections.read(since));
    const proposal = proposalOf(report.units);
    output.line(options.json ? JSON.stringify({ ...report, proposal: proposal ?? null }, null, 2) : describe(report, proposal).join('\n'));
    end(isUnchanged(report) ? EXIT.complete : EXIT.incomplete);
  });
}

const isUnchanged = ({ corrections, units }: CorrectionReport): boolean => corrections.length === 0 && units.every(({ findings }) => findings.length === 0);

/** Undefined where every unit was made from what the lake has. */
function proposalOf(units: readonly RereadUnit[]): Proposal | undefined {
  if (units.length === 0) return undefined;
  const dates = new Set(units.map(({ unit }) => unit).filter((unit) => !isSeason(unit)));
  const seasons = new Set(units.map(({ unit }) => unit).filter(isSeason));
  const all = [...new Set(units.map(({ unit }) => (isSeason(unit) ? unit : seasonOf(unit))))].sort();
  return { command: repairCommand(all), dates: dates.size, seasons: seasons.size };
}

/** `2024-25` is a season, `2025-01-26` a date. */
const isSeason = (unit: GameDate | Season): unit is Season => unit.length === '2024-25'.length;

function describe(report: CorrectionReport, proposal: Proposal | undefined): string[] {
  const { dates, corrections, units, notLoaded } = report;
  const changed = new Set(corrections.map(({ date }) => date)).size;
  const head = corrections.length === 0 ? 'no stored value has changed' : `${plural(corrections.length, 'stored row')} changed on ${plural(changed, 'game date')}`;
  return [
    `${dates.from} to ${dates.to}: ${head}`,
    ...describeCorrections(corrections),
    ...section('Documents that cannot be used, in whole or in part, or are odd:', units.flatMap(({ table, unit, findings }) => findings.map((finding) => `${table} ${unit}: ${describeFinding(finding)}`))),
    ...section('Newer documents that change nothing in these dates:', units.filter(isOnlyReread).map(({ table, unit, newDocuments }) => `${table} ${unit}: ${newDocuments.join(', ')}`)),
    ...section('Not loaded yet, so there is nothing to compare:', notLoaded.map(({ table, units: own }) => `${table} ${dateList(own)}`)),
    '',
    ...describeProposal(report, proposal),
  ];
}

const isOnlyReread = ({ newDocuments, rowsChanged, findings }: RereadUnit): boolean => newDocuments.length > 0 && rowsChanged === 0 && findings.length === 0;

/** A title with its lines, of which the first are shown; nothing where there are none. */
function section(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > LISTED ? [`  … and ${count(lines.length - LISTED)} more; --json lists them all`] : [];
  return ['', title, ...lines.slice(0, LISTED).map((line) => `  ${line}`), ...more];
}

function describeProposal(report: CorrectionReport, proposal: Proposal | undefined): string[] {
  if (!proposal) return ['The lake has nothing that has not been loaded of these dates.'];
  const { command, dates, seasons } = proposal;
  const reads = [dates > 0 && plural(dates, 'raw date'), seasons > 0 && `the schedule of ${plural(seasons, 'season')}`].filter(Boolean).join(' and ');
  if (report.corrections.length > 0) return [`Repair: ${command}`, `  reads ${reads} again, and computes again what the corrected values reach.`];
  if (!isUnchanged(report)) return [`Next: put a repaired document (for corrected points, the newer schedule) into the lake, under a newer stamp, then ${command}`];
  return ['Nothing need be repaired.', `  ${command} would read ${reads} again, and change nothing in these dates.`];
}

/** By date and game; each line a player, a team or the game itself. */
function describeCorrections(corrections: readonly Correction[]): string[] {
  const lines: string[] = [];
  let [date, game] = ['', ''];
  for (const correction of corrections) {
    if (correction.date !== date) lines.push('', correction.date);
    if (correction.date !== date || correction.gameId !== game) lines.push(`  game ${correction.gameId}`);
    [date, game] = [correction.date, correction.gameId];
    lines.push(`    ${whose(correction)}: ${what(correction)}  (${correction.table})`);
  }
  return lines;
}

function whose({ playerId, player, teamId, team }: Correction): string {
  const ofTeam = team ?? (teamId === null ? '' : String(teamId));
  if (playerId !== null) return `player ${player === null ? playerId : `${player} (${playerId})`}${ofTeam && `, ${ofTeam}`}`;
  return ofTeam ? `team ${ofTeam}` : 'the game';
}

function what({ kind, values }: Correction): string {
  if (kind === 'edited') return values.map(describeChange).join(', ');
  const others = `${count(values.length)} values; --json names them`;
  return kind === 'came' ? `a new row, ${others}` : `no longer in any document, ${others}`;
}

const describeChange = ({ column, before, after }: ValueChange): string => `${column} ${cell(before)} → ${cell(after)}`;
const cell = (value: ValueChange['before']): string => (value === null ? 'NULL' : typeof value === 'string' ? `"${value}"` : String(value));
