import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from './manifest';

/** A project of the workspace that is published. */
export interface Library {
  /** As Nx calls it, and its folder: `kernel`. */
  readonly project: string;
  /** From the workspace's root: `libs/kernel`. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Every library that is not private, by name. */
export function findLibraries(root: string): Library[] {
  return readdirSync(join(root, 'libs')).sort()
    .filter((project) => existsSync(join(root, 'libs', project, 'package.json')))
    .map((project) => ({ project, folder: `libs/${project}`, manifest: readManifest(join(root, 'libs', project)) }))
    .filter(({ manifest }) => !manifest.private);
}

/** Every manifest of the workspace by its package's name, private ones as well. */
export function readWorkspace(root: string): Map<string, Manifest> {
  const folders = ['libs', 'apps', 'tools'].flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)));
  return new Map(folders.filter((folder) => existsSync(join(folder, 'package.json'))).map((folder) => readManifest(folder)).map((manifest) => [manifest.name, manifest]));
}

export const readManifest = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** As `npm pack` calls it: `nba-kernel-0.1.0.tgz`. */
export const tarballName = ({ name, version }: Manifest): string => `${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz`;
