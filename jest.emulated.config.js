const preset = require('./jest.preset.js');

/** Needs running emulators: `npm run emulated` starts them. */
module.exports = {
  ...preset,
  displayName: 'emulated',
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/tools'],
  testMatch: ['**/*.emulated.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/out-tsc/'],
  // One file after the other: the emulated Pub/Sub has one token for its pushes, which the specs set for themselves.
  maxWorkers: 1,
  testTimeout: 120000,
  reporters: ['default', '<rootDir>/tools/workspace/jest/tests-line-reporter.js'],
};
