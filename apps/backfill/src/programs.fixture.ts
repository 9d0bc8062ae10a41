import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProgram } from '@nba/testing';

export const ROOT = join(__dirname, '../../..');

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A program that is still running. */
export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/**
 * Both programs, built as `nx build` builds them, in a folder of their own: spec files may run side by side.
 * Take them away with {@link Programs.remove}.
 */
export class Programs {
  private readonly folder: string;

  constructor() {
    // Inside the repository, so that the packages which are not bundled are found as they are from dist/apps.
    mkdirSync(join(ROOT, 'dist'), { recursive: true });
    this.folder = mkdtempSync(join(ROOT, 'dist/under-test-'));
    for (const program of ['backfill', 'verifier'] as const) buildProgram(program, this.fileOf(program));
  }

  fileOf(program: 'backfill' | 'verifier'): string {
    return join(this.folder, program, 'main.js');
  }

  backfill(args: readonly string[], options?: RunOptions): Promise<Ended> {
    return this.start('backfill', args, options).ended;
  }

  verifier(args: readonly string[], options?: RunOptions): Promise<Ended> {
    return this.start('verifier', args, options).ended;
  }

  start(program: 'backfill' | 'verifier', args: readonly string[], options?: RunOptions): Running {
    return start(process.execPath, [this.fileOf(program), ...args], options);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Starts any program; without the settings that the shell of the one who runs the tests may have. */
export function start(command: string, args: readonly string[], { environment = {}, cwd = tmpdir() }: RunOptions = {}): Running {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NBA_')));
  const child = spawn(command, args, { cwd, env: { ...inherited, ...environment } });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out: out.join(''), err: err.join('') }));
  });
  return { process: child, ended };
}

/** A folder for one suite: a lake and any number of warehouses. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'nba-'));

  path(name: string): string {
    return join(this.folder, name);
  }

  /** The two options that every command needs. */
  at(warehouse: string, lake = this.path('lake')): string[] {
    return ['--warehouse', `duckdb:${this.path(warehouse)}`, '--lake', lake];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The answer of a command with `--json`. */
export function answer<T>({ out }: Ended): T {
  return JSON.parse(out) as T;
}

/** Waits until something is true; fails after half a minute. */
export async function until(condition: () => boolean): Promise<void> {
  const started = performance.now();
  while (!condition()) {
    if (performance.now() - started > 30_000) throw new Error(`Waited in vain: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What a file holds as JSON, or undefined when it is not there. */
export function jsonIn<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
