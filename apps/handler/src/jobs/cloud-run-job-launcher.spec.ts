import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudRunJobLauncher } from './cloud-run-job-launcher';

const JOB = 'projects/p/locations/us-east1/jobs/nba-backfill';
const REQUEST = { args: ['repair', '--start-date=2024-10-22', '--end-date=2025-09-30'], runIds: ['run-1', 'run-2'], correlationId: 'c' };

interface Asked { readonly method?: string; readonly url?: string; readonly authorization?: string; readonly body: { overrides?: { containerOverrides: { args: string[]; env: { name: string; value: string }[] }[]; taskCount: number } } }

/** As much of Cloud Run's administration as is used: executions are what was started. */
describe('CloudRunJobLauncher', () => {
  let server: Server;
  let launcher: CloudRunJobLauncher;
  let asked: Asked[];
  let executions: { name: string; completionTime?: string; template: unknown }[];
  let status: number;

  beforeEach(async () => {
    [asked, executions, status] = [[], [], 200];
    server = createServer((request, answer) => void textOf(request).then((text) => {
      const body = text ? JSON.parse(text) : {};
      asked.push({ method: request.method, url: request.url, authorization: request.headers.authorization, body });
      answer.statusCode = status;
      if (request.method === 'GET') return answer.end(JSON.stringify({ executions }));
      const name = `${JOB}/executions/nba-backfill-${executions.length + 1}`;
      executions.push({ name, template: { containers: [body.overrides.containerOverrides[0]] } });
      return answer.end(JSON.stringify({ name: 'operation', metadata: { name } }));
    }));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    launcher = new CloudRunJobLauncher({ job: JOB, accessToken: async () => 'access', endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('starts the job with these arguments, and says what for', async () => {
    expect(await launcher.launch(REQUEST)).toEqual({ kind: 'launched', execution: `${JOB}/executions/nba-backfill-1` });
    const run = asked.at(-1);
    expect(run).toMatchObject({ method: 'POST', url: `/v2/${JOB}:run`, authorization: 'Bearer access' });
    expect(run?.body.overrides).toEqual({ taskCount: 1, containerOverrides: [{ args: REQUEST.args, env: [{ name: 'NBA_LAUNCHED_FOR', value: 'run-1,run-2' }, { name: 'NBA_CORRELATION_ID', value: 'c' }] }] });
  });

  it('does not start it twice for the same runs while it runs', async () => {
    await launcher.launch(REQUEST);
    expect(await launcher.launch({ ...REQUEST, runIds: ['run-2'] })).toEqual({ kind: 'running', execution: `${JOB}/executions/nba-backfill-1` });
    expect(executions).toHaveLength(1);
  });

  it('starts it again for other runs, for other dates, and when it has ended', async () => {
    await launcher.launch(REQUEST);
    expect((await launcher.launch({ ...REQUEST, runIds: ['run-2', 'run-3'] })).kind).toBe('launched');
    expect((await launcher.launch({ ...REQUEST, args: ['repair', '--start-date=2024-10-20', '--end-date=2025-09-30'] })).kind).toBe('launched');
    for (const execution of executions) execution.completionTime = '2025-01-27T12:00:00Z';
    expect((await launcher.launch(REQUEST)).kind).toBe('launched');
  });

  it('says what Cloud Run has answered when it cannot be started', async () => {
    status = 403;
    await expect(launcher.launch(REQUEST)).rejects.toThrow('Cloud Run answers 403');
  });
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
