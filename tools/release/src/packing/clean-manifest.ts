import type { Door, Manifest } from './manifest';

/** Leads to sources that only this repository has (ADR 0010). */
const SOURCE_CONDITION = '@nba/source';

/** What readers of a package may want to know. Everything else (nx, scripts, devDependencies) speaks of this repository. */
const TOLD = [
  'name', 'version', 'description', 'keywords', 'license', 'author', 'homepage', 'repository', 'bugs', 'type', 'engines', 'main', 'types', 'exports', 'files', 'sideEffects',
  'dependencies', 'optionalDependencies', 'peerDependencies', 'peerDependenciesMeta', 'publishConfig',
] as const;

/** A version or a range of versions of a registry: no path, no address, no protocol, and not just anything. */
const REGISTRY_RANGE = /^[\^~]?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;

/**
 * The manifest as it is shipped: without what speaks of this repository, and without the way to sources. Nothing is added.
 * @param workspace every manifest of the workspace by name: what a library needs must be published with it, in the very same version
 * @throws Error naming the field that nobody outside could follow
 */
export function cleanManifest(manifest: Manifest, workspace: ReadonlyMap<string, Manifest>): Manifest {
  if (manifest.private) throw new Error(`${manifest.name} is private: it is not to be packed.`);
  for (const field of ['dependencies', 'peerDependencies'] as const) {
    for (const [name, range] of Object.entries(manifest[field] ?? {})) assertReachable(`${manifest.name}: ${field}.${name}`, range, workspace.get(name));
  }
  const told = TOLD.flatMap((field) => (manifest[field] === undefined ? [] : [[field, field === 'exports' ? withoutSources(manifest.exports ?? {}) : manifest[field]]]));
  return { ...(Object.fromEntries(told) as Manifest), files: ['dist'] };
}

function assertReachable(where: string, range: string, inside: Manifest | undefined): void {
  if (inside?.private) throw new Error(`${where} is private and will never be published. Leave it out, or publish it too.`);
  if (inside && inside.version !== range) throw new Error(`${where} is ${range}, and the workspace has ${inside.version}. All libraries are published in one version: nx release <version>.`);
  if (!REGISTRY_RANGE.test(range)) throw new Error(`${where} is "${range}", which no registry can follow. Write a version, as 1.2.3 or ^1.2.3.`);
}

const withoutSources = (doors: { readonly [door: string]: Door }): Record<string, Door> =>
  Object.fromEntries(Object.entries(doors).flatMap(([name, door]) => (name === SOURCE_CONDITION ? [] : [[name, typeof door === 'string' ? door : withoutSources(door)]])));
