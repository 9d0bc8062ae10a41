import type { TableDefinition } from '@nba/kernel';
import type { Registry } from '@nba/pipeline';
import { drawGraph } from '../graph/draw-graph';
import { findUpstreamGraph, findWholeGraph } from '../graph/table-graph';
import { renderIndexPage } from './index-page';
import { renderStatePage } from './state-page';
import { renderTablePage } from './table-page';

/** Where the generated pages lie, and nothing else. */
export const PAGES_FOLDER = 'docs/tables';

/** Every generated file by its path from the repository's root. */
export function renderPages(registry: Registry, stateTables: readonly TableDefinition[]): Map<string, string> {
  const files: readonly (readonly [name: string, text: string])[] = [
    ['README.md', renderIndexPage(registry, stateTables)],
    ['graph.svg', drawGraph(findWholeGraph(registry), 'Every table and what it reads')],
    ['state.md', renderStatePage(stateTables)],
    ...registry.processors.flatMap((processor) => [
      [`${processor.table.name}.md`, renderTablePage(processor, registry)] as const,
      [`${processor.table.name}.svg`, drawGraph(findUpstreamGraph(processor, registry), `What ${processor.table.name} is made from`)] as const,
    ]),
  ];
  return new Map(files.map(([name, text]) => [`${PAGES_FOLDER}/${name}`, text]));
}
