import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APPS } from './apps';
import { ROOT } from './workspace-root.fixture';

/** Without the settings of whoever runs the tests, and without the workspace in the search for packages. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NBA_') && name !== 'NODE_PATH'));

function nx(...args: string[]): string {
  return execFileSync('npx', ['nx', ...args], { cwd: ROOT, env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

const start = (folder: string, ...args: string[]) => spawnSync(process.execPath, ['main.js', ...args], { cwd: folder, env: environment, encoding: 'utf8', timeout: 120_000 });

/** The lines that would be run. */
const commandsIn = (output: string): string[] => output.split('\n').filter((line) => line.startsWith('gcloud '));

describe('the deployment', () => {
  const place = mkdtempSync(join(tmpdir(), 'nba-deployed-'));
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  it('shows what a change would have deployed, and leaves out what it does not touch', () => {
    // The verifier sends no alerts.
    const output = nx('affected', '-t', 'deploy', '--files=libs/alerts/src/index.ts', '--dry-run', '--project=some-project', '--region=us-west1', '--output-style=static');
    const commands = commandsIn(output);
    expect(commands.map((line) => line.split(' --')[0]).sort()).toEqual([
      'gcloud builds submit dist/deploy/backfill', 'gcloud builds submit dist/deploy/handler', 'gcloud run deploy nba-handler', 'gcloud run jobs update nba-backfill', 'gcloud run jobs update nba-fetch',
    ]);
    expect(commands.every((line) => line.includes(' --project=some-project --region=us-west1 '))).toBe(true);
    expect(output).not.toContain('nba/verifier');
    const image = /--tag=(\S*nba\/backfill:[0-9a-f]{16})/.exec(output)?.[1];
    expect(commands.filter((line) => line.includes(`--image=${image}`))).toHaveLength(2);
  });

  it('deploys nothing for a change of the documents', () => {
    expect(nx('show', 'projects', '--affected', '--files=docs/deploy.md', '--with-target=deploy').trim()).toBe('');
  });

  it('says that it cannot deploy from a machine without gcloud', () => {
    if (!spawnSync('gcloud', ['version']).error) return;
    const { status, stderr } = spawnSync(process.execPath, ['dist/tools/deploy/main.js', 'backfill', '--project=some-project', '--yes'], { cwd: ROOT, env: environment, encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, expect.stringContaining('gcloud is not installed on this machine')]);
  });

  describe.each(APPS)('the package of %s', (app) => {
    const folder = join(place, app);

    it('installs from its own lock file alone', () => {
      nx('run', `${app}:package`);
      cpSync(join(ROOT, 'dist/deploy', app), folder, { recursive: true });
      execFileSync('npm', ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: folder, env: environment, stdio: 'pipe' });
      const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as { packages: Record<string, { dev?: boolean }> };
      const installed = existsSync(join(folder, 'node_modules')) ? readdirSync(join(folder, 'node_modules')) : [];
      expect(installed.filter((name) => !name.startsWith('.') && !Object.keys(packages).some((place) => place.startsWith(`node_modules/${name}`)))).toEqual([]);
      expect(installed.filter((name) => ['jest', 'typescript', 'nx', 'esbuild', '@nba'].includes(name))).toEqual([]);
      // Types are there only where a library of Google's depends on them by itself.
      expect(Object.entries(packages).filter(([, { dev }]) => dev).map(([name]) => name)).toEqual([]);
    });
  });

  it('starts the backfill from there, down to the database', () => {
    const help = start(join(place, 'backfill'), '--help');
    expect([help.status, help.stdout]).toEqual([0, expect.stringContaining('Usage: backfill')]);
    const demo = start(join(place, 'backfill'), 'demo', '--folder', join(place, 'demo'));
    expect([demo.status, demo.stderr.includes('Cannot find module')]).toEqual([0, false]);
  });

  it('starts the verifier from there, down to the database', () => {
    expect(start(join(place, 'verifier'), '--help').status).toBe(0);
    const verified = start(join(place, 'verifier'), '--phase', '2', '--season', '2021-22', '--warehouse', `duckdb:${join(place, 'demo/warehouse.duckdb')}`, '--lake', join(place, 'demo/lake'));
    expect([verified.status, verified.stdout]).toEqual([0, expect.stringContaining('COMPLETE')]);
  });

  it('starts the handler from there, until it is told to stop', async () => {
    const unset = start(join(place, 'handler'));
    expect([unset.status, unset.stdout]).toEqual([2, expect.stringContaining('NBA_AUDIENCE')]);
    const settings = {
      NBA_WAREHOUSE: `duckdb:${join(place, 'demo/warehouse.duckdb')}`, NBA_LAKE: join(place, 'demo/lake'), NBA_EVENTS: 'local', PORT: '0',
      NBA_AUDIENCE: 'nba-handler', NBA_PUSH_ACCOUNTS: 'push@example.com', NBA_SCHEDULER_ACCOUNTS: 'scheduler@example.com',
    };
    const handler = spawn(process.execPath, ['main.js'], { cwd: join(place, 'handler'), env: { ...environment, ...settings } });
    try {
      const ended = new Promise<number | null>((resolve) => handler.once('exit', (code) => resolve(code)));
      const port = await listening(handler);
      const statuses = await Promise.all(['/health', '/ready'].map(async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).status));
      const refused = await fetch(`http://127.0.0.1:${port}/schedule/phase2`, { method: 'POST' });
      expect([...statuses, refused.status]).toEqual([200, 200, 401]);
      handler.kill('SIGTERM');
      expect(await ended).toBe(0);
    } finally {
      handler.kill('SIGKILL');
    }
  });
});

/** The port that a service says it listens on. */
function listening(service: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const read = (text: string): void => {
      said += text;
      const port = /Listening on \S+?:(\d+)/.exec(said)?.[1];
      if (port) resolve(port);
    };
    service.stdout?.setEncoding('utf8').on('data', read);
    service.stderr?.setEncoding('utf8').on('data', read);
    service.once('exit', (code) => reject(new Error(`It ended with ${code}:\n${said}`)));
  });
}
