module.exports = {
  // Both cores of a small machine: much of a test's time is DuckDB's own work.
  maxWorkers: '100%',
  testTimeout: 20000,
  projects: ['<rootDir>/libs/*/jest.config.js', '<rootDir>/apps/*/jest.config.js', '<rootDir>/tools/*/jest.config.js'],
  reporters: ['default', '<rootDir>/tools/workspace/jest/tests-line-reporter.js'],
};
