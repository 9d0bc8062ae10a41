import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { workspaceRoot } from './workspace-root.fixture';

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

const IMPORT = /^(?:import|export)\b[^'";]*?from\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

const packageOf = (specifier: string) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

const projects = ['libs', 'apps', 'tools'].flatMap((group) =>
  readdirSync(join(workspaceRoot, group))
    .map((name) => `${group}/${name}`)
    .filter((project) => existsSync(join(workspaceRoot, project, 'package.json'))),
);

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // gone since it was listed: somebody is working here
  }
}

function importedPackages(project: string): string[] {
  const src = join(workspaceRoot, project, 'src');
  if (!existsSync(src)) return [];
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(spec|fixture)\.ts$/.test(file))
    .flatMap((file) => [...textOf(join(src, file)).matchAll(IMPORT)])
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '.')
    .filter((specifier) => !specifier.startsWith('.') && !isBuiltin(specifier))
    .map(packageOf);
}

/** Nx reads the project graph from these declarations alone (nx.json: analyzeSourceFiles is off), and so do consumers. */
describe('every imported package is declared', () => {
  it.each(projects)('%s', (project) => {
    const manifest = JSON.parse(textOf(join(workspaceRoot, project, 'package.json'))) as Manifest;
    const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
    expect([...new Set(importedPackages(project))].filter((name) => !(name in declared))).toEqual([]);
  });
});
