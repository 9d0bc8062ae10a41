import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import ts from 'typescript';
import { Consumer, type Ended, readJson, run } from './consumer.fixture';
import type { TarballReport } from './checking/check-tarball';
import { findLibraries, tarballName } from './packing/libraries';
import { workspaceRoot } from './workspace-root.fixture';

const LIBRARIES = findLibraries(workspaceRoot);
/** The doors that code goes through: `@nba/kernel`, `@nba/alerts/inversify`. */
const DOORS = LIBRARIES.flatMap(({ manifest }) => Object.keys(manifest.exports ?? {}).filter((door) => !door.endsWith('.json')).map((door) => manifest.name + door.slice(1)));
const [CONTAINER_DOORS, PLAIN_DOORS] = [DOORS.filter((door) => door.endsWith('/inversify')), DOORS.filter((door) => !door.endsWith('/inversify'))];

let programs: string;
let packages: string;
let packed: Ended;
const tarballOf = (name: string): string => join(packages, tarballName(LIBRARIES.find(({ manifest }) => manifest.name === name)?.manifest ?? { name, version: '' }));
const release = (...args: string[]): Ended => run(process.execPath, [join(programs, 'main.js'), ...args], workspaceRoot);

beforeAll(() => {
  // Inside the repository, so that the packages which are not bundled are found.
  mkdirSync(join(workspaceRoot, 'dist'), { recursive: true });
  programs = mkdtempSync(join(workspaceRoot, 'dist/under-test-'));
  packages = mkdtempSync(join(tmpdir(), 'nba-packages-'));
  buildSync({
    entryPoints: { 'main': join(__dirname, 'main.ts'), 'check-tarball': join(__dirname, 'checking/check-tarball.ts') }, bundle: true, platform: 'node', target: 'node20', format: 'cjs',
    conditions: ['@nba/source'], external: ['typescript', 'publint', '@arethetypeswrong/core'], logLevel: 'warning', outdir: programs, absWorkingDir: workspaceRoot,
  });
  packed = release('pack', '--out', packages);
});
afterAll(() => {
  for (const folder of [programs, packages]) rmSync(folder, { recursive: true, force: true });
});

describe('pack', () => {
  it('writes a tarball of every library that is not private', () => {
    expect(packed).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(packages).filter((file) => file.endsWith('.tgz')).sort()).toEqual(LIBRARIES.map(({ manifest }) => tarballName(manifest)).sort());
  });
});

