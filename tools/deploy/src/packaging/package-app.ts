import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../apps';
import { findExternals } from './find-externals';
import { type LockFile, pruneLockFile } from './prune-lock-file';

/** Where the package of an app lies, from the workspace's root. */
export const packageFolder = (app: App): string => `dist/deploy/${app}`;

/** Packages that libraries try to require and do without; none of them is in the lock file. */
const DONE_WITHOUT: ReadonlySet<string> = new Set(['supports-color', 'encoding', 'bufferutil', 'utf-8-validate', 'libphonenumber-js']);

/**
 * Makes the folder that becomes the app's image: the bundle, what cannot be bundled as a package.json with its part of the lock
 * file, and the Dockerfile. The same sources give the same folder, byte for byte.
 * @param root the workspace
 * @throws Error when the app has not been built, or requires a package that is not locked
 */
export async function packageApp(root: string, app: App): Promise<string> {
  const [built, folder] = [join(root, 'dist/apps', app), join(root, packageFolder(app))];
  if (!existsSync(join(built, 'main.js'))) throw new Error(`dist/apps/${app}/main.js is not there: nx run ${app}:build`);
  const project = JSON.parse(readFileSync(join(root, 'apps', app, 'package.json'), 'utf8')) as { name: string; version: string; engines: Record<string, string> };
  const lockFile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as LockFile;
  const direct = (await findExternals(join(built, 'main.js'))).filter((name) => !DONE_WITHOUT.has(name));
  const pruned = pruneLockFile(lockFile, direct, `apps/${app}`, { name: project.name, version: project.version, engines: project.engines });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), json(pruned.packageJson));
  writeFileSync(join(folder, 'package-lock.json'), json(pruned.lockFile));
  // Its source map stays behind: Node would read the many megabytes at every start.
  copyFileSync(join(built, 'main.js'), join(folder, 'main.js'));
  copyFileSync(join(root, 'apps', app, 'Dockerfile'), join(folder, 'Dockerfile'));
  return folder;
}

/** A short name of what is in a package's folder: the same content has the same name, on every machine. */
export function contentTag(folder: string): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).filter((name) => name !== 'node_modules').sort()) {
    const content = readFileSync(join(folder, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
