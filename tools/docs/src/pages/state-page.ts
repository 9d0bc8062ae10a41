import { type TableDefinition, tableId } from '@nba/kernel';
import { code, markdownTable } from './markdown';
import { GENERATED, renderColumns } from './table-page';

/** The page of the tables in which the pipeline keeps what it did. */
export function renderStatePage(tables: readonly TableDefinition[]): string {
  return `${[
    '# State tables',
    GENERATED,
    'What the pipeline keeps beside its data. All are append-only: the newest row of a thing is its state. Nothing here is made from upstream tables, so none has a spine.',
    tables.map((table) => `- [${tableId(table)}](#${table.dataset}${table.name})`).join('\n'),
    ...tables.flatMap((table) => [
      `## ${tableId(table)}`,
      table.description,
      markdownTable(['', ''], [['Key', table.key.map(code).join(', ')], ['Partition', `${code(table.partition)}, a date each`]]),
      renderColumns(table),
    ]),
    '[All tables](README.md)',
  ].join('\n\n')}\n`;
}
