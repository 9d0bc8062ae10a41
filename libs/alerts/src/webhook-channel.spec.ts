import { NotingClock, SAMPLE_ALERT } from './alerts.fixture';
import { webhookChannel, type WebhookSettings } from './index';
import { hangUp, says, silence, startWebhookServer, type Answer, type WebhookServer } from './webhook-server.fixture';

describe('webhookChannel', () => {
  let server: WebhookServer;
  let clock: NotingClock;
  beforeEach(async () => {
    server = await startWebhookServer();
    clock = new NotingClock();
  });
  afterEach(() => server.close());

  const channel = (settings: Partial<WebhookSettings> = {}) =>
    webhookChannel({ url: `http://${server.host}/hook/sesame`, timeoutMs: 1_000, attempts: 3, clock, random: () => 1, ...settings });
  const send = (settings?: Partial<WebhookSettings>) => channel(settings).send(SAMPLE_ALERT);

  it('posts the alert as JSON with the version of its shape', async () => {
    await send();
    expect(server.arrived).toEqual([expect.objectContaining({
      method: 'POST', path: '/hook/sesame', headers: expect.objectContaining({ 'content-type': 'application/json; charset=utf-8' }), body: { schemaVersion: 1, ...SAMPLE_ALERT },
    })]);
    expect(server.arrived[0]?.headers).not.toHaveProperty('authorization');
  });

  it('is called by its host', () => {
    expect(channel({ url: 'https://robot:sesame@example.com/hook/sesame?key=1' }).name).toBe('webhook example.com');
  });

  it('sends credentials of the address as a header', async () => {
    await send({ url: `http://robot:pass%20word@${server.host}/hook` });
    // base64 of "robot:pass word"
    expect(server.arrived[0]).toMatchObject({ path: '/hook', headers: { authorization: 'Basic cm9ib3Q6cGFzcyB3b3Jk' } });
  });

  it.each([[200], [201], [202], [204]])('takes %i for taken, whatever the body', async (status) => {
    server.answer(says(status, status === 204 ? '' : 'queued'));
    await send();
    expect(clock.slept).toEqual([]);
  });

  it.each<[string, Answer]>([['408', says(408)], ['429', says(429)], ['500', says(500)], ['503', says(503)], ['a broken connection', hangUp]])('tries again after %s', async (_, answer) => {
    server.answer(answer, says(200));
    await send();
    expect(server.arrived).toHaveLength(2);
    expect(clock.slept).toEqual([500]);
  });

  it('tries again when no answer comes in time, nor the end of one', async () => {
    const half: Answer = (response) => { response.writeHead(200).write('o'); };
    server.answer(silence, half, says(200));
    await send({ timeoutMs: 60 });
    expect(server.arrived).toHaveLength(3);
  });

  it('tries no oftener than it may, with pauses that double, and says what it met', async () => {
    server.answer(says(503, 'over\n  loaded'));
    await expect(send({ attempts: 4 })).rejects.toMatchObject({
      code: 'ALERT_UNDELIVERED', message: `webhook ${server.host}: ${server.host} answered 503 "over loaded" (4 attempts). The alert was not taken.`,
    });
    expect(server.arrived).toHaveLength(4);
    expect(clock.slept).toEqual([500, 1000, 2000]);
  });

  it('spreads pauses over their upper half, and lets none exceed ten seconds', async () => {
    server.answer(says(500));
    await send({ attempts: 8, random: () => 0 }).catch(() => undefined);
    expect(clock.slept).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
  });

  it.each([[301], [307], [400], [401], [403], [404], [410], [413]])('gives up at once on %i', async (status) => {
    server.answer(says(status, 'no', { location: `http://${server.host}/elsewhere` }));
    await expect(send()).rejects.toMatchObject({ code: 'ALERT_UNDELIVERED', message: expect.stringContaining(`answered ${status} "no". The`) });
    expect(server.arrived).toHaveLength(1);
  });

  it.each([['7', 7_000], ['Mon, 27 Jan 2025 11:00:05 GMT', 5_000], ['Mon, 27 Jan 2025 10:00:00 GMT', 500], ['soon', 500], ['0', 500]])('waits as Retry-After: %s asks, and no less than it would by itself', async (header, pauseMs) => {
    server.answer(says(429, '', { 'retry-after': header }), says(200));
    await send();
    expect(clock.slept).toEqual([pauseMs]);
  });

  it('does not wait for an hour when asked to', async () => {
    server.answer(says(429, '', { 'retry-after': '3600' }));
    await expect(send()).rejects.toThrow(/answered 429, and asks to be left alone for 3600 seconds\./);
    expect(clock.slept).toEqual([]);
  });

  it('names the reason when there is no connection, and the time when there is no answer', async () => {
    const { host } = server;
    await server.close();
    await expect(send()).rejects.toThrow(`webhook ${host}: no connection to ${host} (ECONNREFUSED) (3 attempts). The alert was not taken.`);
    server = await startWebhookServer();
    server.answer(silence);
    await expect(send({ timeoutMs: 30, attempts: 1 })).rejects.toThrow(`${server.host} did not answer within 30 ms. The`);
  });

  it('does not repeat what a client says of the address', async () => {
    const fetch = () => Promise.reject(new TypeError('fetch failed for https://example.com/hook/sesame', { cause: new Error('see /hook/sesame') }));
    await expect(send({ url: 'https://example.com/hook/sesame', fetch, attempts: 1 })).rejects.toThrow(/^webhook example\.com: no connection to example\.com\. The alert was not taken\.$/);
  });

  it('leaves no rest of a secret standing that begins like another part of the address', async () => {
    server.answer(says(404, 'no hooksesame here'));
    await expect(send({ url: `http://${server.host}/hook/hooksesame` })).rejects.toThrow(/answered 404 "no … here"/);
  });

  it('reads no more of an answer than it needs', async () => {
    server.answer((response) => {
      response.writeHead(400);
      const more = (): void => void (response.destroyed || response.write('x'.repeat(10_000), () => setImmediate(more)));
      more();
    });
    await expect(send()).rejects.toThrow(/"x{119}…"/);
  });

  it.each(['http://example.com/sesame', 'ftp://example.com/sesame', 'sesame', '', 'http://localhost.example.com/sesame'])('refuses the address %p, and does not show it', (url) => {
    let fault: unknown;
    try { channel({ url }); } catch (thrown) { fault = thrown; }
    expect(fault).toMatchObject({ code: 'INVALID_ARGUMENT', message: expect.not.stringContaining('sesame') });
  });

  it.each(['http://localhost:8080/', 'http://127.0.0.1/', 'http://[::1]:9/', 'https://example.com'])('accepts the address %p', (url) => {
    expect(() => channel({ url })).not.toThrow();
  });
});
