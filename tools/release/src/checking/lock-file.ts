/** What a lock file of npm says of one package. */
export interface LockedPackage {
  /** A package of the workspace, and not installed. */
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  /** The machines it is for; any when absent. */
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

/** A `package-lock.json`: packages by the folder that they are installed in. */
export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}
