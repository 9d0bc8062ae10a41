import { FixedClock } from '@nba/testing';
import { parseSeason } from '@nba/kernel';
import { NbaComClient, type NbaComClientOptions, type Retry } from './nba-com-client';
import { cutOff, cutOffUnnoticed, halfAnAnswer, hangUp, says, silence, startNbaComServer, type Answer, type NbaComServer } from './nba-com-server.fixture';
import { gameLogQuestion, scheduleQuestion } from './season-request';

const NOW = '2024-01-15T12:00:00Z';
const SCHEDULE = scheduleQuestion(parseSeason('2023-24'));
const FINE = says(200, { fine: true });
/** The machine may be busy: short where the test waits for it, long where it does not. */
const timeoutFor = (...answers: readonly Answer[]): number => (answers.some((answer) => answer === silence || answer === halfAnAnswer) ? 500 : 10_000);

describe('a client of nba.com', () => {
  let server: NbaComServer;
  let clock: FixedClock;
  let retries: Retry[];
  beforeEach(async () => {
    clock = new FixedClock(NOW);
    retries = [];
    server = await startNbaComServer({ now: () => clock.now(), sleep: (milliseconds) => clock.sleep(milliseconds) });
  });
  afterEach(() => server.close());

  /** Half of every pause, so that pauses are known. */
  const clientWith = (options: NbaComClientOptions = {}) => new NbaComClient(clock, { baseUrl: server.baseUrl, intervalMs: 0, timeoutMs: 10_000, random: () => 0.5, ...options });
  const askWith = (options: NbaComClientOptions = {}, signal?: AbortSignal) => clientWith(options).ask(SCHEDULE, { signal, onRetry: (retry) => retries.push(retry) });
  const gapsMs = () => server.arrived.slice(1).map(({ atMs }, i) => atMs - (server.arrived[i]?.atMs ?? 0));

  it('asks as a page of nba.com would', async () => {
    await clientWith().ask(gameLogQuestion(parseSeason('2023-24'), 'player-boxscores', 'Regular Season'));
    expect(server.arrived).toHaveLength(1);
    expect(server.arrived[0]).toMatchObject({
      endpoint: 'leaguegamelog',
      query: { Counter: '0', DateFrom: '', DateTo: '', Direction: 'ASC', LeagueID: '00', PlayerOrTeam: 'P', Season: '2023-24', SeasonType: 'Regular Season', Sorter: 'DATE' },
      headers: {
        referer: 'https://www.nba.com/', origin: 'https://www.nba.com', 'x-nba-stats-origin': 'stats', 'x-nba-stats-token': 'true', accept: expect.stringContaining('application/json'),
        'user-agent': expect.stringMatching(/^Mozilla\/5\.0 .*Chrome\//), 'accept-language': expect.stringContaining('en-US'), 'accept-encoding': expect.stringContaining('gzip'),
      },
    });
  });

  it('passes for another browser when it is told to', async () => {
    await askWith({ headers: { 'user-agent': 'Another/1.0' } });
    expect(server.arrived[0]?.headers['user-agent']).toBe('Another/1.0');
  });

  it('lets the time go by between two requests, the repeated ones too, and not longer than it must', async () => {
    const client = clientWith({ intervalMs: 2_000 });
    server.next(FINE, says(503), FINE, FINE);
    await client.ask(SCHEDULE);
    clock.advance(700);
    await client.ask(SCHEDULE); // answered 503 first: half of 2 s is less than the interval
    clock.advance(5_000);
    await client.ask(SCHEDULE);
    expect(gapsMs()).toEqual([2_000, 2_000, 5_000]);
    expect(client.requests).toBe(4);
  });

  it('waits no longer than that when the clock is put back', async () => {
    const client = clientWith({ intervalMs: 2_000 });
    await client.ask(SCHEDULE);
    clock.advance(-3_600_000);
    const began = clock.now().getTime();
    await client.ask(SCHEDULE);
    expect(clock.now().getTime() - began).toBe(2_000);
  });

  it('says who it is when the address does, and shows that to nobody else', async () => {
    const address = new URL(server.baseUrl);
    [address.username, address.password] = ['nba@home', 'a:secret'];
    server.next(FINE, says(403));
    const client = clientWith({ baseUrl: address.href });
    await client.ask(SCHEDULE);
    expect(server.arrived[0]?.headers.authorization).toBe(`Basic ${Buffer.from('nba@home:a:secret').toString('base64')}`);
    expect(String(await client.ask(SCHEDULE).catch((error: unknown) => error))).not.toContain('secret');
  });

  it('refuses a header that cannot be sent before it asks for anything', () => {
    expect(() => clientWith({ headers: { 'user-agent': 'Mozilla “5.0”' } })).toThrow('The header user-agent cannot be sent');
  });

  it.each<[string, Answer[], number[]]>([
    ['a 429 that says nothing more', [says(429)], [1_000]],
    ['a 429 with seconds', [says(429, '', { 'retry-after': '7' })], [7_000]],
    ['a 429 with a date', [says(429, '', { 'retry-after': 'Mon, 15 Jan 2024 12:00:30 GMT' })], [30_000]],
    ['a 429 with a date that is past', [says(429, '', { 'retry-after': 'Mon, 15 Jan 2024 11:00:00 GMT' })], [1_000]],
    ['a 429 with nonsense', [says(429, '', { 'retry-after': 'soon' })], [1_000]],
    ['a 503 with fewer seconds than the own pause', [says(503, '', { 'retry-after': '0' })], [1_000]],
    ['a 500', [says(500, '{"Message":"An error has occurred."}')], [1_000]],
    ['a page with 502', [says(502, '<html>Bad Gateway</html>')], [1_000]],
    ['silence', [silence], [1_000]],
    ['half an answer', [halfAnAnswer], [1_000]],
    ['a connection that is reset', [hangUp], [1_000]],
    ['a body that is shorter than promised', [cutOff], [1_000]],
    ['a body that is cut off unnoticed', [cutOffUnnoticed], [1_000]],
    ['an empty body', [says(200, '')], [1_000]],
    ['one thing after the other, with pauses that grow', [says(503), hangUp, says(429), cutOff], [1_000, 2_000, 4_000, 8_000]],
  ])('asks again after %s', async (_name, answers, gaps) => {
    server.next(...answers, FINE);
    expect((await askWith({ timeoutMs: timeoutFor(...answers) })).json).toEqual({ fine: true });
    expect(gapsMs()).toEqual(gaps);
    expect(retries.map(({ attempt, attempts, pauseMs }) => [attempt, attempts, pauseMs])).toEqual(gaps.map((gap, i) => [i + 1, 5, gap]));
  });

  it.each<[string, Answer, RegExp]>([
    ['429', says(429, 'slow down'), /it answered 429 "slow down" \(3 attempts\)/],
    ['503', says(503, ''), /it answered 503 nothing \(3 attempts\)/],
    ['silence', silence, /no whole answer within 500 ms \(3 attempts\)/],
    ['resets', hangUp, /the connection failed \(\w+.*\) \(3 attempts\)/],
    ['a body that is cut off', cutOffUnnoticed, /the answer ends too early, after \d+ bytes \(3 attempts\)/],
  ])('gives up after as many attempts as it was given: %s', async (_name, answer, says_) => {
    server.next(answer, answer, answer, answer);
    const fault = await askWith({ attempts: 3, timeoutMs: timeoutFor(answer) }).catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: 'SOURCE_UNAVAILABLE', message: expect.stringMatching(says_), fields: { next: expect.stringContaining('run the same command again') } });
    expect(String(fault)).toContain(`the schedule of 2023-24 could not be had from ${server.baseUrl}/scheduleleaguev2?LeagueID=00&Season=2023-24`);
    expect(server.arrived).toHaveLength(3);
  });

  it('gives up when nobody listens', async () => {
    await server.close();
    await expect(askWith({ attempts: 2 })).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', message: expect.stringContaining('ECONNREFUSED') });
    server = await startNbaComServer(clock);
  });

  it('does not wait longer than ten minutes, however long it is asked to', async () => {
    server.next(says(429, '', { 'retry-after': '601' }), FINE);
    await expect(askWith()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', message: expect.stringContaining('asks to be left alone for 601 seconds') });
    expect(server.arrived).toHaveLength(1);
  });

  it.each<[string, Answer, RegExp]>([
    ['403', says(403, '<HTML><HEAD><TITLE>Access Denied</TITLE>'), /answered 403 "<HTML><HEAD><TITLE>Access Denied.*[^]*another network/],
    ['400', says(400, 'The field Season is required.'), /answered 400 "The field Season is required\."/],
    ['404', says(404), /answered 404 nothing/],
    ['408', says(408, 'timed out'), /answered 408 "timed out"/],
    ['a redirect', says(302, '', { location: 'http://127.0.0.1:1/' }), /answered 302/],
    ['a page instead of JSON', says(200, '<!DOCTYPE html><html><body>We are sorry'), /answered with a page for a browser: "<!DOCTYPE html><html><body>We are sorry"/],
    ['text that is not JSON', says(200, 'An error has occurred.'), /answered with something that is not JSON: "An error has occurred\."/],
    ['JSON with a number that is none', says(200, '{"a": NaN, "b": [1, 2, 3, 4, 5]}'), /answered with something that is not JSON/],
  ])('asks no second time after %s', async (_name, answer, said) => {
    server.next(answer, FINE);
    const fault = await askWith().catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: 'SOURCE_ANSWER_INVALID', message: expect.stringMatching(said), fields: { next: expect.stringMatching(/.{20}/) } });
    expect(String(fault)).toContain(`${server.baseUrl}/scheduleleaguev2?LeagueID=00&Season=2023-24`);
    expect(server.arrived).toHaveLength(1);
  });

  it('quotes no more than the beginning', async () => {
    server.next(says(403, 'x'.repeat(100_000)));
    const fault = (await askWith().catch((error: unknown) => error)) as Error;
    expect(fault.message.length).toBeLessThan(900);
  });

  it('counts its requests and the bytes it got, as they are once unpacked', async () => {
    const client = clientWith();
    server.next(says(503, 'abc'), says(200, '{"name":"Jokić"}'));
    await client.ask(SCHEDULE);
    expect([client.requests, client.bytes]).toEqual([2, 3 + 17]);
  });

  it('ends soon when it is interrupted: before the first request, in an answer, in a pause', async () => {
    const over = AbortSignal.abort('SIGINT');
    await expect(askWith({}, over)).rejects.toBe('SIGINT');
    expect(server.arrived).toHaveLength(0);

    const inAnswer = new AbortController();
    server.next((response, request) => {
      inAnswer.abort('SIGINT');
      silence(response, request);
    });
    await expect(askWith({ timeoutMs: 60_000 }, inAnswer.signal)).rejects.toBe('SIGINT');

    const inPause = new AbortController();
    server.next(says(429, '', { 'retry-after': '500' }), FINE);
    const began = clock.now().getTime();
    const ended = clientWith().ask(SCHEDULE, { signal: inPause.signal, onRetry: () => inPause.abort('SIGINT') });
    await expect(ended).rejects.toBe('SIGINT');
    expect(clock.now().getTime() - began).toBeLessThan(1_000);
    expect(server.arrived).toHaveLength(2);
  });
});
