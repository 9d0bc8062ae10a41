import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TOPICS } from '@nba/kernel';
import { HandlerProgram, TRUST } from './handler-program.fixture';
import { Issuer, PUSH, SCHEDULER } from './identity/issuer.fixture';
import { eventOn, pushBody } from './push.fixture';
import { smallLake } from './small-lake.fixture';

jest.setTimeout(120_000);
const { documents } = smallLake(2);

describe('the handler\'s program', () => {
  const issuer = new Issuer();
  let program: HandlerProgram;
  let folder: string;
  let certificates: string;
  let environment: Record<string, string>;
  beforeAll(async () => {
    program = new HandlerProgram();
    certificates = await issuer.listen();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nba-handler-place-'));
    for (const [path, text] of Object.entries(documents)) {
      mkdirSync(dirname(join(folder, 'lake', path)), { recursive: true });
      writeFileSync(join(folder, 'lake', path), text);
    }
    environment = { ...TRUST, NBA_OIDC_CERTS_URL: certificates, NBA_WAREHOUSE: `duckdb:${join(folder, 'w.duckdb')}`, NBA_LAKE: join(folder, 'lake') };
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  afterAll(async () => {
    program.remove();
    await issuer.close();
  });
  const post = async (url: string, path: string, body: string, authorization: string) => {
    const answer = await fetch(url + path, { method: 'POST', body, headers: { authorization } });
    return { status: answer.status, ...((await answer.json()) as { outcome: string; details: string[] }) };
  };

  it('refuses to start without knowing whom to trust, and says all that is wrong', async () => {
    const running = program.start({ NBA_EVENTS: 'smoke' });
    expect(await running.ended).toBe(2);
    expect(running.lines).toMatchObject([{ severity: 'ERROR', message: expect.stringMatching(/NBA_EVENTS.*NBA_AUDIENCE.*NBA_PUSH_ACCOUNTS.*NBA_SCHEDULER_ACCOUNTS/s) }]);
  });

  it('serves, lets in only whom it may, and goes at SIGTERM within its time', async () => {
    const running = program.start(environment);
    const url = await running.url;
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    // Two game dates: loading the second's morning loads the first.
    expect(await post(url, '/schedule/phase2', '{"date":"2021-10-20"}', issuer.bearer(SCHEDULER))).toMatchObject({ status: 200, outcome: 'done' });
    expect(await post(url, `/events/${TOPICS[2]}`, pushBody(eventOn(['2021-10-19'])), issuer.bearer(PUSH))).toMatchObject({ status: 200 });
    expect(await post(url, `/events/${TOPICS[2]}`, pushBody(eventOn(['2021-10-19'])), issuer.bearer(PUSH, {}, {}, new Issuer().privateKey))).toMatchObject({ status: 401 });
    const asked = performance.now();
    running.process.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    expect(performance.now() - asked).toBeLessThan(10_000);
    expect(running.lines.filter(({ isNoJson }) => isNoJson)).toEqual([]);
    expect(JSON.stringify(running.lines)).not.toContain('eyJ');
  });

  it('ends what is under way when it is told to go, and leaves the rest to the next delivery', async () => {
    const running = program.start(environment);
    const url = await running.url;
    const answers = ['2021-10-20', '2021-10-21'].map((date) => post(url, '/schedule/phase2', `{"date":"${date}"}`, issuer.bearer(SCHEDULER)));
    await new Promise((resolve) => setTimeout(resolve, 150));
    running.process.kill('SIGTERM');
    const statuses = (await Promise.allSettled(answers)).map((ended) => (ended.status === 'fulfilled' ? ended.value.status : 'cut off'));
    expect(await running.ended).toBe(0);
    expect(statuses.every((status) => status === 200 || status === 503)).toBe(true);
    // Nothing is locked, and nothing is half done.
    const next = program.start(environment);
    const again = await next.url;
    for (const date of ['2021-10-20', '2021-10-21']) expect(await post(again, '/schedule/phase2', `{"date":"${date}"}`, issuer.bearer(SCHEDULER))).toMatchObject({ status: 200 });
    next.process.kill('SIGTERM');
    expect(await next.ended).toBe(0);
  });

  it('starts alone in an empty folder, with the cloud\'s clients in its bundle', async () => {
    const alone = new HandlerProgram(true);
    const running = alone.start({
      ...TRUST, NBA_WAREHOUSE: 'bigquery:test', NBA_LAKE: 'gs://test-nba-lake', NBA_EVENTS: 'pubsub:test', NBA_OIDC_CERTS_URL: certificates,
      BIGQUERY_EMULATOR_HOST: 'http://127.0.0.1:9', STORAGE_EMULATOR_HOST: 'http://127.0.0.1:9', PUBSUB_EMULATOR_HOST: '127.0.0.1:9',
    });
    const url = await running.url;
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/ready`)).status).toBe(503);
    running.process.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    alone.remove();
  });
});
