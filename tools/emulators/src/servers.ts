import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createConnection, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Emulator } from './emulators';

/** A started emulator. */
export interface Running {
  readonly name: string;
  readonly pid: number;
  readonly address: string;
  readonly environment: Readonly<Record<string, string>>;
}

const [START_TIMEOUT_MS, STOP_TIMEOUT_MS] = [120_000, 5_000];

/**
 * Starts an emulator on free ports; its output goes to a log in the folder. It outlives this process until it is stopped.
 * @param started told of the process at once, so that it can be stopped even while it is awaited
 * @throws Error with the end of the log when it ends, or does not answer in time
 */
export async function startServer(emulator: Emulator, folder: string, started: (running: Running) => void): Promise<Running> {
  mkdirSync(folder, { recursive: true });
  const ports = await freePorts(emulator.ports);
  const [port] = ports as [number];
  const [program, ...args] = emulator.command(ports) as [string, ...string[]];
  const log = join(folder, `${emulator.name}.log`);
  const output = openSync(log, 'w');
  // In a group of its own: an interrupt typed at the terminal is for the command, and ends the emulators after it.
  const child = spawn(program, args, { detached: true, stdio: ['ignore', output, output], env: { ...process.env, ...emulator.settings } });
  closeSync(output);
  let fault: Error | undefined;
  child.on('error', (error) => (fault = error));
  child.unref();
  const running: Running = { name: emulator.name, pid: child.pid ?? 0, address: `127.0.0.1:${port}`, environment: emulator.environment(port) };
  if (child.pid) started(running);
  const patience = AbortSignal.timeout(START_TIMEOUT_MS);
  while (!(await answers(port, emulator.healthPath))) {
    if (fault ?? (child.exitCode !== null || child.signalCode !== null)) throw new Error(`The ${emulator.name} emulator did not start.\n${endOf(log)}`, { cause: fault });
    if (patience.aborted) throw new Error(`The ${emulator.name} emulator has not answered for ${START_TIMEOUT_MS / 1000} s.\n${endOf(log)}`);
    await pause(100);
  }
  return running;
}

/** Ends emulators, gently and then not. Those that are gone are gone. */
export async function stopServers(servers: readonly Running[], marks: readonly string[]): Promise<void> {
  const own = servers.filter(({ pid }) => isOurs(pid, marks));
  for (const { pid } of own) signal(pid, 'SIGTERM');
  const patience = AbortSignal.timeout(STOP_TIMEOUT_MS);
  while (own.some(({ pid }) => isAlive(pid)) && !patience.aborted) await pause(50);
  for (const { pid } of own) if (isAlive(pid)) signal(pid, 'SIGKILL');
}

/** Whether the process runs a program of these folders: an id that is written down may be somebody else's by now. */
export function isOurs(pid: number, marks: readonly string[]): boolean {
  try {
    const command = execFileSync('ps', ['-p', `${pid}`, '-o', 'args='], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return marks.some((mark) => command.includes(mark));
  } catch {
    return false;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}

async function answers(port: number, path: string | undefined): Promise<boolean> {
  if (path !== undefined) return fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(2000) }).then(({ ok }) => ok, () => false);
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port }, () => resolve(true));
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
  });
}

/** All held at once, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
    const server = createServer().on('error', reject).listen(0, '127.0.0.1', () => resolve(server));
  })));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

const endOf = (log: string): string => readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
