import { DEFAULT_GAME_TYPES, type TableDefinition, tableId } from '@nba/kernel';
import { type PipelineSettings, type Processor, type Registry, isSeasonal, renderQuery, renderSpine } from '@nba/pipeline';
import { describeGraph, findUpstreamGraph, inWords } from '../graph/table-graph';
import { describeLookback } from './lookback-in-words';
import { code, folded, markdownTable } from './markdown';
import { describeSpine } from './spine-in-words';
import { findUnit } from './unit-of';

/** Below the title of every generated page. */
export const GENERATED = '<!-- Written by `npx nx run docs:generate` from the definitions; do not edit. -->';

export const PHASES = { 2: 'raw', 3: 'analytics', 4: 'precompute' } as const;

/** What the SQL is rendered with: the game types that count by default. */
const SETTINGS: PipelineSettings = { gameTypes: DEFAULT_GAME_TYPES };

/** A date with games, for the commands. */
const EXAMPLE_DATE = '2025-01-27';
const EXAMPLE_SEASON = { season: '2024-25', firstDay: '2024-10-01' };

/** The page of one table. */
export function renderTablePage(processor: Processor, registry: Registry): string {
  const { table } = processor;
  return `${[
    `# ${tableId(table)}`,
    GENERATED,
    table.description,
    renderFacts(processor),
    '## Columns',
    renderColumns(table),
    '## What it reads',
    renderUpstreams(processor),
    `![${describeGraph(findUpstreamGraph(processor, registry))}](${table.name}.svg)`,
    '## What reads it',
    renderReaders(processor, registry),
    '## When it may be empty',
    `A ${isSeasonal(processor) ? 'season' : 'date'} rightly has no rows when **${processor.emptyReason}**; its run is then recorded as ${code('empty_ok')}. Zero rows for any other reason are gaps.`,
    '## Commands',
    renderCommands(processor),
    '## SQL',
    ...renderSql(processor),
    '[All tables](README.md)',
  ].join('\n\n')}\n`;
}

function renderFacts(processor: Processor): string {
  const { table, phase } = processor;
  return markdownTable(['', ''], [
    ['Table', code(tableId(table))],
    ['Phase', `${phase}, ${PHASES[phase]}`],
    ['Key', table.key.map(code).join(', ')],
    ['Partition', `${code(table.partition)}, a date each`],
    ['Processor', code(processor.name)],
    ['A unit is', isSeasonal(processor) ? 'one season' : 'one game date'],
    ['Rows are about', processor.games === 'final' ? 'games that have been played (status final)' : 'every scheduled game, played or not'],
    ['Spine: the keys it must have', describeSpine(processor)],
  ]);
}

/** Every column with its type, unit and meaning. */
export function renderColumns(table: TableDefinition): string {
  return markdownTable(['column', 'type', 'unit', 'meaning'], Object.entries(table.columns).map(([name, column]) => {
    const marks = [...(table.key.includes(name) ? ['key'] : []), ...(column.isProvenance ? ['provenance: a difference in it alone is no change'] : [])];
    return [code(name), column.type, findUnit(name, column) ?? '', `${column.description}${marks.length > 0 ? ` (${marks.join('; ')})` : ''}`];
  }));
}

function renderUpstreams(processor: Processor): string {
  const upstreams = Object.entries(processor.upstreams);
  const fromLake = processor.kind === 'document' ? [`The lake's ${code(`nba-com/${processor.documents}`)} documents, by parser revision ${processor.revision}.`] : [];
  if (upstreams.length === 0) return [...fromLake, 'It reads no other table.'].join(' ');
  const rows = upstreams.flatMap(([name, { processor: { table }, lookbacks }]) =>
    lookbacks.map((lookback) => [`[${tableId(table)}](${table.name}.md)`, code(name), ...describeLookback(lookback)]));
  return [...fromLake, markdownTable(['table', 'in the query', 'how far', 'the date itself', 'a hole in it', 'columns read'], rows),
    'No lookback crosses the beginning of a season. Keys, season and date are read besides.'].join('\n\n');
}

function renderReaders({ table }: Processor, { processors }: Registry): string {
  const readers = processors.filter(({ upstreams }) => Object.values(upstreams).some(({ processor }) => processor.table === table));
  if (readers.length === 0) return 'No other table; it is there for Phase 5 and for people.';
  return `${inWords(readers.map((reader) => `[${tableId(reader.table)}](${reader.table.name}.md)`))}.`;
}

function renderCommands(processor: Processor): string {
  const { table: { name }, phase } = processor;
  const date = isSeasonal(processor) ? EXAMPLE_SEASON.firstDay : EXAMPLE_DATE;
  const scope = isSeasonal(processor) ? `--season=${EXAMPLE_SEASON.season}` : `--date=${EXAMPLE_DATE}`;
  return ['```sh', ...[
    [`npx nx run backfill:plan --explain ${name} ${date}`, 'one unit: its windows, its inputs, why it is or is not to be run'],
    [`npx nx run backfill:phase${phase} --processor=${name} ${scope}`, 'runs it, if it is to be run'],
    [`npx nx run backfill:runs --processor=${name} --date=${date}`, 'what was done to it'],
    [`npx nx run verifier:verify --phase=${phase} ${scope}`, 'whether it is complete'],
  ].map(([command, what]) => `${command}   # ${what}`), '```'].join('\n');
}

function renderSql(processor: Processor): string[] {
  const parameters = `Written in GoogleSQL for any range of dates: ${['@from', '@to'].map(code).join(' and ')} are its first and last date, ${code('@season_start')} is the first day of its season. Game types are the ones that count by default.`;
  const spine = folded('The spine: what must be stored', 'sql', tidy(renderSpine(processor, SETTINGS).text));
  if (processor.kind === 'document') return [`Its rows are parsed from documents, not queried. ${parameters}`, spine];
  return [parameters, folded('The query', 'sql', tidy(renderQuery(processor, SETTINGS).text)), spine];
}

/** Without the indentation of the source it was written in. */
function tidy(text: string): string {
  const lines = text.replace(/\s+$/gm, '').replace(/^\n+/, '').split('\n');
  const indents = lines.slice(1).filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const shared = Math.min(...indents, Number.MAX_SAFE_INTEGER);
  return lines.map((line, i) => (i === 0 ? line.trimStart() : line.slice(Math.min(shared, line.length - line.trimStart().length)))).join('\n');
}
