import { createHash } from 'node:crypto';
import type { PipelineSettings, Processor } from './processor';
import { renderQuery, renderSpine } from './relation';

/**
 * What a unit's rows were computed by: a hash of the normalised SQL and the definition. White space does not count,
 * the commit does not count; a parser's revision does. A unit recorded with another version is stale by code.
 */
export function codeVersion(processor: Processor, settings: PipelineSettings): string {
  const ofProcessor = known.get(processor) ?? new WeakMap<PipelineSettings, string>();
  known.set(processor, ofProcessor);
  const version = ofProcessor.get(settings) ?? hashOf(processor, settings);
  ofProcessor.set(settings, version);
  return version;
}

/** Rendering and hashing a query takes longer than writing a date's record, and a declaration never changes. */
const known = new WeakMap<Processor, WeakMap<PipelineSettings, string>>();

function hashOf(processor: Processor, settings: PipelineSettings): string {
  const { table, spineKey } = processor;
  const sqlTexts = [renderSpine(processor, settings), ...(processor.kind === 'query' ? [renderQuery(processor, settings)] : [])];
  const definition = {
    table: { dataset: table.dataset, name: table.name, key: table.key, types: Object.entries(table.columns).map(([name, { type }]) => [name, type]) },
    spineKey,
    sql: sqlTexts.map(({ text }) => normalised(text)),
    parser: processor.kind === 'document' ? { revision: processor.revision, documents: processor.documents, gameTypes: settings.gameTypes } : null,
  };
  return createHash('sha256').update(JSON.stringify(definition)).digest('hex').slice(0, 16);
}

/** White space outside string literals is layout: between words one blank, none beside brackets and commas. */
function normalised(text: string): string {
  return text.replace(/('[^']*')|\s*([(),])\s*|\s+/g, (_, literal?: string, mark?: string) => literal ?? mark ?? ' ').trim();
}
