import { type TableDefinition, tableId } from '@nba/kernel';
import { type Phase, type Registry } from '@nba/pipeline';
import { describeGraph, findWholeGraph } from '../graph/table-graph';
import { code, markdownTable } from './markdown';
import { GENERATED, PHASES } from './table-page';

/** The index: the tables by phase, and the graph of all. */
export function renderIndexPage(registry: Registry, stateTables: readonly TableDefinition[]): string {
  return `${[
    '# Tables',
    GENERATED,
    'Every table of the warehouse, its columns with their units, what it looks back at, and its SQL. Ratios are fractions (0 to 1), except ratings and usage rates (×100) and pace (per 48 minutes).',
    `![${describeGraph(findWholeGraph(registry))}](graph.svg)`,
    ...([2, 3, 4] as const).flatMap((phase) => [`## Phase ${phase}: ${PHASES[phase]}`, renderPhase(phase, registry)]),
    '## State',
    markdownTable(['table', 'what it holds'], stateTables.map((table) => [`[${tableId(table)}](state.md#${table.dataset}${table.name})`, table.description])),
  ].join('\n\n')}\n`;
}

function renderPhase(phase: Phase, registry: Registry): string {
  return markdownTable(['table', 'key', 'what it holds', 'reads'], registry.inPhase(phase).map(({ table, upstreams, ...processor }) => [
    `[${tableId(table)}](${table.name}.md)`,
    table.key.map(code).join(', '),
    table.description,
    [
      ...(processor.kind === 'document' ? ['lake documents'] : []),
      ...Object.values(upstreams).map(({ processor: { table: { name } } }) => `[${name}](${name}.md)`),
    ].join(', '),
  ]));
}
