import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProgram } from '@nba/testing';
import { AUDIENCE, PUSH, SCHEDULER } from './identity/issuer.fixture';

const ROOT = join(__dirname, '../../..');
/** What every start needs. */
export const TRUST = { NBA_AUDIENCE: AUDIENCE, NBA_PUSH_ACCOUNTS: PUSH, NBA_SCHEDULER_ACCOUNTS: SCHEDULER };

export interface RunningHandler {
  readonly process: ChildProcess;
  /** What it has logged so far. */
  readonly lines: Record<string, unknown>[];
  /** Its address; rejects when it ends before it listens. */
  readonly url: Promise<string>;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** The program, built as `nx build` builds it. Take it away with {@link HandlerProgram.remove}. */
export class HandlerProgram {
  private readonly folder: string;
  private readonly started: ChildProcess[] = [];

  /** @param isAlone in a folder outside of the repository, where no package is found */
  constructor(isAlone = false) {
    mkdirSync(join(ROOT, 'dist'), { recursive: true });
    this.folder = mkdtempSync(isAlone ? join(tmpdir(), 'nba-handler-') : join(ROOT, 'dist/under-test-'));
    buildProgram('handler', join(this.folder, 'main.js'));
  }

  /** Starts it in an empty folder, on any port, without the settings of the one who runs the tests. */
  start(environment: Readonly<Record<string, string>>): RunningHandler {
    const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NBA_|K_|PORT$|GOOGLE_)/.test(name)));
    const cwd = mkdtempSync(join(tmpdir(), 'nba-empty-'));
    const child = spawn(process.execPath, [join(this.folder, 'main.js')], { cwd, env: { ...inherited, PORT: '0', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.started.push(child);
    const lines: Record<string, unknown>[] = [];
    let listening: (url: string) => void = () => undefined;
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
        const line = parsed(text.slice(0, end));
        text = text.slice(end + 1);
        lines.push(line);
        const port = /^Listening on http:\/\/.*:(\d+)\.$/.exec(String(line['message']))?.[1];
        if (port) listening(`http://127.0.0.1:${port}`);
      }
    });
    const ended = new Promise<number | string>((resolve) => child.on('close', (code, signal) => {
      rmSync(cwd, { recursive: true, force: true });
      resolve(code ?? String(signal));
    }));
    const url = new Promise<string>((resolve, reject) => {
      listening = resolve;
      void ended.then((code) => reject(new Error(`The handler ended with ${code}: ${JSON.stringify(lines)}`)));
    });
    url.catch(() => undefined);
    return { process: child, lines, url, ended };
  }

  remove(): void {
    for (const child of this.started) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function parsed(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return { message: line, isNoJson: true };
  }
}
