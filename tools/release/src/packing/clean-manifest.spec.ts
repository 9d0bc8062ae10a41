import fc from 'fast-check';
import { cleanManifest } from './clean-manifest';
import type { Door, Manifest } from './manifest';

const kernel: Manifest = { name: '@nba/kernel', version: '0.1.0' };
const testing: Manifest = { name: '@nba/testing', version: '0.1.0', private: true };
const workspace = new Map([kernel, testing].map((one) => [one.name, one]));

const library: Manifest = {
  name: '@nba/raw-lake',
  version: '0.1.0',
  description: 'A lake.',
  license: 'UNLICENSED',
  type: 'commonjs',
  engines: { node: '>=20.19' },
  main: './dist/index.js',
  exports: {
    '.': { '@nba/source': './src/index.ts', 'types': './dist/index.d.ts', 'default': './dist/index.js' },
    './package.json': './package.json',
  },
  files: ['dist', '!dist/*.tsbuildinfo'],
  scripts: { postinstall: 'node build.js' },
  nx: { name: 'raw-lake', tags: ['layer:adapter'] },
  dependencies: { '@nba/kernel': '0.1.0' },
  peerDependencies: { '@google-cloud/storage': '^7.0.0' },
  peerDependenciesMeta: { '@google-cloud/storage': { optional: true } },
  devDependencies: { '@google-cloud/storage': '7.22.0' },
};

describe('a cleaned manifest', () => {
  it('says what a consumer needs, and nothing about this repository', () => {
    expect(cleanManifest(library, workspace)).toEqual({
      name: '@nba/raw-lake', version: '0.1.0', description: 'A lake.', license: 'UNLICENSED', type: 'commonjs', engines: { node: '>=20.19' }, main: './dist/index.js',
      exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './package.json': './package.json' },
      files: ['dist'],
      dependencies: { '@nba/kernel': '0.1.0' }, peerDependencies: { '@google-cloud/storage': '^7.0.0' }, peerDependenciesMeta: { '@google-cloud/storage': { optional: true } },
    });
  });

  it.each<[string, Partial<Manifest>, string]>([
    ['a private library', { private: true }, '@nba/raw-lake is private'],
    ['a dependency that is never published', { dependencies: { '@nba/testing': '0.1.0' } }, 'dependencies.@nba/testing is private'],
    ['another version than the workspace has', { dependencies: { '@nba/kernel': '0.2.0' } }, 'dependencies.@nba/kernel is 0.2.0, and the workspace has 0.1.0'],
    ['a range of a library that is published in the same version', { dependencies: { '@nba/kernel': '^0.1.0' } }, 'the workspace has 0.1.0'],
    ['a protocol of the workspace', { dependencies: { commander: 'workspace:*' } }, '"workspace:*", which no registry can follow'],
    ['a folder', { dependencies: { commander: 'file:../commander' } }, 'no registry can follow'],
    ['an address', { peerDependencies: { commander: 'https://example.invalid/c.tgz' } }, 'peerDependencies.commander'],
    ['any version', { peerDependencies: { commander: '*' } }, 'no registry can follow'],
  ])('is refused for %s', (_what, change, told) => {
    expect(() => cleanManifest({ ...library, ...change }, workspace)).toThrow(told);
  });
});

describe('any manifest', () => {
  const condition = fc.constantFrom('@nba/source', 'types', 'import', 'require', 'node', 'default');
  const { door } = fc.letrec<{ door: Door }>((tie) => ({ door: fc.oneof({ maxDepth: 3 }, fc.constantFrom('./dist/a.js', './src/a.ts'), fc.dictionary(condition, tie('door'), { maxKeys: 4 })) }));
  const exports = fc.dictionary(fc.constantFrom('.', './inversify', './package.json'), door, { maxKeys: 3 });
  const other = fc.dictionary(fc.constantFrom('nx', 'scripts', 'devDependencies', 'workspaces', 'allowScripts', 'somethingNew'), fc.jsonValue(), { maxKeys: 4 });
  const dependencies = fc.dictionary(fc.constantFrom('commander', 'class-validator', '@duckdb/node-api'), fc.constantFrom('1.2.3', '^4.5.6', '~0.0.1', '1.5.6-r.1'), { maxKeys: 3 });
  const manifest = fc.record({ exports, other, dependencies }).map(({ other: rest, ...known }): Manifest => ({ name: '@nba/any', version: '1.0.0', ...rest, ...known }));
  const keysWithin = (value: unknown): string[] => (typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysWithin(inner)]) : []);

  it('leads nowhere to sources, keeps every dependency, and is left as it was', () => {
    fc.assert(fc.property(manifest, (one) => {
      const before = JSON.stringify(one);
      const clean = cleanManifest(one, workspace);
      expect(keysWithin(clean)).not.toContain('@nba/source');
      expect(clean.dependencies).toEqual(one.dependencies);
      for (const field of ['nx', 'scripts', 'devDependencies', 'workspaces', 'allowScripts', 'somethingNew']) expect(clean).not.toHaveProperty(field);
      expect(JSON.stringify(one)).toBe(before);
    }));
  });

  it('that is clean stays as it is', () => {
    fc.assert(fc.property(manifest, (one) => {
      const clean = cleanManifest(one, workspace);
      expect(cleanManifest(clean, workspace)).toEqual(clean);
    }));
  });

  it('keeps every other condition and its order: the first that fits is taken', () => {
    fc.assert(fc.property(manifest, (one) => {
      const without = JSON.parse(JSON.stringify(one.exports, (_key, value: unknown) => {
        if (typeof value !== 'object' || value === null) return value;
        const { '@nba/source': _source, ...rest } = value as Record<string, unknown>;
        return rest;
      })) as unknown;
      expect(JSON.stringify(cleanManifest(one, workspace).exports)).toBe(JSON.stringify(without));
    }));
  });
});
