module.exports = {
  testEnvironment: 'node',
  // Workspace packages are tested from their sources: no build is needed before a test.
  testEnvironmentOptions: { customExportConditions: ['@nba/source', 'node', 'require', 'default'] },
  moduleFileExtensions: ['ts', 'js', 'json', 'node'],
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/out-tsc/', '\\.acceptance\\.spec\\.ts$', '\\.emulated\\.spec\\.ts$'],
  modulePathIgnorePatterns: ['/dist/', '/out-tsc/'],
  passWithNoTests: true,
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: true },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
};
