import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findEmittedFiles } from './build-libraries';
import { cleanManifest } from './clean-manifest';
import type { Library } from './libraries';
import { filesBehind, type Manifest } from './manifest';

/**
 * Makes the folder that is packed and published: what the sources of today compile to, the README, and the manifest cleaned.
 * @param built the library's folder with its `dist`, which is up to date
 * @throws Error when a file is missing, in `dist` or behind a door
 */
export function stageLibrary(root: string, library: Library, workspace: ReadonlyMap<string, Manifest>, staged: string): void {
  const manifest = cleanManifest(library.manifest, workspace);
  rmSync(staged, { recursive: true, force: true });
  mkdirSync(staged, { recursive: true });
  for (const file of findEmittedFiles(root, library)) {
    const built = join(root, library.folder, file);
    if (!existsSync(built)) throw new Error(`${library.folder}/${file} is not there, though the compiler says that it is.\n  Next: rm -r ${library.folder}/dist, then pack again`);
    mkdirSync(dirname(join(staged, file)), { recursive: true });
    writeFileSync(join(staged, file), withoutSourceMap(readFileSync(built, 'utf8')));
  }
  writeFileSync(join(staged, 'README.md'), readFileSync(join(root, library.folder, 'README.md')));
  writeFileSync(join(staged, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const absent = Object.values(manifest.exports ?? {}).flatMap(filesBehind).filter((file) => !existsSync(join(staged, file)));
  if (absent.length > 0) throw new Error(`${library.folder}/package.json: exports lead to ${absent.join(', ')}, which no source becomes.`);
}

/** The last line of a compiled file names its map, which is not shipped. */
export const withoutSourceMap = (text: string): string => text.replace(/\n\/\/# sourceMappingURL=[^\n]*\s*$/, '\n');
