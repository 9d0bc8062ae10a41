import type { FastifyInstance } from 'fastify';
import { type CompletionEvent, NbaError, TOPICS } from '@nba/kernel';
import { FixedClock } from '@nba/testing';
import type { DailyOutcome, ReactionOutcome } from '@nba/pipeline';
import { AUDIENCE, Issuer, PUSH, SCHEDULER, STRANGER } from './identity/issuer.fixture';
import type { JobRequest } from './jobs/job-launcher';
import { eventOn, pushBody } from './push.fixture';
import { type Service, type ServiceParts, createService } from './service';
import { StructuredLog } from './structured-log';

const issuer = new Issuer();
const DAY: DailyOutcome = { date: '2025-01-27', phases: [], interrupted: false, isLate: false, seasonsWithoutSchedule: [], prediction: undefined } as unknown as DailyOutcome;
const EVENTS = `/events/${TOPICS[2]}`;
type Json = Record<string, unknown>;

describe('the service', () => {
  let service: Service;
  let lines: string[];
  let reacted: CompletionEvent[];
  let carried: unknown[];
  let refused: { topic: string; message: unknown; code: string }[];
  let launched: JobRequest[];
  let outcome: () => ReactionOutcome | Promise<never>;
  let day: DailyOutcome;
  let troubles: number;

  beforeEach(() => {
    [lines, reacted, carried, refused, launched, troubles] = [[], [], [], [], [], 0];
    outcome = () => ({ kind: 'done', units: 3 });
    day = DAY;
    const play = async () => day;
    const app = {
      warehouse: { query: async () => [] },
      reaction: {
        react: async (events: readonly CompletionEvent[], { attributes }: { readonly attributes: readonly unknown[] }) => {
          reacted.push(...events);
          carried.push(...attributes);
          return Promise.all(events.map(outcome));
        },
        refuse: async (topic: string, message: unknown, { code }: NbaError) => void refused.push({ topic, message, code }),
      },
      daily: { loadYesterday: play, computeContexts: play, requestPredictions: play },
      recovery: { rootCauses: async () => (troubles++, []) },
      incidents: { report: async () => ({ undelivered: [], unheard: [] }) },
    } as unknown as ServiceParts['app'];
    service = createService({
      app, certificates: async () => issuer.certificates, clock: new FixedClock('2025-01-27T11:00:00Z'), log: new StructuredLog((line) => lines.push(line)),
      launcher: { launch: async (request) => (launched.push(request), { kind: 'launched', execution: 'nba-backfill-1' }) },
      configuration: { audience: AUDIENCE, pushAccounts: [PUSH], schedulerAccounts: [SCHEDULER], maxUnits: 10, deadlineMs: 5_000, maxBodyBytes: 2_000, project: 'p' },
    });
  });
  afterEach(() => service.close());

  const post = async (url: string, payload: string, { token = issuer.bearer(PUSH), headers = {}, server = service.server }: { token?: string | null; headers?: Record<string, string>; server?: FastifyInstance } = {}) => {
    const answer = await server.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json', ...(token && { authorization: token }), ...headers } });
    return { status: answer.statusCode, retryAfter: answer.headers['retry-after'], ...(answer.body ? (answer.json() as Json) : {}) } as { status: number; outcome: string; details: string[]; retryAfter?: string };
  };
  const push = (data: unknown, options = {}) => post(EVENTS, pushBody(data), options);
  const schedule = (part: string, payload = '', options = {}) => post(`/schedule/${part}`, payload, { token: issuer.bearer(SCHEDULER), ...options });
  const logged = (): Json[] => lines.map((line) => JSON.parse(line) as Json);

  it('answers a message, and logs whose it was and what became of it', async () => {
    const headers = { 'x-cloud-trace-context': '105445aa7843bc8bf206b12000100000/1;o=1' };
    expect(await push(eventOn(['2025-01-26']), { headers })).toMatchObject({ status: 200, outcome: 'done' });
    expect(reacted).toEqual([eventOn(['2025-01-26'])]);
    expect(logged()).toMatchObject([{
      severity: 'INFO', message: `POST ${EVENTS} 200 done`, topic: TOPICS[2], messageId: '1', runId: 'run-2025-01-26', correlationId: 'correlation', caller: PUSH, outcome: 'done',
      'logging.googleapis.com/trace': 'projects/p/traces/105445aa7843bc8bf206b12000100000', httpRequest: { requestMethod: 'POST', status: 200 },
    }]);
  });

  it('goes on with the trace that the message was sent in, else with that of its delivery', async () => {
    const [sent, delivered] = ['1', '2'].map((digit) => `00-${digit.repeat(32)}-${digit.repeat(16)}-01`) as [string, string];
    const body = pushBody(eventOn(['2025-01-26'])).replace('"attributes":{}', `"attributes":{"phase":"2","traceparent":"${sent}"}`);
    await post(EVENTS, body, { headers: { traceparent: delivered } });
    await push(eventOn(['2025-01-26']), { headers: { traceparent: delivered } });
    await push(eventOn(['2025-01-26']));
    expect(carried).toEqual([{ phase: '2', traceparent: sent }, { traceparent: delivered }, {}]);
    expect(logged().map(({ traceparent }) => traceparent)).toEqual([sent, undefined, undefined]);
  });

  it.each<[ReactionOutcome, number, string, boolean]>([
    [{ kind: 'done', units: 1 }, 200, 'done', false],
    [{ kind: 'nothing-to-do' }, 200, 'nothing-to-do', false],
    [{ kind: 'blocked', units: 1, reasons: ['1 missing date'] }, 200, 'blocked', false],
    [{ kind: 'too-large', units: 99, ranges: [{ from: '2024-10-22', to: '2025-09-30' }] as never }, 202, 'handed-over', false],
    [{ kind: 'failed', isTransient: false, faults: ['statement'] }, 422, 'failed', false],
    [{ kind: 'failed', isTransient: true, faults: ['away'] }, 503, 'failed-for-now', true],
    [{ kind: 'in-use', reasons: ['somebody else'] }, 503, 'in-use', true],
    [{ kind: 'interrupted' }, 503, 'interrupted', true],
  ])('answers %j with %d', async (kind, status, word, comesAgain) => {
    outcome = () => kind;
    const answer = await push(eventOn(['2025-01-26']));
    expect(answer).toMatchObject({ status, outcome: word });
    expect(answer.retryAfter !== undefined).toBe(comesAgain);
    expect(troubles).toBe(kind.kind === 'blocked' || kind.kind === 'failed' ? 1 : 0);
  });

  it.each<[string, unknown, number]>([
    ['a warehouse that is away', new NbaError('WAREHOUSE_UNAVAILABLE', 'secret host'), 503], ['a lake that is away', new NbaError('LAKE_UNAVAILABLE', 'x'), 503],
    ['a file that is in use', new NbaError('WAREHOUSE_LOCKED', 'x'), 503], ['a lease that was lost', new NbaError('LEASE_LOST', 'x'), 503],
    ['drift of the schema', new NbaError('WAREHOUSE_SCHEMA_DRIFT', 'x'), 500], ['a bug', new TypeError('secret text'), 500],
  ])('answers %s so that it comes again, and tells the log only', async (_what, fault, status) => {
    outcome = () => Promise.reject(fault);
    const answer = await push(eventOn(['2025-01-26']));
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(logged()).toMatchObject([{ severity: 'ERROR', fault: expect.stringContaining((fault as Error).message) }]);
  });

  it('hands what is too long to one job, for everything that waits', async () => {
    outcome = async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { kind: 'too-large', units: 99, ranges: [{ from: '2024-10-22', to: '2025-09-30' }] } as never;
    };
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((runId) => push(eventOn(['2024-10-22'], { runId }))));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    // The first came alone, the others waited for it together.
    expect(launched.map(({ args, runIds }) => [args, runIds])).toEqual([
      [['repair', '--start-date=2024-10-22', '--end-date=2025-09-30', '--wait=3600'], ['a']], [['repair', '--start-date=2024-10-22', '--end-date=2025-09-30', '--wait=3600'], ['b', 'c', 'd']],
    ]);
  });

  describe('refuses before it reads anything', () => {
    it.each<[string, string | null, number]>([
      ['no token', null, 401], ['a wrong audience', issuer.bearer(PUSH, { aud: 'other' }), 401], ['an expired token', issuer.bearer(PUSH, { iat: 1, exp: 2 }), 401],
      ['a wrong issuer', issuer.bearer(PUSH, { iss: 'https://evil.example' }), 401], ['a forged signature', issuer.bearer(PUSH, {}, {}, new Issuer().privateKey), 401],
      ['the scheduler\'s account', issuer.bearer(SCHEDULER), 403], ['a stranger\'s account', issuer.bearer(STRANGER), 403],
    ])('%s', async (_what, token, status) => {
      expect(await post(EVENTS, 'not even JSON', { token })).toMatchObject({ status, outcome: 'refused' });
      expect([reacted, refused]).toEqual([[], []]);
      expect(logged()).toMatchObject([{ severity: 'WARNING', outcome: 'refused' }]);
      expect(lines.join()).not.toContain('eyJ');
    });

    it('the push account at the scheduler\'s door', async () => {
      expect(await schedule('phase2', '', { token: issuer.bearer(PUSH) })).toMatchObject({ status: 403 });
    });

    it('a body that is too long, with its length told or not', async () => {
      const long = pushBody(eventOn(['2025-01-26'], { runId: 'x'.repeat(3_000) }));
      expect(await post(EVENTS, long)).toMatchObject({ status: 413, outcome: 'refused', details: ['The body is longer than 2,000 bytes.'] });
      expect(await post(EVENTS, long, { token: null })).toMatchObject({ status: 413 });
      await service.server.listen({ port: 0, host: '127.0.0.1' });
      const { port } = service.server.server.address() as { port: number };
      const streamed = async (headers: Record<string, string>): Promise<number> => {
        const body = new ReadableStream({ start: (controller) => { controller.enqueue(new TextEncoder().encode(long)); controller.close(); } });
        return (await fetch(`http://127.0.0.1:${port}${EVENTS}`, { method: 'POST', body, duplex: 'half', headers } as RequestInit)).status;
      };
      expect(await streamed({ authorization: issuer.bearer(PUSH) })).toBe(413);
      // Of a stranger nothing is read, so nobody knows how long it is.
      expect(await streamed({})).toBe(401);
      expect([reacted, refused]).toEqual([[], []]);
    });
  });

  describe('refuses for good, and keeps', () => {
    it.each<[string, string, unknown, string]>([
      ['a body that is no JSON', 'no JSON', 'no JSON', 'body'],
      ['a body that is no push', '{"hello":1}', { hello: 1 }, 'message'],
      ['a message that is no JSON', pushBody('not JSON'), 'not JSON', 'message'],
      ['a message without data', pushBody('', '1', { message: { messageId: '1' } }), { message: { messageId: '1' }, subscription: 'projects/p/subscriptions/nba-phase2-raw-complete.handler' }, 'message.data'],
      ['an unknown version', pushBody(eventOn(['2025-01-26'], { schemaVersion: 2 })), eventOn(['2025-01-26'], { schemaVersion: 2 }), 'schemaVersion'],
      ['a date that is none', pushBody(eventOn(['2025-02-30'])), eventOn(['2025-02-30']), 'gameDates'],
      ['no date', pushBody(eventOn([])), eventOn([]), 'gameDates'],
      ['a message of another topic', pushBody(eventOn(['2025-01-26'], { topic: TOPICS[3], phase: 3 })), eventOn(['2025-01-26'], { topic: TOPICS[3], phase: 3 }), 'topic'],
    ])('%s', async (_what, body, kept, named) => {
      const answer = await post(EVENTS, body);
      expect(answer).toMatchObject({ status: 400, outcome: 'refused' });
      expect(answer.details.join()).toContain(named);
      expect(refused).toEqual([{ topic: TOPICS[2], message: kept, code: 'EVENT_INVALID' }]);
      expect(reacted).toEqual([]);
    });

    it('and asks to come again when it cannot be kept', async () => {
      const kept = jest.fn().mockRejectedValue(new NbaError('WAREHOUSE_UNAVAILABLE', 'away'));
      const parts = { react: async () => [], refuse: kept };
      const other = createService({
        app: { warehouse: { query: async () => [] }, reaction: parts, daily: {} } as unknown as ServiceParts['app'], certificates: async () => issuer.certificates,
        clock: new FixedClock('2025-01-27T11:00:00Z'), log: new StructuredLog(() => undefined), launcher: undefined,
        configuration: { audience: AUDIENCE, pushAccounts: [PUSH], schedulerAccounts: [SCHEDULER], maxUnits: 10, deadlineMs: 5_000, maxBodyBytes: 2_000, project: 'p' },
      });
      expect(await post(EVENTS, 'no JSON', { server: other.server })).toMatchObject({ status: 503, retryAfter: '10' });
      await other.close();
    });
  });

  describe('refuses to switch strict mode off', () => {
    const strict = eventOn(['2025-01-26']);
    it.each<[string, string, string, Record<string, string>]>([
      ['by the query', `${EVENTS}?strict_mode=false`, pushBody(strict), {}],
      ['by the query, in other words', `${EVENTS}?strictMode=0`, pushBody(strict), {}],
      ['by a header', EVENTS, pushBody(strict), { 'x-strict-mode': 'False' }],
      ['in the message', EVENTS, pushBody({ ...strict, strictMode: false }), {}],
      ['in an attribute of the message', EVENTS, pushBody(strict).replace('"attributes":{}', '"attributes":{"strict_mode":"off"}'), {}],
    ])('%s', async (_where, url, body, headers) => {
      const answer = await post(url, body, { headers });
      expect(answer).toMatchObject({ status: 400, outcome: 'refused' });
      expect(answer.details[0]).toContain('Strict mode cannot be switched off');
      expect(reacted).toEqual([]);
    });

    it('from the scheduler', async () => {
      expect(await schedule('contexts', '{"strict_mode":"false"}')).toMatchObject({ status: 400, details: [expect.stringContaining('Strict mode')] });
      expect(await schedule('contexts', '', { headers: { 'strict-mode': 'no' } })).toMatchObject({ status: 400 });
    });

    it('and has nothing against its being on', async () => {
      expect(await post(`${EVENTS}?strict_mode=true`, pushBody(strict))).toMatchObject({ status: 200 });
    });
  });

  describe('plays a part of the day', () => {
    const unit = (status: string, reasons: unknown[] = []) => ({ processor: { name: 'P', phase: 2 }, date: '2025-01-26', status, reasons, fault: 'why' });
    const dayWith = (...outcomes: unknown[]) => ({ ...DAY, phases: [{ phase: 2, cause: 'request', outcomes, alreadyComplete: 0, verifications: [] }] }) as unknown as DailyOutcome;
    const waiting = (incomplete: unknown) => ({ ...DAY, prediction: { kind: 'waiting', incomplete: [{ processor: { name: 'P' }, unit: incomplete }] } }) as unknown as DailyOutcome;

    it.each<[string, DailyOutcome, number, string]>([
      ['done', dayWith(unit('success'), unit('empty_ok')), 200, 'done'],
      ['nothing to do', DAY, 200, 'nothing-to-do'],
      ['blocked', dayWith(unit('blocked', [{ kind: 'data-gaps', table: 't', processor: 'Q', phase: 2, window: { kind: 'sameDate' }, missingDates: ['2025-01-25'], missingGames: [], detail: '' }])), 200, 'blocked'],
      ['in use', dayWith(unit('blocked', [{ kind: 'table-in-use', table: 't', by: 'x' }])), 503, 'in-use'],
      ['a document that is missing', dayWith(unit('failed')), 503, 'failed'],
      ['interrupted', { ...DAY, interrupted: true }, 503, 'interrupted'],
      ['no schedule', { ...DAY, seasonsWithoutSchedule: ['2024-25'] } as unknown as DailyOutcome, 200, 'blocked'],
      ['requested', { ...DAY, prediction: { kind: 'requested', runId: 'r', rows: 1 } }, 200, 'requested'],
      ['inputs on their way', waiting({ date: '2025-01-27', state: { kind: 'missing' } }), 503, 'waiting'],
      ['inputs that wait themselves', waiting({ date: '2025-01-27', reasons: [] }), 200, 'blocked'],
    ])('%s', async (_what, ended, status, word) => {
      day = ended;
      for (const part of ['phase2', 'contexts', 'phase5']) expect(await schedule(part)).toMatchObject({ status, outcome: word });
    });

    it('of a day that is named, and of none that is no date', async () => {
      expect(await schedule('phase2', '{"date":"2025-01-27"}')).toMatchObject({ status: 200 });
      expect(await schedule('phase2', '{"date":"yesterday"}')).toMatchObject({ status: 400, details: ['date must be a date, as 2025-01-26.'] });
      for (const body of ['{"date":"2025-02-30"}', 'no JSON', '[]', '7']) expect(await schedule('phase2', body)).toMatchObject({ status: 400 });
    });
  });

  it('is alive, ready, and knows no other address', async () => {
    for (const [url, status] of [['/health', 200], ['/ready', 200], ['/', 404], [EVENTS, 404]] as const) expect((await service.server.inject({ method: 'GET', url })).statusCode).toBe(status);
  });
});
