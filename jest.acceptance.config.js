const preset = require('./jest.preset.js');

module.exports = {
  ...preset,
  displayName: 'acceptance',
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/tools'],
  testMatch: ['**/*.acceptance.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/out-tsc/'],
  maxWorkers: '100%',
  testTimeout: 300000,
  reporters: ['default', '<rootDir>/tools/workspace/jest/tests-line-reporter.js'],
};
