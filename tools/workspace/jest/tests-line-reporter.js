const { readdirSync } = require('node:fs');
const { join } = require('node:path');

/** Folders without sources of ours, or with copies of them. */
const SKIPPED = ['node_modules', 'dist', 'out-tsc'];
const EMULATED = '.emulated.spec.ts';

/** Prints one machine-readable line after everything else. A suite that could not be loaded counts as one failure. */
module.exports = class TestsLineReporter {
  constructor(globalConfig) {
    this.globalConfig = globalConfig;
  }

  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const tail = skipped > 0 ? `, ${skipped} skipped` : '';
    const line = [...leftOut(this.globalConfig), '', `tests: ${results.numPassedTests} passed, ${failed} failed${tail}`].join('\n');
    // Jest adds its own summary after every other reporter: wait for the end of the process.
    if (this.line === undefined) process.once('exit', () => process.stderr.write(`\n${this.line}\n`));
    this.line = line;
  }
};

/** What the run of everything does not run. A run of some specs, or of another configuration, claims nothing about the others. */
function leftOut({ rootDir, projects = [], testPathPatterns, testNamePattern } = {}) {
  const isOfEverything = projects.length > 1 && !testNamePattern && !testPathPatterns?.isSet();
  if (!isOfEverything) return [];
  const count = ['libs', 'apps', 'tools'].reduce((sum, folder) => sum + countIn(join(rootDir, folder)), 0);
  return count > 0 ? [`Left out: ${count} specs that need emulators: npm run emulated`] : [];
}

function countIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    if (entry.isDirectory()) return SKIPPED.includes(entry.name) ? sum : sum + countIn(join(folder, entry.name));
    return sum + (entry.name.endsWith(EMULATED) ? 1 : 0);
  }, 0);
}
