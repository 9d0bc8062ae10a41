import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Emulator } from './emulators';
import { isAlive, isOurs, type Running, startServer, stopServers } from './servers';

describe('servers', () => {
  let folder: string;
  const begun: Running[] = [];
  const started = (running: Running): void => void begun.push(running);
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'nba-emulators-'))));
  afterEach(async () => {
    await stopServers(begun.splice(0), [folder]);
    rmSync(folder, { recursive: true, force: true });
  });

  const emulator = (script: string): Emulator => {
    const file = join(folder, 'server.js');
    writeFileSync(file, script);
    return { name: 'fake', ports: 2, command: (ports) => [process.execPath, file, ...ports.map(String)], healthPath: '/ready', environment: (port) => ({ HOST: `127.0.0.1:${port}` }) };
  };
  const SERVER = `const since = Date.now();
    require('node:http').createServer((request, response) => response.writeHead(Date.now() - since < 300 || request.url !== '/ready' ? 503 : 200).end()).listen(Number(process.argv[2]), '127.0.0.1');`;

  it('are awaited until they say that they are ready, and are gone once stopped', async () => {
    const running = await startServer(emulator(SERVER), folder, started);
    expect((await fetch(`http://${running.address}/ready`)).status).toBe(200);
    expect(running.environment).toEqual({ HOST: running.address });
    expect(begun).toEqual([running]);
    await stopServers([running], [folder]);
    expect(isAlive(running.pid)).toBe(false);
  });

  it('are ended also when they do not want to', async () => {
    const running = await startServer(emulator(`process.on('SIGTERM', () => 0); ${SERVER}`), folder, started);
    await stopServers([running], [folder]);
    for (let i = 0; i < 40 && isAlive(running.pid); i += 1) await new Promise((resolve) => setTimeout(resolve, 25));
    expect(isAlive(running.pid)).toBe(false);
  });

  it('that end at once are told with what they said', async () => {
    await expect(startServer(emulator("console.error('port is taken'); process.exit(1)"), folder, started)).rejects.toThrow(/fake emulator did not start\.\n.*port is taken/);
  });

  it('leave a process alone that is none of theirs', async () => {
    expect(isOurs(process.pid, [folder])).toBe(false);
    await stopServers([{ name: 'other', pid: process.pid, address: '', environment: {} }], [folder]);
    expect(isAlive(process.pid)).toBe(true);
  });
});
