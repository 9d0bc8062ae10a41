import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findLibraries, readWorkspace, tarballName } from '../packing/libraries';
import { checkTarball, type TarballReport } from './check-tarball';
import { findDependencies, fitsThisMachine } from './find-dependencies';
import type { LockFile } from './lock-file';

/** A packed library with what it brings along. */
export interface PackageReport extends TarballReport {
  readonly direct: number;
  readonly dependencies: readonly string[];
}

/**
 * Checks the tarball of every library that is not private.
 * @param out the folder that `pack` has written
 * @throws Error when a tarball is missing, or one is left from another version
 */
export async function checkPackages(root: string, out: string): Promise<PackageReport[]> {
  const [libraries, workspace] = [findLibraries(root), readWorkspace(root)];
  const lockFile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as LockFile;
  assertSame(libraries.map(({ manifest }) => tarballName(manifest)), tarballsIn(out), out);
  const reports: PackageReport[] = [];
  for (const { manifest } of libraries) {
    const report = await checkTarball(join(out, tarballName(manifest)));
    reports.push({ ...report, direct: Object.keys(report.manifest.dependencies ?? {}).length, dependencies: findDependencies(manifest.name, workspace, lockFile, fitsThisMachine) });
  }
  return reports;
}

function tarballsIn(out: string): string[] {
  try {
    return readdirSync(out).filter((file) => file.endsWith('.tgz'));
  } catch {
    return [];
  }
}

function assertSame(wanted: readonly string[], there: readonly string[], out: string): void {
  const [absent, stale] = [wanted.filter((file) => !there.includes(file)), there.filter((file) => !wanted.includes(file))];
  if (absent.length + stale.length === 0) return;
  const told = [...absent.map((file) => `${file} is missing`), ...stale.map((file) => `${file} is of no library as it is now`)];
  throw new Error(`${out}: ${told.join(', ')}.\n  Next: npx nx run release:pack`);
}
