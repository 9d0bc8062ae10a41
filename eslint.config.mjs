import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** docs: "Who may import whom". Processors, domain libraries and the kernel never see a container or a vendor. */
const VENDORS = ['@google-cloud/*', '@duckdb/*'];
const CONTAINER = ['inversify', '@inversifyjs/*', 'reflect-metadata'];

const LAYERS = [
  { sourceTag: 'layer:kernel', onlyDependOnLibsWithTags: [], bannedExternalImports: ['*'] },
  { sourceTag: 'layer:domain', onlyDependOnLibsWithTags: ['layer:kernel', 'layer:domain'], bannedExternalImports: [...VENDORS, ...CONTAINER] },
  { sourceTag: 'domain:schedule', onlyDependOnLibsWithTags: ['layer:kernel'] },
  { sourceTag: 'domain:completeness', onlyDependOnLibsWithTags: ['layer:kernel', 'domain:schedule'] },
  { sourceTag: 'domain:dependency-guard', onlyDependOnLibsWithTags: ['layer:kernel', 'domain:schedule', 'domain:completeness'] },
  { sourceTag: 'layer:pipeline', onlyDependOnLibsWithTags: ['layer:kernel', 'layer:domain'], bannedExternalImports: VENDORS },
  {
    sourceTag: 'layer:processors',
    onlyDependOnLibsWithTags: ['layer:kernel', 'layer:pipeline', 'layer:processors'],
    bannedExternalImports: [...VENDORS, ...CONTAINER],
  },
  { sourceTag: 'processors:raw', onlyDependOnLibsWithTags: ['layer:kernel', 'layer:pipeline'] },
  { sourceTag: 'processors:analytics', onlyDependOnLibsWithTags: ['layer:kernel', 'layer:pipeline', 'processors:raw'] },
  {
    sourceTag: 'processors:precompute',
    onlyDependOnLibsWithTags: ['layer:kernel', 'layer:pipeline', 'processors:raw', 'processors:analytics'],
  },
  { sourceTag: 'layer:adapter', onlyDependOnLibsWithTags: ['layer:kernel'] },
  { sourceTag: 'layer:testing', onlyDependOnLibsWithTags: ['layer:kernel', 'layer:adapter'] },
  { sourceTag: 'layer:command-line', onlyDependOnLibsWithTags: ['layer:kernel', 'layer:domain', 'layer:pipeline'], bannedExternalImports: [...VENDORS, ...CONTAINER] },
  {
    sourceTag: 'layer:wiring',
    onlyDependOnLibsWithTags: ['layer:kernel', 'layer:pipeline', 'layer:processors', 'layer:adapter', 'layer:command-line'],
    bannedExternalImports: VENDORS,
  },
  { sourceTag: 'layer:app', notDependOnLibsWithTags: ['layer:app'] },
  { sourceTag: 'layer:tool', notDependOnLibsWithTags: ['layer:app'] },
];

/** Specs may also import testing, and test libraries. */
const SPEC_LAYERS = LAYERS.map(({ onlyDependOnLibsWithTags, bannedExternalImports, ...rest }) => ({
  ...rest,
  ...(onlyDependOnLibsWithTags && { onlyDependOnLibsWithTags: [...onlyDependOnLibsWithTags, 'layer:testing'] }),
  ...(bannedExternalImports && { bannedExternalImports: VENDORS }),
}));

/** `testing` is built on these, and their specs use it: a cycle of specs, not of code (tsconfig.spec.json keeps it apart). */
const UNDER_TESTING = ['kernel', 'warehouse-duckdb', 'raw-lake', 'events-local', 'sample-league'];

const boundaries = (depConstraints, ignoredCircularDependencies = []) => ({
  '@nx/enforce-module-boundaries': ['error', { allow: [], depConstraints, ignoredCircularDependencies }],
});

const SPECS = ['**/*.spec.ts', '**/*.fixture.ts'];
const ADAPTERS = ['libs/warehouse-*/**/*.ts', 'libs/raw-lake/**/*.ts', 'libs/events-*/**/*.ts', 'libs/alerts/**/*.ts', 'libs/nba-com/**/*.ts', 'libs/open-lineage/**/*.ts'];
const SAMPLE_LEAGUE = ['libs/sample-league/**/*.ts'];
/** The one place where the programs' clock is made. */
const SYSTEM_CLOCK = 'libs/command-line/src/system-clock.ts';
const TESTING = ['libs/testing/**/*.ts'];

const noFileSystem = ['fs', 'node:fs', 'fs/promises', 'node:fs/promises'].map((name) => ({
  name,
  message: 'Only apps and adapters touch the file system: take a port (RawLake, Warehouse) instead.',
}));
const noProcess = ['process', 'node:process'].map((name) => ({ name, message: 'Only apps and adapters read the process.' }));
const noContainer = {
  group: CONTAINER,
  message: 'Only src/inversify.ts of a library knows the container: write a plain class with constructor parameters.',
};
const clock = 'Time comes from a Clock.';
const noClock = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: clock },
  { selector: "CallExpression[callee.name='Date']", message: clock },
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: clock },
];
const noEnv = [
  { selector: "MemberExpression[object.name='process'][property.name='env']", message: 'Only apps and adapters read process.env: pass the setting in.' },
];

export default tseslint.config(
  { ignores: ['**/dist', '**/out-tsc', '**/node_modules', '**/coverage', '**/tmp', '.nx', '.nba'] },
  ...nx.configs['flat/base'],
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    rules: {
      ...boundaries(LAYERS),
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 400 }],
    },
  },
  {
    files: ['**/src/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: { '@typescript-eslint/no-floating-promises': 'error' },
  },
  {
    files: ['libs/**/src/**/*.ts'],
    ignores: [...SPECS, ...ADAPTERS, ...SAMPLE_LEAGUE, ...TESTING, SYSTEM_CLOCK],
    rules: {
      'no-restricted-imports': ['error', { paths: [...noFileSystem, ...noProcess], patterns: [noContainer] }],
      'no-restricted-syntax': ['error', ...noClock, ...noEnv],
    },
  },
  {
    files: ['libs/pipeline/src/inversify.ts', 'libs/wiring/src/inversify.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [...noFileSystem, ...noProcess] }] },
  },
  {
    files: [...ADAPTERS, ...SAMPLE_LEAGUE, ...TESTING],
    ignores: [...SPECS, '**/src/inversify.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [noContainer] }] },
  },
  {
    // Writes files, but the same league every time: never the clock, never the environment.
    files: SAMPLE_LEAGUE,
    ignores: SPECS,
    rules: { 'no-restricted-syntax': ['error', ...noClock, ...noEnv] },
  },
  {
    files: TESTING,
    ignores: SPECS,
    rules: { 'no-restricted-syntax': ['error', ...noClock, ...noEnv] },
  },
  {
    files: SPECS,
    rules: boundaries(SPEC_LAYERS, UNDER_TESTING.map((name) => [name, 'testing'])),
  },
);
