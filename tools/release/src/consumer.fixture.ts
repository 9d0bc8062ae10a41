import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { workspaceRoot } from './workspace-root.fixture';

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export function run(command: string, args: readonly string[], cwd: string, environment: Readonly<Record<string, string>> = {}): Ended {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, NODE_PATH: '', ...environment }, maxBuffer: 2 ** 26 });
  return { code: status, out: stripVTControlCharacters(stdout), err: stripVTControlCharacters(stderr) };
}

/** A project of somebody who was never in this repository: an empty folder with no packages in it or above it. */
export class Consumer {
  readonly folder = mkdtempSync(join(barePlace(), 'nba-consumer-'));

  /** The first manifest: what is to be installed, and what is to be taken instead of a registry's. */
  constructor(manifest: object = {}) {
    this.write('package.json', JSON.stringify({ name: 'consumer', private: true, ...manifest }));
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  install(...packages: readonly string[]): void {
    execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', ...packages], { cwd: this.folder, stdio: 'pipe' });
  }

  /** Every package in node_modules, at any depth. */
  installed(): string[] {
    const below = join(this.folder, 'node_modules');
    return readdirSync(below).filter((name) => !name.startsWith('.')).flatMap((name) => (name.startsWith('@') ? readdirSync(join(below, name)).map((one) => `${name}/${one}`) : [name])).sort();
  }

  /** Runs a text as a module of its own: `cjs` or `mjs`. */
  runs(text: string, kind: 'cjs' | 'mjs'): Ended {
    this.write(`main.${kind}`, text);
    return run(process.execPath, [`main.${kind}`], this.folder);
  }

  /** Compiles modules as strictly as anybody may, declarations of packages included; Node's own types are there, as every project on Node has them. */
  compiles(files: Readonly<Record<string, string>>): Ended {
    for (const name of ['@types/node', 'undici-types']) {
      mkdirSync(join(this.folder, 'node_modules/@types'), { recursive: true });
      if (!existsSync(join(this.folder, 'node_modules', name))) symlinkSync(join(workspaceRoot, 'node_modules', name), join(this.folder, 'node_modules', name));
    }
    for (const [file, text] of Object.entries(files)) this.write(file, text);
    this.write('tsconfig.json', JSON.stringify({
      compilerOptions: { module: 'nodenext', target: 'es2022', lib: ['es2022'], strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true, types: ['node'], experimentalDecorators: true },
      files: Object.keys(files),
    }));
    return run(process.execPath, [join(workspaceRoot, 'node_modules/typescript/bin/tsc'), '-p', '.'], this.folder);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A folder for temporary ones, above which Node finds no packages: some machines have them in /tmp. */
function barePlace(): string {
  const isBare = (folder: string): boolean => !existsSync(join(folder, 'node_modules')) && (dirname(folder) === folder || isBare(dirname(folder)));
  const place = [tmpdir(), '/var/tmp', homedir()].find((folder) => existsSync(folder) && isBare(folder));
  if (!place) throw new Error('Every place for temporary files has packages above it: what a stranger would miss cannot be seen here.');
  return place;
}

export const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
