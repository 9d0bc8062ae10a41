import { FixedClock } from '@nba/testing';

const NAMES = ['@google-cloud/bigquery', '@google-cloud/storage'];
const clock = new FixedClock('2025-01-01T00:00:00Z');

/** The library, read anew where one package is not installed, as Node says it. The packed library is tried without any in tools/release. */
function libraryWithout(name: string): typeof import('./index') {
  jest.resetModules();
  for (const one of NAMES) jest.dontMock(one);
  jest.doMock(name, () => {
    throw Object.assign(new Error(`Cannot find module '${name}'\nRequire stack:\n- /app/main.js`), { code: 'MODULE_NOT_FOUND' });
  });
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- after the package has been taken away
  return require('./index') as typeof import('./index');
}

describe('where a client of Google is not installed', () => {
  it.each([['@google-cloud/bigquery', '8'], ['@google-cloud/storage', '7']])('opening the warehouse names %s and the command that installs it', (name, major) => {
    const library = libraryWithout(name);
    expect(() => library.openBigQueryWarehouse({ project: 'nba', clock })).toThrow(expect.objectContaining({
      code: 'PACKAGE_MISSING', message: expect.stringContaining(`needs the package ${name}, which is not installed`), fields: { next: `npm install ${name}@${major}` },
    }));
  });

  it('what asks nothing of Google is still there', () => {
    expect(libraryWithout('@google-cloud/bigquery').costOf(0).usd).toBe(0);
  });
});
