import { type LockFile, pruneLockFile } from './prune-lock-file';

const identity = { name: '@nba/some', version: '1.2.3', engines: { node: '>=20' } };
const lock = (packages: LockFile['packages']): LockFile => ({ lockfileVersion: 3, packages: { '': {}, 'apps/some': { version: '0.1.0' }, ...packages } });
const places = (file: LockFile): string[] => Object.keys(file.packages);

describe('pruneLockFile', () => {
  it('keeps what is required, directly or through others, in the same version, and nothing else', () => {
    const { packageJson, lockFile } = pruneLockFile(lock({
      'node_modules/a': { version: '1.0.0', resolved: 'there', integrity: 'sha512-a', dependencies: { b: '^2' } },
      'node_modules/b': { version: '2.5.0', dev: true },
      'node_modules/jest': { version: '30.0.0', dev: true },
      'node_modules/@nba/kernel': { link: true, resolved: 'libs/kernel' },
    }), ['a'], 'apps/some', identity);
    expect(packageJson).toEqual({ name: '@nba/some', version: '1.2.3', engines: { node: '>=20' }, private: true, type: 'commonjs', main: 'main.js', dependencies: { a: '1.0.0' } });
    expect(lockFile.packages).toEqual({
      '': { ...identity, dependencies: { a: '1.0.0' } },
      'node_modules/a': { version: '1.0.0', resolved: 'there', integrity: 'sha512-a', dependencies: { b: '^2' } },
      'node_modules/b': { version: '2.5.0' },
    });
  });

  it('finds the version that is nearest, as Node does', () => {
    const { lockFile } = pruneLockFile(lock({
      'node_modules/a': { version: '1.0.0', dependencies: { b: '1', c: '1' } },
      'node_modules/a/node_modules/b': { version: '1.9.0', dependencies: { c: '1' } },
      'node_modules/b': { version: '2.0.0' },
      'node_modules/c': { version: '1.1.0', dependencies: { a: '1' } },
    }), ['a'], 'apps/some', identity);
    expect(places(lockFile)).toEqual(['', 'node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/c']);
  });

  it('takes along builds for other machines that are locked, and does without those that are not', () => {
    const { lockFile } = pruneLockFile(lock({
      'node_modules/a': { version: '1.0.0', optionalDependencies: { 'a-linux': '1', 'a-windows': '1' }, peerDependencies: { missing: '*' } },
      'node_modules/a-linux': { version: '1.0.0', optional: true, os: ['linux'] },
    }), ['a'], 'apps/some', identity);
    expect(places(lockFile)).toEqual(['', 'node_modules/a', 'node_modules/a-linux']);
    expect(lockFile.packages['node_modules/a']?.optionalDependencies).toEqual({ 'a-linux': '1' });
  });

  it('refuses what is not locked, and what would be left behind', () => {
    expect(() => pruneLockFile(lock({}), ['a'], 'apps/some', identity)).toThrow('apps/some needs a, which package-lock.json does not have.');
    expect(() => pruneLockFile(lock({ 'node_modules/a': { dependencies: { b: '1' } } }), ['a'], 'apps/some', identity)).toThrow('node_modules/a needs b');
    expect(() => pruneLockFile(lock({ 'apps/some/node_modules/a': { version: '3.0.0' } }), ['a'], 'apps/some', identity)).toThrow('apps/some/node_modules/a is installed within the workspace');
  });
});
