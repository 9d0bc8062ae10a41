import type { Manifest } from '../packing/manifest';
import type { LockedPackage, LockFile } from './lock-file';

/** Whether packages that are for some machines only are for the one that is meant. */
export type FitsMachine = (only: Pick<LockedPackage, 'os' | 'cpu' | 'libc'>) => boolean;

/** The machine that this runs on. npm knows `linux` with glibc from `linux` with musl. */
export const fitsThisMachine: FitsMachine = ({ os, cpu, libc }) => {
  const { header } = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  return (!os || os.includes(process.platform)) && (!cpu || cpu.includes(process.arch)) && (!libc || libc.includes(header.glibcVersionRuntime ? 'glibc' : 'musl'));
};

/**
 * What npm installs with a library alone, in production: the names of its dependencies and of theirs, the library itself left out, sorted.
 * Optional peers are nobody's dependency; of optional dependencies those for the machine count.
 * Of packages of the workspace their manifests are read, of all others the lock file.
 * @throws Error naming a package that the lock file does not have
 */
export function findDependencies(name: string, workspace: ReadonlyMap<string, Manifest>, { packages }: LockFile, fits: FitsMachine): string[] {
  const found = new Set<string>();
  const follow = (needed: LockedPackage, place: string): void => {
    for (const one of Object.keys(needed.dependencies ?? {})) visit(one, place, false);
    for (const one of Object.keys(needed.optionalDependencies ?? {})) visit(one, place, true);
    for (const one of Object.keys(needed.peerDependencies ?? {})) if (!needed.peerDependenciesMeta?.[one]?.optional) visit(one, place, false);
  };
  const visit = (one: string, from: string, isOptional: boolean): void => {
    const own = workspace.get(one);
    const place = own ? one : placeOf(one, from);
    if (place === undefined && isOptional) return;
    if (place === undefined) throw new Error(`${from || 'A library'} needs ${one}, which package-lock.json does not have.\n  Next: npm install`);
    const needed: LockedPackage = own ?? (packages[place] as LockedPackage);
    if (found.has(place) || (isOptional && !fits(needed))) return;
    found.add(place);
    follow(needed, own ? '' : place);
  };
  /** As Node looks: in the folder's own node_modules, then in those above it. */
  const placeOf = (one: string, from: string): string | undefined => {
    for (let above = from; ; above = above.slice(0, Math.max(0, above.lastIndexOf('/')))) {
      const place = `${above && `${above}/`}node_modules/${one}`;
      if (packages[place] && !packages[place].link) return place;
      if (above === '') return undefined;
    }
  };
  follow(workspace.get(name) ?? {}, '');
  found.delete(name);
  return [...found].map((place) => place.replace(/^.*node_modules\//, '')).sort();
}
