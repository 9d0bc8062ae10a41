import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_OUT } from './arguments';
import { cleanManifest } from './packing/clean-manifest';
import { findLibraries, readWorkspace, tarballName } from './packing/libraries';
import { stagedFolder } from './packing/pack-libraries';
import { workspaceRoot } from './workspace-root.fixture';

const libraries = findLibraries(workspaceRoot);
const workspace = readWorkspace(workspaceRoot);

/** Whoever needs one of them installs it: each is large, or a choice that is not ours to make. */
const OPTIONAL = ['@google-cloud/bigquery', '@google-cloud/storage', '@google-cloud/pubsub', 'google-auth-library', 'inversify', 'reflect-metadata'];

describe.each(libraries.map(({ project, manifest }) => ({ project, manifest })))('$project', ({ project, manifest }) => {
  it('has a manifest that strangers can follow', () => {
    expect(cleanManifest(manifest, workspace)).toMatchObject({
      name: `@nba/${project}`, description: expect.stringMatching(/^[A-Z].*\.$/), keywords: expect.arrayContaining(['nba']), license: 'UNLICENSED', type: 'commonjs',
      engines: { node: '>=20.19' }, sideEffects: false, publishConfig: { access: 'restricted' },
    });
  });

  it('has its index, at most its container module, and its manifest for doors', () => {
    const door = (name: string) => ({ '@nba/source': `./src/${name}.ts`, 'types': `./dist/${name}.d.ts`, 'default': `./dist/${name}.js` });
    const hasContainer = existsSync(join(workspaceRoot, 'libs', project, 'src/inversify.ts'));
    expect(manifest.exports).toEqual({ '.': door('index'), ...(hasContainer && { './inversify': door('inversify') }), './package.json': './package.json' });
  });

  it('brings along nothing that is optional, and says so of each', () => {
    expect(Object.keys(manifest.dependencies ?? {}).filter((name) => OPTIONAL.includes(name))).toEqual([]);
    const peers = Object.keys(manifest.peerDependencies ?? {});
    expect(peers.filter((name) => !OPTIONAL.includes(name))).toEqual([]);
    expect(manifest.peerDependenciesMeta ?? {}).toEqual(Object.fromEntries(peers.map((name) => [name, { optional: true }])));
  });

  it('has the container as a peer where it has a door to one', () => {
    const peers = Object.keys(manifest.peerDependencies ?? {}).filter((name) => ['inversify', 'reflect-metadata'].includes(name));
    expect(peers).toEqual('./inversify' in (manifest.exports ?? {}) ? ['inversify', 'reflect-metadata'] : []);
  });
});

it('libraries for other teams are published, and what only this repository runs on is not', () => {
  const projects = libraries.map(({ project }) => project);
  expect(projects).toEqual(expect.arrayContaining(['completeness', 'dependency-guard', 'kernel', 'pipeline', 'raw-lake', 'schedule', 'warehouse-bigquery', 'warehouse-duckdb']));
  for (const kept of ['command-line', 'testing', 'wiring']) expect(projects).not.toContain(kept);
});

it('@nba/completeness needs the kernel and the schedule, and nobody else', () => {
  expect(workspace.get('@nba/completeness')?.dependencies).toEqual({ '@nba/kernel': expect.any(String), '@nba/schedule': expect.any(String) });
});

it('programs install the clients of Google that the libraries leave to them', () => {
  for (const app of ['backfill', 'handler', 'verifier']) {
    expect(Object.keys(workspace.get(`@nba/${app}`)?.dependencies ?? {})).toEqual(expect.arrayContaining(['@google-cloud/bigquery', '@google-cloud/pubsub', '@google-cloud/storage', 'google-auth-library']));
  }
});

describe('nx release', () => {
  interface NxJson {
    readonly targetDefaults: { readonly 'nx-release-publish': { readonly options: { readonly packageRoot: string } } };
    readonly release: { readonly projects: readonly string[]; readonly projectsRelationship: string };
  }
  const nx = JSON.parse(readFileSync(join(workspaceRoot, 'nx.json'), 'utf8')) as NxJson;

  it('publishes the folders that pack has staged', () => {
    expect(nx.targetDefaults['nx-release-publish'].options.packageRoot).toBe(stagedFolder(DEFAULT_OUT, '{projectName}'));
  });

  it('gives one version to every project: programs name the libraries by exactly that one', () => {
    expect(nx.release).toMatchObject({ projects: ['libs/*', 'apps/*', 'tools/*'], projectsRelationship: 'fixed' });
    expect(new Set([...workspace.values()].filter(({ name }) => name.startsWith('@nba/')).map(({ version }) => version)).size).toBe(1);
  });

  it('is a dry run unless it is told otherwise', () => {
    expect((JSON.parse(readFileSync(join(workspaceRoot, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts['release']).toBe('nx release --dry-run');
  });
});

it.each([['@nba/kernel', 'nba-kernel-1.2.3.tgz'], ['@nba/nba-com', 'nba-nba-com-1.2.3.tgz'], ['plain', 'plain-1.2.3.tgz']])('%s is packed as %s', (name, file) => {
  expect(tarballName({ name, version: '1.2.3' })).toBe(file);
});
