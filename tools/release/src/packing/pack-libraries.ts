import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildLibraries } from './build-libraries';
import { findLibraries, readWorkspace, tarballName } from './libraries';
import { stageLibrary } from './stage-library';

/** Where the folder of a library lies that `nx release publish` publishes (`packageRoot` in nx.json says the same). */
export const stagedFolder = (out: string, project: string): string => join(out, 'staged', project);

/**
 * Builds, stages and packs every library that is not private.
 * @param out gets the tarballs, and the staged folders below `staged`; tarballs of an earlier time are taken away
 * @returns the tarballs' names
 */
export function packLibraries(root: string, out: string): string[] {
  const [libraries, workspace] = [findLibraries(root), readWorkspace(root)];
  buildLibraries(root, libraries);
  mkdirSync(out, { recursive: true });
  for (const old of readdirSync(out).filter((file) => /^nba-.+\.tgz$/.test(file))) rmSync(join(out, old));
  rmSync(join(out, 'staged'), { recursive: true, force: true });
  for (const library of libraries) stageLibrary(root, library, workspace, stagedFolder(out, library.project));
  // By npm itself, as it would pack to publish; the same sources give the same bytes.
  execFileSync('npm', ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', out, ...libraries.map(({ project }) => stagedFolder(out, project))], { cwd: out, stdio: ['ignore', 'ignore', 'inherit'] });
  return libraries.map(({ manifest }) => tarballName(manifest));
}
