import { execFileSync, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, isAbsolute, join, relative } from 'node:path';

const ROOT = join(__dirname, '../../..');
const PROJECT = join(__dirname, '../project');

/** How a package may be written: by `import`, or by `require`. */
export type ModuleKind = 'module' | 'commonjs';

interface Manifest {
  readonly name: string;
  readonly dependencies: Record<string, string>;
}

/** A machine on which nobody knows this repository: neither its settings, nor its packages, nor the folder npm was started in. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('NBA_') && !name.endsWith('_EMULATOR_HOST') && !['NODE_PATH', 'NODE_OPTIONS', 'npm_config_local_prefix'].includes(name)),
);

/** The project beside this folder, in an empty one far from the repository, with the packed libraries. Remove it when done. */
export class Consumer {
  private constructor(readonly folder: string) {}

  /** Packs, and installs the tarballs and what the project itself asks the registry for. */
  static install(tarballs: string): Consumer {
    const folder = emptyFolder();
    const manifest = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as Manifest;
    // The libraries of the pipeline that it uses, and what they ask for: the other tarballs stay where they are.
    const dependencies = { ...manifest.dependencies, ...Object.fromEntries(withTheirOwn(importedLibraries(), tarballs).map((name) => [name, `file:${tarballOf(name, tarballs)}`])) };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, dependencies }));
    npm(folder, 'install');
    for (const type of ['module', 'commonjs'] as const) {
      cpSync(PROJECT, join(folder, type), { recursive: true });
      writeFileSync(join(folder, type, 'package.json'), JSON.stringify({ name: manifest.name, private: true, type }));
    }
    return new Consumer(folder);
  }

  /** Compiles the project, by its own settings. What the compiler says is in `stdout`. */
  compile(type: ModuleKind): SpawnSyncReturns<string> {
    return this.node(type, join(this.folder, 'node_modules/typescript/bin/tsc'));
  }

  /** Compiles one more source, by the same settings and into the same folder. */
  compileAlone(type: ModuleKind, file: string, text: string): SpawnSyncReturns<string> {
    const settings = `tsconfig.${file}.json`;
    writeFileSync(join(this.folder, type, 'src', file), text);
    writeFileSync(join(this.folder, type, settings), JSON.stringify({ extends: './tsconfig.json', include: [], files: [`src/${file}`] }));
    return this.node(type, join(this.folder, 'node_modules/typescript/bin/tsc'), '--project', settings);
  }

  /** Runs a compiled program and reads what it tells. */
  run<T>(type: ModuleKind, program: string, ...args: readonly string[]): T {
    const { status, stdout, stderr } = this.node(type, `dist/${program}.js`, ...args);
    if (status !== 0) throw new Error(`${program} as ${type} ended with ${status}: ${stderr}`);
    return JSON.parse(stdout) as T;
  }

  node(type: ModuleKind, ...args: readonly string[]): SpawnSyncReturns<string> {
    return spawnSync(process.execPath, args, {
      cwd: join(this.folder, type), encoding: 'utf8', maxBuffer: 2 ** 26, env: { ...environment, SCOUTING_FOLDER: this.placeOf(type) },
    });
  }

  /** Where the program keeps its lake and its warehouse. */
  placeOf(type: ModuleKind): string {
    return join(this.folder, type, 'place');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The tarballs of all libraries, packed anew; or those that lie where NBA_TARBALLS says. */
export function packLibraries(): string {
  const packed = process.env['NBA_TARBALLS'];
  if (packed) return packed;
  const folder = emptyFolder();
  execFileSync('npx', ['nx', 'run', 'release:pack', `--out=${folder}`], { cwd: ROOT, env: environment, stdio: 'pipe' });
  return folder;
}

/** Removes tarballs, unless somebody else has packed them. */
export function removeTarballs(folder: string): void {
  if (folder !== process.env['NBA_TARBALLS']) rmSync(folder, { recursive: true, force: true });
}

/** The names of everything that an installation of one library alone puts into an empty folder. */
export function installAlone(library: string, tarballs: string): string[] {
  const folder = emptyFolder();
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty', private: true }));
    npm(folder, 'install', ...withTheirOwn([library], tarballs).map((name) => tarballOf(name, tarballs)));
    const listed = JSON.parse(npm(folder, 'ls', '--all', '--json')) as Installed;
    return [...new Set(namesIn(listed))].sort();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Installed {
  readonly dependencies?: Readonly<Record<string, Installed>>;
}

const namesIn = ({ dependencies = {} }: Installed): string[] => Object.entries(dependencies).flatMap(([name, installed]) => [name, ...namesIn(installed)]);

/** Nothing above it may hold packages of ours. */
function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nba-canary-'));
  const fromRoot = relative(ROOT, folder);
  if (!fromRoot.startsWith('..') && !isAbsolute(fromRoot)) throw new Error(`${folder} lies in the repository: its packages would be found. Set TMPDIR.`);
  return folder;
}

function npm(folder: string, ...args: string[]): string {
  const options = args[0] === 'install' ? ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'] : [];
  return execFileSync('npm', [...args, ...options], { cwd: folder, env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

const tarballOf = (name: string, tarballs: string): string => {
  const start = `${name.replace('@', '').replace('/', '-')}-`;
  const found = readdirSync(tarballs).find((file) => file.startsWith(start) && /^\d/.test(file.slice(start.length)) && file.endsWith('.tgz'));
  if (!found) throw new Error(`${tarballs} holds no ${name}. It holds: ${readdirSync(tarballs).map((file) => basename(file)).join(', ')}`);
  return join(tarballs, found);
};

/** The libraries that the project's sources name. */
function importedLibraries(): string[] {
  const sources = readdirSync(join(PROJECT, 'src')).map((file) => readFileSync(join(PROJECT, 'src', file), 'utf8'));
  return [...new Set(sources.flatMap((text) => [...text.matchAll(/from '(@nba\/[a-z-]+)/g)]).map((match) => String(match[1])))];
}

/** With the libraries that they depend on, which no registry has. */
function withTheirOwn(names: readonly string[], tarballs: string): string[] {
  const all = new Set<string>();
  const visit = (name: string): void => {
    if (all.has(name)) return;
    all.add(name);
    const manifest = JSON.parse(execFileSync('tar', ['-xzOf', tarballOf(name, tarballs), 'package/package.json'], { encoding: 'utf8' })) as Partial<Manifest>;
    Object.keys(manifest.dependencies ?? {}).filter((one) => one.startsWith('@nba/')).forEach(visit);
  };
  names.forEach(visit);
  return [...all].sort();
}
