import type { Manifest } from '../packing/manifest';
import { findDependencies, fitsThisMachine } from './find-dependencies';
import type { LockFile } from './lock-file';

const anywhere = () => true;
const lock = (packages: LockFile['packages']): LockFile => ({ packages });
const workspaceOf = (...manifests: Partial<Manifest>[]) => new Map(manifests.map((one) => [String(one.name), { version: '1.0.0', ...one } as Manifest]));

const kernel = { name: '@nba/kernel' };
const schedule = { name: '@nba/schedule', dependencies: { '@nba/kernel': '1.0.0' } };
const completeness = { name: '@nba/completeness', dependencies: { '@nba/kernel': '1.0.0', '@nba/schedule': '1.0.0' } };

describe('what npm installs with a library alone', () => {
  it('is nothing, when it needs nothing', () => {
    expect(findDependencies('@nba/kernel', workspaceOf(kernel), lock({}), anywhere)).toEqual([]);
  });

  it('is each library once, though two need it', () => {
    expect(findDependencies('@nba/completeness', workspaceOf(kernel, schedule, completeness), lock({}), anywhere)).toEqual(['@nba/kernel', '@nba/schedule']);
  });

  it('goes by the manifests of the workspace, whatever the lock file still says of them', () => {
    const stale = lock({ 'libs/kernel': { dependencies: { left: '1' } }, 'node_modules/@nba/kernel': { link: true } });
    expect(findDependencies('@nba/schedule', workspaceOf(kernel, schedule), stale, anywhere)).toEqual(['@nba/kernel']);
  });

  it('is what foreign packages need too, the nearest version of each, and also in a circle', () => {
    const workspace = workspaceOf({ name: '@nba/one', dependencies: { a: '1' }, devDependencies: { jest: '30' } });
    const found = findDependencies('@nba/one', workspace, lock({
      'node_modules/a': { dependencies: { b: '1', c: '1' } }, 'node_modules/a/node_modules/b': { dependencies: { inner: '1' } }, 'node_modules/b': { dependencies: { outer: '1' } },
      'node_modules/c': { dependencies: { a: '1' } }, 'node_modules/inner': {}, 'node_modules/outer': {}, 'node_modules/jest': {},
    }), anywhere);
    expect(found).toEqual(['a', 'b', 'c', 'inner']);
  });

  it('is no optional peer, but every other peer', () => {
    const workspace = workspaceOf({ name: '@nba/one', peerDependencies: { inversify: '^7.8.0', a: '1' }, peerDependenciesMeta: { inversify: { optional: true } } });
    expect(findDependencies('@nba/one', workspace, lock({ 'node_modules/inversify': {}, 'node_modules/a': {} }), anywhere)).toEqual(['a']);
  });

  it('is of builds for many machines the one for the machine, and none where there is none', () => {
    const workspace = workspaceOf({ name: '@nba/duck', dependencies: { duck: '1' } });
    const builds = lock({ 'node_modules/duck': { optionalDependencies: { 'duck-linux': '1', 'duck-darwin': '1', 'duck-nowhere': '1' } }, 'node_modules/duck-linux': { os: ['linux'] }, 'node_modules/duck-darwin': { os: ['darwin'] } });
    expect(findDependencies('@nba/duck', workspace, builds, ({ os }) => os?.includes('darwin') ?? true)).toEqual(['duck', 'duck-darwin']);
  });

  it('is refused when the lock file is not of today', () => {
    expect(() => findDependencies('@nba/one', workspaceOf({ name: '@nba/one', dependencies: { a: '1' } }), lock({}), anywhere)).toThrow('needs a, which package-lock.json does not have');
  });
});

it('this machine is one machine', () => {
  expect(fitsThisMachine({})).toBe(true);
  expect(fitsThisMachine({ os: [process.platform], cpu: [process.arch] })).toBe(true);
  expect(fitsThisMachine({ os: ['plan9' as string] })).toBe(false);
  if (process.platform === 'linux') expect(['glibc', 'musl'].filter((libc) => fitsThisMachine({ libc: [libc] }))).toHaveLength(1);
});
