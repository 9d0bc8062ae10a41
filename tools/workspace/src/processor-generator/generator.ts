import { join } from 'node:path';
import { generateFiles, type Tree } from '@nx/devkit';
import { NbaError } from '@nba/kernel';
import { findProcessor, LIBRARIES, libraryOf, type ProcessorLibrary } from './libraries';
import { type ProcessorOptions, parseOptions } from './options';
import { registerIn } from './register';
import { type Spellings, spellingsOf } from './spellings';
import { substitutionsFor } from './substitutions';
import { resolveUpstream } from './upstream';

/**
 * Writes a table, its processor and its spec into the library of the phase and registers the processor there.
 * Everything is checked before anything is written. Returns what Nx calls when the files are on disk: it says what to do next.
 * @throws NbaError INVALID_ARGUMENT for a name or option that cannot be, or a table that exists; INVALID_DEFINITION for an index.ts that looks unlike expected
 */
export function processorGenerator(tree: Tree, options: ProcessorOptions): () => void {
  const spellings = spellingsOf(options.name);
  const asked = parseOptions(options);
  const library = libraryOf(asked.phase);
  assertNew(tree, spellings, library);
  const upstream = resolveUpstream(asked);
  const index = `${library.folder}/src/index.ts`;
  const registered = registerIn(tree.read(index, 'utf8') ?? '', spellings, { array: library.array, file: index });

  generateFiles(tree, join(__dirname, 'templates', `phase${asked.phase}`), `${library.folder}/src`, substitutionsFor(spellings, asked, upstream, library));
  tree.write(index, registered);
  return () => console.log(nextSteps(spellings, library));
}

function assertNew(tree: Tree, { table, file, processor, constant }: Spellings, { folder, exported }: ProcessorLibrary): void {
  const known = findProcessor(table) ?? findProcessor(processor);
  if (known) {
    throw new NbaError('INVALID_ARGUMENT', `${known.library.dataset}.${known.processor.table.name} exists already, in ${known.library.folder}/src. Take another name, or edit that one.`, { table });
  }
  const taken = LIBRARIES.flatMap((library) => ['table', 'processor', 'processor.spec'].map((kind) => `${library.folder}/src/${file}.${kind}.ts`)).find((path) => tree.exists(path));
  if (taken) throw new NbaError('INVALID_ARGUMENT', `${taken} exists already, unregistered. Take another name, or remove the file and run this again.`, { file: taken });
  if (constant in exported) throw new NbaError('INVALID_ARGUMENT', `${folder}/src/index.ts exports something else as ${constant}. Take another name.`, { file: `${folder}/src/index.ts` });
}

function nextSteps({ file, table }: Spellings, { folder }: ProcessorLibrary): string {
  return [
    '', `${table} is registered. What to try next (docs/add-a-processor.md goes through it):`,
    `  npx jest ${folder}/src/${file}`,
    '  npx nx run backfill:demo',
    `  npx nx run backfill:sql --warehouse=duckdb:.nba/demo/warehouse.duckdb "SELECT * FROM ${table} LIMIT 5"`,
  ].join('\n');
}
