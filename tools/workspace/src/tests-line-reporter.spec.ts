import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { workspaceRoot } from './workspace-root.fixture';

describe('the line at the end of a test run', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'nba-reporter-'));
    const files = ['libs/a/src/one.emulated.spec.ts', 'apps/b/src/two.emulated.spec.ts', 'tools/c/three.spec.ts', 'libs/a/dist/one.emulated.spec.ts', 'libs/a/node_modules/x.emulated.spec.ts'];
    for (const file of files) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), '');
    }
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const RESULTS = { numPassedTests: 5, numFailedTests: 1, numRuntimeErrorTestSuites: 1, numPendingTests: 0, numTodoTests: 0 };
  /** What is printed by a process that ends after a run of that configuration. */
  function printed(config: object, results: object = RESULTS): string[] {
    const script = `const Reporter = require(${JSON.stringify(join(workspaceRoot, 'tools/workspace/jest/tests-line-reporter.js'))});
      new Reporter({ rootDir: ${JSON.stringify(root)}, ...${JSON.stringify(config)} }).onRunComplete(undefined, ${JSON.stringify(results)});`;
    return spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stderr.split('\n').filter((line) => line !== '');
  }
  const everything = { projects: ['a', 'b'] };

  it('sums the run, and tells before that what everything leaves out', () => {
    expect(printed(everything)).toEqual(['Left out: 2 specs that need emulators: npm run emulated', 'tests: 5 passed, 2 failed']);
  });

  it('stays alone after a run of some specs, or of one configuration', () => {
    for (const config of [{ projects: [root] }, { ...everything, testNamePattern: 'x' }, {}]) expect(printed(config)).toEqual(['tests: 5 passed, 2 failed']);
  });

  it('counts what was skipped', () => {
    expect(printed({}, { ...RESULTS, numPendingTests: 3, numTodoTests: 1 })).toEqual(['tests: 5 passed, 2 failed, 4 skipped']);
  });
});
