import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { workspaceRoot } from './workspace-root.fixture';

const NOT_OURS = new Set(['node_modules', 'dist', 'out-tsc', 'coverage', 'tmp']);
const FORBIDDEN_FOLDERS = new Set(['utils', 'common', 'helpers', 'shared', 'manager']);
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const MAX_LINES = 400;

function walk(path: string): { folders: string[]; files: string[] } {
  const found = { folders: [] as string[], files: [] as string[] };
  if (!existsSync(join(workspaceRoot, path))) return found;
  for (const entry of readdirSync(join(workspaceRoot, path), { withFileTypes: true })) {
    const child = `${path}/${entry.name}`;
    if (entry.isFile()) found.files.push(child);
    if (!entry.isDirectory() || NOT_OURS.has(entry.name) || entry.name.startsWith('.')) continue;
    const below = walk(child);
    found.folders.push(child, ...below.folders);
    found.files.push(...below.files);
  }
  return found;
}

const trees = ['libs', 'apps', 'tools'].map(walk);
const folders = trees.flatMap((tree) => tree.folders);
const sources = trees.flatMap((tree) => tree.files).filter((file) => /\/src\/.*\.(ts|mts|cts|js|mjs|cjs)$/.test(file));

/** Null when the file has gone since the walk: somebody may be working here. */
function linesOf(file: string): number | null {
  try {
    return readFileSync(join(workspaceRoot, file), 'utf8').trimEnd().split('\n').length;
  } catch {
    return null;
  }
}

describe('the tree', () => {
  it('is not empty', () => {
    expect(folders).toContain('libs/kernel/src');
    expect(sources).toContain('apps/backfill/src/main.ts');
  });

  it('has no folder for things without a name', () => {
    expect(folders.filter((folder) => FORBIDDEN_FOLDERS.has(basename(folder)))).toEqual([]);
  });

  it('names source files in kebab-case', () => {
    expect(sources.filter((file) => !KEBAB_CASE.test(basename(file)))).toEqual([]);
  });

  it(`has no source file over ${MAX_LINES} lines`, () => {
    expect(sources.filter((file) => (linesOf(file) ?? 0) > MAX_LINES)).toEqual([]);
  });
});

describe('package-lock.json', () => {
  it('names no download hosts', () => {
    const lock = readFileSync(join(workspaceRoot, 'package-lock.json'), 'utf8');
    expect(lock.match(/"resolved": "(?:https?|git\+\w+):[^"]*"/g) ?? []).toEqual([]);
  });
});
