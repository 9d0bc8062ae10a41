import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildLibraries } from './build-libraries';
import { findLibraries, readWorkspace } from './libraries';
import { stageLibrary, withoutSourceMap } from './stage-library';

describe('a library is staged', () => {
  let root: string;
  let staged: string;
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const manifest = (change: object = {}) => JSON.stringify({
    name: '@nba/one', version: '1.0.0', exports: { '.': { '@nba/source': './src/index.ts', 'types': './dist/index.d.ts', 'default': './dist/index.js' } }, nx: { name: 'one' }, ...change,
  });
  const stage = (): string[] => {
    const libraries = findLibraries(root);
    buildLibraries(root, libraries);
    for (const library of libraries) stageLibrary(root, library, readWorkspace(root), staged);
    return readdirSync(staged, { recursive: true, encoding: 'utf8' }).filter((file) => file.includes('.')).sort();
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'nba-stage-'));
    staged = join(root, 'staged');
    for (const group of ['apps', 'tools']) mkdirSync(join(root, group));
    write('libs/one/package.json', manifest());
    write('libs/one/README.md', '# one\n');
    write('libs/one/tsconfig.lib.json', JSON.stringify({
      compilerOptions: { composite: true, sourceMap: true, declarationMap: true, module: 'nodenext', target: 'es2022', lib: ['es5'], types: [], skipLibCheck: true, rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/x.tsbuildinfo' },
      include: ['src/**/*.ts'], exclude: ['src/**/*.spec.ts', 'src/**/*.fixture.ts'],
    }));
    write('libs/one/src/index.ts', "export { deep } from './inner/deep';\n");
    write('libs/one/src/inner/deep.ts', '/** Deep. */\nexport const deep = 1;\n');
    write('libs/one/src/index.spec.ts', 'export {};\n');
    write('libs/one/src/some.fixture.ts', 'export {};\n');
    write('libs/private/package.json', JSON.stringify({ name: '@nba/private', version: '1.0.0', private: true }));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const WHOLE = ['README.md', 'dist/index.d.ts', 'dist/index.js', 'dist/inner/deep.d.ts', 'dist/inner/deep.js', 'package.json'];

  it('with what its sources become, the README and the manifest, and nothing else', () => {
    expect(stage()).toEqual(WHOLE);
    expect(readFileSync(join(staged, 'dist/inner/deep.js'), 'utf8')).toMatch(/exports\.deep = 1;\n$/);
    expect(readFileSync(join(staged, 'dist/inner/deep.d.ts'), 'utf8')).toBe('/** Deep. */\nexport declare const deep = 1;\n');
    expect(JSON.parse(readFileSync(join(staged, 'package.json'), 'utf8'))).toEqual({
      name: '@nba/one', version: '1.0.0', exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } }, files: ['dist'],
    });
  });

  it('without what was compiled from a source that is gone, and without what lay there before', () => {
    write('libs/one/src/gone.ts', 'export const gone = 1;\n');
    expect(stage()).toContain('dist/gone.js');
    rmSync(join(root, 'libs/one/src/gone.ts'));
    write('libs/one/dist/by-hand.js', '');
    write('staged/dist/earlier.js', '');
    expect(stage()).toEqual(WHOLE);
    expect(readdirSync(join(root, 'libs/one/dist'))).toContain('gone.js');
  });

  it('as the sources are now, though the build is older', () => {
    stage();
    write('libs/one/src/inner/deep.ts', 'export const deep = 2;\n');
    stage();
    expect(readFileSync(join(staged, 'dist/inner/deep.js'), 'utf8')).toContain('exports.deep = 2');
  });

  it('never when it does not compile', () => {
    write('libs/one/src/inner/deep.ts', 'export const deep: string = 2;\n');
    expect(stage).toThrow(/The libraries do not compile[\s\S]*deep\.ts[\s\S]*TS2322/);
  });

  it('never when a compiled file has been taken away', () => {
    stage();
    rmSync(join(root, 'libs/one/dist/inner/deep.js'));
    expect(stage).toThrow('rm -r libs/one/dist');
  });

  it('never when a door leads nowhere', () => {
    write('libs/one/package.json', manifest({ exports: { '.': './dist/index.js', './inversify': { types: './dist/inversify.d.ts', default: './dist/inversify.js' } } }));
    expect(stage).toThrow('exports lead to ./dist/inversify.d.ts, ./dist/inversify.js');
  });
});

it('only the last line names a source map', () => {
  expect(withoutSourceMap('a;\n//# sourceMappingURL=a.js.map')).toBe('a;\n');
  expect(withoutSourceMap('const s = "\\n//# sourceMappingURL=x";\nb;\n')).toBe('const s = "\\n//# sourceMappingURL=x";\nb;\n');
});
