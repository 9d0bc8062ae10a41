/** Prints one machine-readable line after everything else. A suite that could not be loaded counts as one failure. */
module.exports = class TestsLineReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const tail = skipped > 0 ? `, ${skipped} skipped` : '';
    const line = `tests: ${results.numPassedTests} passed, ${failed} failed${tail}`;
    // Jest adds its own summary after every other reporter: wait for the end of the process.
    if (this.line === undefined) process.once('exit', () => process.stderr.write(`\n${this.line}\n`));
    this.line = line;
  }
};
