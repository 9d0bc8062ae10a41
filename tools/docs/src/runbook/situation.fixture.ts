import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { buildProgram } from '@nba/testing';
import { WORKSPACE_ROOT } from '../workspace-root.fixture';
import { SEASON, SmallLake, TODAY, YESTERDAY } from './small-lake.fixture';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Alerts as the log channel writes them, a line of JSON each. */
export interface LoggedAlert {
  readonly kind: 'opened' | 'grown' | 'resolved' | 'test';
  readonly message: string;
  readonly incident: string;
}

export const alertsOf = ({ err }: Ended): LoggedAlert[] =>
  err.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as LoggedAlert);

/** The built programs, and a lake with a warehouse that is complete up to the day before yesterday. Take it away when done. */
export class Theatre {
  /** Inside the repository, so that the packages which are not bundled are found as they are from dist/apps. */
  private readonly programs: string;
  private readonly base = mkdtempSync(join(tmpdir(), 'nba-runbook-'));

  constructor() {
    mkdirSync(join(WORKSPACE_ROOT, 'dist'), { recursive: true });
    this.programs = mkdtempSync(join(WORKSPACE_ROOT, 'dist/under-test-'));
    for (const app of ['backfill', 'verifier'] as const) buildProgram(app, join(this.programs, `apps/${app}/main.js`));
  }

  /** Loads the league as of yesterday's morning, and another copy as of this morning. */
  async prepare(): Promise<void> {
    const morning = this.stageIn('morning');
    SmallLake.write(morning.lake.folder);
    await run(morning.later(`${YESTERDAY}T12:00:00Z`), `node dist/apps/backfill/main.js all --season ${SEASON}`);
    await run(this.stage('morning', 'done'), 'node dist/apps/backfill/main.js daily');
  }

  /**
   * A folder of its own with programs, lake and warehouse in their default places, this morning at 8 Eastern; after its run an
   * hour later, for by the same clock a command could come out older than what it follows.
   * @param from the morning before its run, or after it
   */
  stage(from: 'morning' | 'done', name: string): Stage {
    cpSync(join(this.base, from, '.nba'), join(this.base, name, '.nba'), { recursive: true });
    const stage = this.stageIn(name);
    return from === 'done' ? stage.later(`${TODAY}T14:00:00Z`) : stage;
  }

  private stageIn(name: string): Stage {
    const folder = join(this.base, name);
    mkdirSync(join(folder, '.nba'), { recursive: true });
    symlinkSync(this.programs, join(folder, 'dist'));
    return new Stage(folder, `${TODAY}T13:00:00Z`);
  }

  close(): void {
    rmSync(this.programs, { recursive: true, force: true });
    rmSync(this.base, { recursive: true, force: true });
  }
}

async function run(stage: Stage, command: string): Promise<void> {
  const { code, out, err } = await stage.shell(command);
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${out}${err}`);
}

/** A broken morning: its lake, its warehouse, and a shell in which the runbook's commands are typed. */
export class Stage {
  readonly lake: SmallLake;
  private readonly helpers: ChildProcess[] = [];
  /** Settings as the operator has exported them. */
  readonly environment: Record<string, string> = { NBA_ALERTS: 'log' };

  private readonly endings: (() => Promise<void>)[] = [];

  constructor(readonly folder: string, private now: string) {
    this.lake = new SmallLake(join(folder, '.nba/lake'));
  }

  /** Sets the clock for what is typed from now on. */
  later(now: string): this {
    this.now = now;
    return this;
  }

  whenClosed(end: () => Promise<void>): void {
    this.endings.push(end);
  }

  /** Runs lines as they are printed, under bash; it stops at the first that fails. Each command is typed five minutes after the one before. */
  shell(script: string): Promise<Ended> {
    const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NBA_')));
    const clock = `instant=$(date -u -d '${this.now}' +%s)\ntrap 'instant=$((instant + 300)); export NBA_NOW=$(date -u -d "@$instant" +%FT%TZ)' DEBUG`;
    this.now = new Date(Date.parse(this.now) + 3_600_000).toISOString();
    const child = spawn('bash', ['-c', `set -euo pipefail\n${clock}\n${script}`], { cwd: this.folder, env: { ...inherited, ...this.environment } });
    const [out, err]: [string[], string[]] = [[], []];
    child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, out: out.join(''), err: err.join('') }));
    });
  }

  /** Changes the warehouse by DuckDB itself, as somebody with other tools does. */
  async sql(...statements: readonly string[]): Promise<void> {
    const instance = await DuckDBInstance.create(join(this.folder, '.nba/warehouse.duckdb'));
    const connection = await instance.connect();
    try {
      for (const statement of statements) await connection.run(statement);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  }

  /** A process of somebody else's that has the warehouse's file open, until {@link close}. */
  async holdWarehouse(): Promise<void> {
    const script = 'require("@duckdb/node-api").DuckDBInstance.create(process.argv[1]).then(() => { console.log("open"); setInterval(() => undefined, 1000); })';
    const child = spawn(process.execPath, ['-e', script, join(this.folder, '.nba/warehouse.duckdb')], { cwd: WORKSPACE_ROOT });
    this.helpers.push(child);
    await new Promise((resolve, reject) => {
      child.stdout.once('data', resolve);
      child.once('exit', () => reject(new Error('The warehouse could not be held')));
    });
  }

  /** Ends the processes that were started on this stage. */
  async close(): Promise<void> {
    await Promise.all(this.endings.splice(0).map((end) => end()));
    await Promise.all(this.helpers.splice(0).map((child) => new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill('SIGKILL');
    })));
  }
}
