import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(__dirname, '../../..');

/** Modules that a program loads whenever it starts: all that are not behind an `import()`. */
async function loadedAtStart(program: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [join(ROOT, `apps/${program}/src/main.ts`)], bundle: true, write: false, platform: 'node', target: 'node20', format: 'cjs',
    conditions: ['@nba/source'], external: ['@duckdb/*'], logLevel: 'error', metafile: true, absWorkingDir: ROOT, outfile: join(ROOT, 'dist/nowhere.js'),
  });
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { path: imported, kind, external } of metafile.inputs[path]?.imports ?? []) if (kind !== 'dynamic-import' && !external) load(imported);
  };
  load(`apps/${program}/src/main.ts`);
  return [...loaded];
}

describe('a program that needs nothing of Google\'s', () => {
  it.each(['backfill', 'verifier'])('%s loads none of its libraries: they take longer than most commands', async (program) => {
    const loaded = await loadedAtStart(program);
    expect(loaded.length).toBeGreaterThan(100);
    expect(loaded.filter((path) => /node_modules\/(@google-cloud|google-|@grpc|gaxios|gcp-metadata)/.test(path))).toEqual([]);
  });
});
