import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProgram } from '@nba/testing';

interface Imported {
  readonly path: string;
  readonly kind: string;
  readonly external?: boolean;
}

/** What a program loads whenever it starts: all modules and packages that are not behind an `import()`. */
function loadedAtStart(program: 'backfill' | 'verifier'): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'nba-lazy-'));
  buildProgram(program, join(folder, 'main.js'), [`--metafile=${join(folder, 'meta.json')}`]);
  const { inputs } = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8')) as { inputs: Record<string, { imports: readonly Imported[] }> };
  rmSync(folder, { recursive: true });
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { path: imported, kind } of inputs[path]?.imports ?? []) if (kind !== 'dynamic-import') load(imported);
  };
  load(`apps/${program}/src/main.ts`);
  return [...loaded];
}

describe('a program that needs nothing of Google\'s', () => {
  it.each(['backfill', 'verifier'] as const)('%s loads none of its libraries: they take longer than most commands', (program) => {
    const loaded = loadedAtStart(program);
    expect(loaded.length).toBeGreaterThan(100);
    expect(loaded.filter((path) => /(^|node_modules\/)(@google-cloud|google-|@grpc|gaxios|gcp-metadata)/.test(path))).toEqual([]);
  });
});