describe('check', () => {
  it('finds nothing in them, and says how large they are and what they bring along', () => {
    const { code, out, err } = release('check', '--out', packages);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/@nba\/completeness .* kB .* kB .* 2 .* 2 .*– .* 0/);
    for (const { manifest } of LIBRARIES) expect(out).toContain(`│ ${manifest.name} `);
    expect(out).toContain(`${LIBRARIES.length} packages, nothing found.`);
  });

  it('refuses a folder with packages of another time', () => {
    const other = mkdtempSync(join(tmpdir(), 'nba-packages-'));
    writeFileSync(join(other, 'nba-kernel-0.0.1.tgz'), '');
    expect(release('check', '--out', other)).toMatchObject({ code: 1, err: expect.stringMatching(/nba-alerts-.*\.tgz is missing.*nba-kernel-0\.0\.1\.tgz is of no library[\s\S]*release:pack/) });
    rmSync(other, { recursive: true });
  });

  describe('of a spoilt package', () => {
    const spoilt = (spoil: (folder: string) => void): readonly string[] => {
      const folder = mkdtempSync(join(tmpdir(), 'nba-spoilt-'));
      run('tar', ['xzf', tarballOf('@nba/schedule'), '-C', folder], folder);
      spoil(join(folder, 'package'));
      run('tar', ['czf', 'spoilt.tgz', 'package'], folder);
      const { out } = run(process.execPath, ['-e', `require(${JSON.stringify(join(programs, 'check-tarball.js'))}).checkTarball('spoilt.tgz').then((report) => console.log(JSON.stringify(report)))`], folder);
      rmSync(folder, { recursive: true });
      return (JSON.parse(out) as TarballReport).findings;
    };
    const manifest = (folder: string, change: (one: Record<string, Record<string, unknown>>) => void): void => {
      const one = readJson(join(folder, 'package.json')) as Record<string, Record<string, unknown>>;
      change(one);
      writeFileSync(join(folder, 'package.json'), JSON.stringify(one));
    };

    it.each<[string, RegExp, (folder: string) => void]>([
      ['a spec', /^dist\/x\.spec\.js does not belong/, (folder) => writeFileSync(join(folder, 'dist/x.spec.js'), '')],
      ['a source map', /^dist\/index\.js\.map does not belong/, (folder) => writeFileSync(join(folder, 'dist/index.js.map'), '{}')],
      ['a door without a file', /^exports lead to \.\/dist\/index\.d\.ts/, (folder) => rmSync(join(folder, 'dist/index.d.ts'))],
      ['no types', /^attw: (UntypedResolution|has no types)/, (folder) => manifest(folder, (one) => { one['exports'] = { '.': './dist/index.js' }; delete one['types']; rmSync(join(folder, 'dist/index.d.ts')); })],
      ['names that `import` does not see', /^attw: NamedExports/, (folder) => writeFileSync(join(folder, 'dist/index.js'), `module.exports = Object.assign({}, ...[${JSON.stringify('./schedule')}].map(() => ({})));\n`)],
      ['conditions in the wrong order', /^publint: error EXPORTS_/, (folder) => manifest(folder, (one) => { one['exports'] = { '.': { default: './dist/index.js', types: './dist/index.d.ts' } }; })],
    ])('names %s', (_what, told, spoil) => {
      expect(spoilt(spoil)).toContainEqual(expect.stringMatching(told));
    });
  });
});

describe('@nba/completeness alone in an empty folder', () => {
  const consumer = new Consumer();
  afterAll(() => consumer.remove());

  it('brings the kernel and the schedule, and nothing else', () => {
    // What a registry would give for these two names.
    const overrides = Object.fromEntries(['@nba/kernel', '@nba/schedule'].map((name) => [name, `file:${tarballOf(name)}`]));
    consumer.write('package.json', JSON.stringify({ name: 'consumer', private: true, dependencies: { '@nba/completeness': `file:${tarballOf('@nba/completeness')}` }, overrides }));
    consumer.install();
    expect(consumer.installed()).toEqual(['@nba/completeness', '@nba/kernel', '@nba/schedule']);
    expect(consumer.runs("console.log(typeof require('@nba/completeness').CompletenessChecker)", 'cjs')).toMatchObject({ code: 0, out: 'function\n' });
  });
});

