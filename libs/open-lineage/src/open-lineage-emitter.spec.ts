import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunEnd } from '@nba/kernel';
import type { EventSink } from './event-sink';
import { FileSink } from './file-sink';
import { HttpSink } from './http-sink';
import { OpenLineageEmitter } from './open-lineage-emitter';
import { PLACES, RUN } from './run.fixture';
import type { RunEvent } from './run-event';

const END: RunEnd = { kind: 'complete', at: '2024-10-30T12:00:09.000Z', rows: 42, fault: null };

describe('lineage that is sent', () => {
  let server: Server;
  let received: RunEvent[];
  /** What is answered, and after how many milliseconds. */
  let answers: () => [status: number, afterMs: number];
  let told: string[];

  beforeEach(async () => {
    [received, told, answers] = [[], [], () => [201, 0]];
    server = createServer((request, answer) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        const [status, afterMs] = answers();
        if (status < 300) received.push(JSON.parse(Buffer.concat(chunks).toString()) as RunEvent);
        setTimeout(() => answer.writeHead(status).end(status < 300 ? '' : 'out of order'), afterMs).unref();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/lineage`;
  const emitter = (sink: EventSink, over: { maxWaiting?: number; closeTimeoutMs?: number } = {}) => new OpenLineageEmitter({ sink, places: PLACES, report: (message) => told.push(message), ...over });
  const play = (to: OpenLineageEmitter, runs: number): void => {
    for (let i = 0; i < runs; i += 1) {
      to.started({ ...RUN, processor: `P${i}` });
      to.ended({ ...RUN, processor: `P${i}` }, END);
    }
  };
  const named = (events: readonly RunEvent[]): string[] => events.map(({ job, eventType }) => `${job.name} ${eventType}`);

  it('comes in order, all of it, before the end', async () => {
    // The later an event, the sooner it would be answered.
    answers = () => [201, 20 - received.length];
    const to = emitter(new HttpSink(url()));
    play(to, 5);
    await to.close();
    expect(named(received)).toEqual([0, 1, 2, 3, 4].flatMap((i) => [`P${i} START`, `P${i} COMPLETE`]));
    expect(told).toEqual([]);
  });

  it('is given up where the other side is out of order: said once, and how many at the end', async () => {
    answers = () => [500, 0];
    const to = emitter(new HttpSink(url()));
    play(to, 3);
    await to.close();
    expect(told).toEqual([
      `OpenLineage: events cannot be delivered to ${new URL(url()).origin}: it answered 500: out of order. The run goes on without.`, expect.stringContaining('6 events were not delivered'),
    ]);
  });

  it('comes again when the other side is back', async () => {
    let asked = 0;
    answers = () => [(asked += 1) === 1 ? 503 : 201, 0];
    const to = emitter(new HttpSink(url()));
    play(to, 2);
    await to.close();
    expect(named(received)).toEqual(['P0 COMPLETE', 'P1 START', 'P1 COMPLETE']);
    expect(told).toHaveLength(2);
  });

  it('is given up where nobody is', async () => {
    const nobody = url();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const to = emitter(new HttpSink(nobody));
    play(to, 2);
    await to.close();
    expect(told).toEqual([expect.stringContaining('ECONNREFUSED'), expect.stringContaining('4 events')]);
    server.listen(0, '127.0.0.1');
  });

  it('keeps nobody waiting where the other side does not answer, and not long at the end', async () => {
    answers = () => [201, 60_000];
    const to = emitter(new HttpSink(url()), { closeTimeoutMs: 100 });
    const began = performance.now();
    play(to, 100);
    expect(performance.now() - began).toBeLessThan(1_000);
    await to.close();
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(told.at(-1)).toContain('200 events were not delivered');
    await expect(new HttpSink(url(), 50).send('{}', new AbortController().signal)).rejects.toThrow('timeout');
  });

  it('says who it is when the address does, and shows that to nobody else', async () => {
    const address = new URL(url());
    [address.username, address.password] = ['nba@home', 'a:secret'];
    const sink = new HttpSink(address.href);
    const asked = once(server, 'request') as Promise<[IncomingMessage]>;
    await sink.send('{}', new AbortController().signal);
    expect((await asked)[0].headers.authorization).toBe(`Basic ${Buffer.from('nba@home:a:secret').toString('base64')}`);
    expect(sink.name).toBe(new URL(url()).origin);
  });

  it('keeps no more waiting than it may', async () => {
    const to = emitter(new HttpSink(url()), { maxWaiting: 3 });
    play(to, 5);
    await to.close();
    expect(named(received)).toEqual(['P0 START', 'P0 COMPLETE', 'P1 START']);
    expect(told).toEqual([expect.stringContaining('7 events')]);
  });

  it('stands in a file, one event a line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lineage-'));
    const to = emitter(new FileSink(join(folder, 'deep/events.ndjson')));
    play(to, 2);
    await to.close();
    const lines = readFileSync(join(folder, 'deep/events.ndjson'), 'utf8').trimEnd().split('\n');
    expect(named(lines.map((line) => JSON.parse(line) as RunEvent))).toEqual(['P0 START', 'P0 COMPLETE', 'P1 START', 'P1 COMPLETE']);
    rmSync(folder, { recursive: true });
  });

  it('never stops a run, whatever it is told', () => {
    const to = emitter({ name: 'nowhere', send: () => Promise.reject(new Error('no')) });
    expect(() => to.started({ ...RUN, inputs: undefined } as never)).not.toThrow();
    expect(told).toHaveLength(1);
  });
});
