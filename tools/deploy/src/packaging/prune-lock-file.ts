/** What a lock file of npm says of one installed package. */
export interface LockedPackage {
  readonly version?: string;
  /** A workspace package, linked and not installed. */
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly [other: string]: unknown;
}

/** A `package-lock.json`: packages by the folder they are installed in. */
export interface LockFile {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** What makes a folder installable by `npm ci`. */
export interface Pruned {
  readonly packageJson: Readonly<Record<string, unknown>>;
  readonly lockFile: LockFile & Readonly<Record<string, unknown>>;
}

/** What the pruned package says of itself. */
export interface Identity {
  readonly name: string;
  readonly version: string;
  readonly engines: Readonly<Record<string, string>>;
}

/**
 * The part of a workspace's lock file that the given packages need, with the very same versions: what was tested is what is installed.
 * @param direct names of packages that the program requires at run time
 * @param from the folder of the program's project, where the search for a package begins
 * @throws Error naming a package that the lock file does not have
 */
export function pruneLockFile(lockFile: LockFile, direct: readonly string[], from: string, identity: Identity): Pruned {
  const kept: Record<string, LockedPackage> = {};
  const keep = (name: string, folder: string, isOptional: boolean): string | undefined => {
    const place = findInstalled(lockFile, name, folder);
    if (place === undefined) {
      if (isOptional) return undefined;
      throw new Error(`${folder} needs ${name}, which package-lock.json does not have. Declare it and run npm install.`);
    }
    const locked = lockFile.packages[place] as LockedPackage;
    if (!kept[place]) {
      // Before the others: packages may need each other.
      kept[place] = locked;
      for (const one of Object.keys(locked.dependencies ?? {})) keep(one, place, false);
      for (const one of Object.keys(locked.peerDependencies ?? {})) keep(one, place, true);
      const optional = Object.entries(locked.optionalDependencies ?? {}).filter(([one]) => keep(one, place, true) !== undefined);
      kept[place] = asInstalled(locked, Object.fromEntries(optional));
    }
    return locked.version;
  };
  const dependencies = Object.fromEntries([...direct].sort().map((name) => [name, keep(name, from, false) ?? '']));
  const strayed = Object.keys(kept).find((place) => !place.startsWith('node_modules/'));
  if (strayed) throw new Error(`${strayed} is installed within the workspace and would be left behind: have one version of it only.`);
  const own = { ...identity, dependencies };
  return {
    packageJson: { ...identity, private: true, type: 'commonjs', main: 'main.js', dependencies },
    lockFile: { name: identity.name, version: identity.version, lockfileVersion: lockFile.lockfileVersion, requires: true, packages: { '': own, ...sortedByPlace(kept) } },
  };
}

/** As Node looks for a package: in the folder's own node_modules, then in those above it. */
function findInstalled({ packages }: LockFile, name: string, folder: string): string | undefined {
  for (let above = folder; ; above = parentOf(above)) {
    const place = `${above === '' ? '' : `${above}/`}node_modules/${name}`;
    if (packages[place] && !packages[place].link) return place;
    if (above === '') return undefined;
  }
}

const parentOf = (folder: string): string => folder.slice(0, Math.max(0, folder.lastIndexOf('/')));

/**
 * Without what is said of it in the workspace only: that it is for tests. And npm would look for builds for other machines that
 * nobody has locked, and find its lock file wanting.
 */
function asInstalled({ dev: _dev, devOptional: _devOptional, optionalDependencies: _all, ...rest }: LockedPackage, optional: Readonly<Record<string, string>>): LockedPackage {
  return { ...rest, ...(Object.keys(optional).length > 0 && { optionalDependencies: optional }) };
}

const sortedByPlace = (packages: Readonly<Record<string, LockedPackage>>): Record<string, LockedPackage> =>
  Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
