/** One door of a package: a file, or files by condition. */
export type Door = string | { readonly [condition: string]: Door };

/** What a `package.json` of a library says. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports?: { readonly [door: string]: Door };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly [field: string]: unknown;
}

/** The files behind every door, whatever the condition: `./dist/index.js`. */
export const filesBehind = (door: Door): string[] => (typeof door === 'string' ? [door] : Object.values(door).flatMap(filesBehind));
