import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { workspaceRoot } from './workspace-root.fixture';

const BOUNDARY = '@nx/enforce-module-boundaries';

interface Case {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** A rule that must refuse the text, or null when it must be accepted. */
  readonly refusedBy: string | null;
}

const importing = (specifier: string) => `import * as probe from '${specifier}';\nexport default probe;\n`;

const imports = (file: string, specifier: string, refusedBy: string | null): Case => ({
  name: `${file} importing ${specifier}`,
  file: file.replace('*', 'zz-boundary-probe'),
  text: importing(specifier),
  refusedBy,
});

const cases: readonly Case[] = [
  imports('libs/kernel/src/*.ts', '@nba/pipeline', BOUNDARY),
  imports('libs/kernel/src/*.ts', 'fast-check', BOUNDARY),
  imports('libs/kernel/src/*.spec.ts', 'fast-check', null),
  imports('libs/kernel/src/*.ts', '@nba/testing', BOUNDARY),
  imports('libs/kernel/src/*.spec.ts', '@nba/testing', null),
  imports('libs/schedule/src/*.ts', '@nba/completeness', BOUNDARY),
  imports('libs/schedule/src/*.ts', '@nba/kernel', null),
  imports('libs/schedule/src/*.spec.ts', '@nba/testing', null),
  imports('libs/schedule/src/*.spec.ts', '@nba/warehouse-duckdb', BOUNDARY),
  imports('libs/completeness/src/*.ts', '@nba/schedule', null),
  imports('libs/completeness/src/*.ts', '@nba/dependency-guard', BOUNDARY),
  imports('libs/completeness/src/*.ts', 'inversify', BOUNDARY),
  imports('libs/pipeline/src/*.ts', '@nba/dependency-guard', null),
  imports('libs/pipeline/src/*.ts', '@nba/processors-raw', BOUNDARY),
  imports('libs/pipeline/src/*.ts', '@duckdb/node-api', BOUNDARY),
  imports('libs/pipeline/src/*.ts', 'inversify', 'no-restricted-imports'),
  imports('libs/pipeline/src/inversify.ts', 'inversify', null),
  imports('libs/processors-raw/src/*.ts', '@duckdb/node-api', BOUNDARY),
  imports('libs/processors-raw/src/*.ts', '@nba/processors-analytics', BOUNDARY),
  imports('libs/processors-raw/src/*.ts', '@nba/pipeline', null),
  imports('libs/processors-analytics/src/*.ts', '@nba/processors-raw', null),
  imports('libs/processors-analytics/src/*.ts', '@nba/schedule', BOUNDARY),
  imports('libs/precompute/src/*.ts', '@nba/processors-analytics', null),
  imports('libs/warehouse-duckdb/src/*.ts', '@nba/kernel', null),
  imports('libs/warehouse-duckdb/src/*.ts', '@duckdb/node-api', null),
  imports('libs/warehouse-duckdb/src/*.ts', '@nba/raw-lake', BOUNDARY),
  imports('libs/warehouse-duckdb/src/*.spec.ts', '@nba/testing', null),
  imports('libs/testing/src/*.ts', '@nba/warehouse-duckdb', null),
  imports('libs/testing/src/*.ts', '@nba/pipeline', BOUNDARY),
  imports('apps/backfill/src/*.ts', '@nba/verifier', BOUNDARY),
  imports('apps/backfill/src/*.ts', '@nba/precompute', null),
  imports('libs/pipeline/src/*.ts', 'node:fs', 'no-restricted-imports'),
  imports('libs/raw-lake/src/*.ts', 'node:fs', null),
  imports('libs/sample-league/src/*.ts', 'node:fs', null),
  {
    name: 'pipeline importing wiring',
    file: 'libs/pipeline/src/zz-boundary-probe.ts',
    text: "export { registry } from '@nba/wiring';\n",
    refusedBy: '@nx/enforce-module-boundaries',
  },
  {
    name: 'pipeline reading the clock',
    file: 'libs/pipeline/src/zz-boundary-probe.ts',
    text: 'export const at = new Date();\n',
    refusedBy: 'no-restricted-syntax',
  },
  {
    name: 'sample-league reading the clock',
    file: 'libs/sample-league/src/zz-boundary-probe.ts',
    text: 'export const at = Date.now();\n',
    refusedBy: 'no-restricted-syntax',
  },
  {
    name: 'schedule parsing a date it was given',
    file: 'libs/schedule/src/zz-boundary-probe.ts',
    text: "export const at = new Date('2025-01-01');\n",
    refusedBy: null,
  },
  {
    name: 'processors-raw reading the environment',
    file: 'libs/processors-raw/src/zz-boundary-probe.ts',
    text: 'export const home = process.env.HOME;\n',
    refusedBy: 'no-restricted-syntax',
  },
  {
    name: 'backfill reading the clock and the environment',
    file: 'apps/backfill/src/zz-boundary-probe.ts',
    text: 'export const at = [Date.now(), process.env.HOME];\n',
    refusedBy: null,
  },
];

/** Nx's own variables would make a nested Nx believe it runs inside a task. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NX_')));

const node = (args: readonly string[], input = '') =>
  execFileSync(process.execPath, [...args], {
    cwd: workspaceRoot,
    input,
    encoding: 'utf8',
    env: { ...environment, NX_DAEMON: 'false', NX_NO_CLOUD: 'true' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });

describe('who may import whom', () => {
  let answers: string[][] = [];

  beforeAll(() => {
    // The boundary rule reads the stored project graph and is silently skipped without one: bring it up to date first.
    node([require.resolve('nx/bin/nx.js'), 'show', 'projects', '--json']);
    const out = node([resolve(__dirname, 'lint-cases.mjs'), workspaceRoot], JSON.stringify(cases));
    answers = JSON.parse(out.trimEnd().split('\n').at(-1) ?? '[]');
  }, 180_000);

  it.each(cases.map((one, index) => ({ ...one, index })))('$name: $refusedBy', ({ index, refusedBy }) => {
    if (refusedBy === null) expect(answers[index]).toEqual([]);
    else expect(answers[index]).toContain(refusedBy);
  });
});