describe('every package in one project, with nothing that is optional', () => {
  const consumer = new Consumer();
  /** What TypeScript says can be imported from a door as a value: read from the declarations, not from what runs. */
  const valuesOf = (doors: readonly string[]): Record<string, string[]> => {
    consumer.write('names.cts', doors.map((door, i) => `import * as door${i} from '${door}'; void door${i};`).join('\n'));
    const program = ts.createProgram([join(consumer.folder, 'names.cts')], { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, skipLibCheck: true, types: [] });
    const checker = program.getTypeChecker();
    const statements = program.getSourceFile(join(consumer.folder, 'names.cts'))?.statements.filter(ts.isImportDeclaration) ?? [];
    return Object.fromEntries(statements.map(({ moduleSpecifier }) => {
      const door = checker.getSymbolAtLocation(moduleSpecifier);
      const names = door ? checker.getExportsOfModule(door) : [];
      const target = (symbol: ts.Symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
      return [(moduleSpecifier as ts.StringLiteral).text, names.filter((one) => target(one).flags & ts.SymbolFlags.Value).map(({ name }) => name).sort()];
    }));
  };
  const importsOf = (values: Record<string, string[]>): string =>
    Object.entries(values).map(([door, names], i) => `import { ${names.map((name) => `${name} as d${i}_${name}`).join(', ')} } from '${door}';`).join('\n')
    + `\nconst missing = Object.entries({ ${Object.values(values).flatMap((names, i) => names.map((name) => `d${i}_${name}`)).join(', ')} }).filter(([, value]) => value === undefined);\nconsole.log(JSON.stringify(missing));\n`;
  const requiresOf = (values: Record<string, string[]>): string =>
    `const values = ${JSON.stringify(values)};\nconsole.log(JSON.stringify(Object.entries(values).flatMap(([door, names]) => names.filter((name) => require(door)[name] === undefined).map((name) => door + ' ' + name))));\n`;

  beforeAll(() => consumer.install(...LIBRARIES.map(({ manifest }) => tarballOf(manifest.name))));
  afterAll(() => consumer.remove());

  it('is installed without Google, Inversify and Nx', () => {
    expect(consumer.installed().filter((name) => /^@google-cloud|^google-|^inversify|^@inversifyjs|^reflect-metadata|^nx$|^@nx/.test(name))).toEqual([]);
    expect(consumer.installed()).toEqual(expect.arrayContaining(LIBRARIES.map(({ manifest }) => manifest.name)));
  });

  it('gives every public name to import and to require', () => {
    const values = valuesOf(PLAIN_DOORS);
    expect(values['@nba/kernel']).toEqual(expect.arrayContaining(['NbaError', 'parseGameDate', 'column']));
    expect(values['@nba/raw-lake']).toEqual(['CloudStorageLake', 'openFolderLake']);
    expect(consumer.runs(importsOf(values), 'mjs')).toEqual({ code: 0, out: '[]\n', err: '' });
    expect(consumer.runs(requiresOf(values), 'cjs')).toEqual({ code: 0, out: '[]\n', err: '' });
  });

  it('compiles from both kinds of modules, though declarations are checked too', () => {
    const text = PLAIN_DOORS.map((door, i) => `import * as door${i} from '${door}';\nexport const kept${i} = door${i};`).join('\n');
    const use = "import { parseGameDate, type GameDate } from '@nba/kernel';\nexport const date: GameDate = parseGameDate('2025-01-26', '--date');\n";
    expect(consumer.compiles({ 'all.cts': text, 'all.mts': text, 'use.mts': use, 'use.cts': use })).toMatchObject({ code: 0, out: '' });
    // And the compiler does look: a date is no plain text.
    expect(consumer.compiles({ 'wrong.mts': "import type { GameDate } from '@nba/kernel';\nexport const date: GameDate = 'tomorrow';\n" })).toMatchObject({ code: 2, out: expect.stringContaining('TS2322') });
  });

  it.each(LIBRARIES.map(({ manifest }) => manifest.name))('%s has no other doors', (name) => {
    const inner = readdirSync(join(consumer.folder, 'node_modules', name, 'dist')).filter((file) => file.endsWith('.js'));
    const deep = [`${name}/dist/index.js`, `${name}/dist/${inner[0]?.replace(/\.js$/, '')}`, `${name}/src/index.ts`, `${name}/dist`];
    const asked = `const codes = [];\nfor (const door of ${JSON.stringify(deep)}) { try { require(door); codes.push('open'); } catch (fault) { codes.push(fault.code); } }\n`;
    expect(consumer.runs(`${asked}console.log(codes.join());`, 'cjs').out).toBe(`${deep.map(() => 'ERR_PACKAGE_PATH_NOT_EXPORTED').join()}\n`);
    const imported = `const codes = [];\nfor (const door of ${JSON.stringify(deep)}) await import(door).then(() => codes.push('open'), (fault) => codes.push(fault.code));\nconsole.log(codes.join());`;
    expect(consumer.runs(imported, 'mjs').out).toBe(`${deep.map(() => 'ERR_PACKAGE_PATH_NOT_EXPORTED').join()}\n`);
  });

  it('keeps a lake in a folder without any client of Google', () => {
    const text = `import { openFolderLake } from '@nba/raw-lake';
      const lake = openFolderLake('lake');
      await lake.write('nba-com/schedule/2024-25/20250127_060000.json', '{"a":1}');
      const [ref] = await lake.list('schedule', new Date('2025-01-28T00:00:00Z'));
      console.log(ref.stamp, await lake.read(ref));`;
    expect(consumer.runs(text, 'mjs')).toEqual({ code: 0, out: '20250127_060000 {"a":1}\n', err: '' });
  });

  it.each([
    ['@google-cloud/bigquery', '8', "async () => require('@nba/warehouse-bigquery').openBigQueryWarehouse({ project: 'nba', clock: {} })"],
    ['@google-cloud/storage', '7', "() => new (require('@nba/raw-lake').CloudStorageLake)({ bucket: 'nba-lake' }).list('schedule', new Date())"],
    ['@google-cloud/pubsub', '5', "async () => new (require('@nba/events-pubsub').PubSubEventBus)({ project: 'nba' })"],
  ])('names %s, and the command that installs it, where it is asked for', (name, major, act) => {
    const { out } = consumer.runs(`(${act})().catch(({ code, message, fields }) => console.log(JSON.stringify({ code, message, fields })));`, 'cjs');
    expect(JSON.parse(out)).toEqual({ code: 'PACKAGE_MISSING', message: expect.stringContaining(`needs the package ${name}, which is not installed`), fields: { next: `npm install ${name}@${major}` } });
  });

  describe('once Inversify is installed too', () => {
    beforeAll(() => {
      const { dependencies } = readJson(join(workspaceRoot, 'apps/backfill/package.json')) as { dependencies: Record<string, string> };
      consumer.install(...['inversify', 'reflect-metadata'].map((name) => `${name}@${dependencies[name]}`));
    });

    it('gives the container modules to import, to require and to the compiler', () => {
      expect(CONTAINER_DOORS).toEqual(expect.arrayContaining(['@nba/alerts/inversify', '@nba/raw-lake/inversify', '@nba/warehouse-duckdb/inversify']));
      const values = valuesOf(CONTAINER_DOORS);
      expect(consumer.runs(`import 'reflect-metadata';\n${importsOf(values)}`, 'mjs')).toEqual({ code: 0, out: '[]\n', err: '' });
      expect(consumer.runs(`require('reflect-metadata');\n${requiresOf(values)}`, 'cjs')).toEqual({ code: 0, out: '[]\n', err: '' });
      const text = CONTAINER_DOORS.map((door, i) => `import * as door${i} from '${door}';\nexport const kept${i} = door${i};`).join('\n');
      expect(consumer.compiles({ 'containers.cts': text, 'containers.mts': text })).toMatchObject({ code: 0, out: '' });
    });
  });
});

describe('npm run release -- 0.9.0', () => {
  const git = (...args: string[]): string => run('git', args, workspaceRoot).out;
  /** What a release would change. Others may be at work on everything else. */
  const touched = (): unknown => [
    git('rev-parse', 'HEAD'), git('tag', '--list'), git('status', '--porcelain', '--', 'CHANGELOG.md', 'nx.json'),
    ...LIBRARIES.map(({ folder }) => (readJson(join(workspaceRoot, folder, 'package.json')) as { version: string }).version), readFileSync(join(workspaceRoot, 'package-lock.json'), 'utf8').length,
  ];

  it('says what it would change, and changes nothing', () => {
    const before = touched();
    const { code, out, err } = run('npm', ['run', 'release', '--', '0.9.0'], workspaceRoot, { CI: 'true', NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0', NO_COLOR: '1' });
    const told = out + err;
    expect(code).toBe(0);
    for (const { folder } of LIBRARIES) expect(told).toContain(`UPDATE ${folder}/package.json [dry-run]`);
    expect(told).toMatch(/\+\s+"version": "0\.9\.0"/);
    expect(told).toMatch(/(CREATE|UPDATE) CHANGELOG\.md \[dry-run\]/);
    // Our commits are plain sentences: they are in the changelog all the same.
    expect(told).toContain(`+ - ${git('log', '-1', '--pretty=%s').trim()}`);
    expect(told).toContain('Skipped publishing packages');
    expect(touched()).toEqual(before);
  });
});
