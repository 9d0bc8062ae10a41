import { findStrangers } from './find-strangers';

describe('files of a tarball', () => {
  it.each(['package.json', 'README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts', 'dist/running/unit-outcome.js', 'dist/nbac-schedule.processor.js', 'dist/alert-incidents.table.d.ts'])(
    '%s belongs to a package', (file) => expect(findStrangers([file])).toEqual([]));

  it.each([
    'dist/index.js.map', 'dist/index.d.ts.map', 'dist/tsconfig.lib.tsbuildinfo', 'dist/index.spec.js', 'dist/raw-tables.fixture.d.ts', 'src/index.ts', 'dist/index.ts', 'jest.config.js',
    'tsconfig.json', '.env', 'dist/.env', 'node_modules/a/index.js', 'dist/index.js.bak', 'index.js', 'CHANGELOG.md',
  ])('%s does not', (file) => expect(findStrangers(['package.json', file])).toEqual([file]));
});
