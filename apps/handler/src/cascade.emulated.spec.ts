import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { PubSub } from '@google-cloud/pubsub';
import { systemClock } from '@nba/command-line';
import { type Row, TOPICS, columnList, columnNames, processorRunHistory, sql } from '@nba/kernel';
import { deadLetterSubscriptionOf, ensureTopics } from '@nba/events-pubsub';
import { openDuckDbWarehouse } from '@nba/warehouse-duckdb';
import { registry } from '@nba/wiring';
import { freePort } from './free-port.fixture';
import { HandlerProgram, type RunningHandler, TRUST } from './handler-program.fixture';
import { AUDIENCE, Issuer, PUSH, SCHEDULER } from './identity/issuer.fixture';
import { Place } from './place.fixture';
import { eventOn } from './push.fixture';
import { smallLake } from './small-lake.fixture';

const host = process.env['PUBSUB_EMULATOR_HOST'];
const tokenFile = process.env['NBA_PUSH_TOKEN_FILE'];
const isThere = host !== undefined && tokenFile !== undefined;

jest.setTimeout(400_000);
/** Enough for the time in which nobody listens: the emulator waits from a fifth of a second to a second between attempts. */
const MOST_ATTEMPTS = 25;
/** Longer than any pause between two attempts. */
const QUIET_MS = 9_000;

(isThere ? describe : describe.skip)(`the cascade through Pub/Sub, emulated${isThere ? '' : ' (skipped: PUBSUB_EMULATOR_HOST and NBA_PUSH_TOKEN_FILE are not set; npm run emulated sets them)'}`, () => {
  const issuer = new Issuer();
  const { documents, dates } = smallLake(5);
  const project = `nba-handler-${process.pid}`;
  let folder: string;
  let program: HandlerProgram;
  let port: number;
  let certificates: string;
  let running: RunningHandler;
  let expected: ReadonlyMap<string, readonly Row[]>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nba-emulated-'));
    for (const [path, text] of Object.entries(documents)) {
      mkdirSync(dirname(join(folder, 'lake', path)), { recursive: true });
      writeFileSync(join(folder, 'lake', path), text);
    }
    const local = await Place.open(documents);
    await local.run([2, 3, 4]);
    expected = await local.tables();
    await local.close();
    certificates = await issuer.listen();
    port = await freePort();
    writeFileSync(String(tokenFile), issuer.bearer(PUSH).slice('Bearer '.length));
    await ensureTopics({ project, maxDeliveryAttempts: MOST_ATTEMPTS, pushEndpoint: (topic) => `http://127.0.0.1:${port}/events/${topic}`, oidcToken: { serviceAccountEmail: PUSH, audience: AUDIENCE } });
    program = new HandlerProgram();
  });
  afterAll(async () => {
    program?.remove();
    await issuer.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    running = program.start({
      ...TRUST, PORT: String(port), NBA_OIDC_CERTS_URL: certificates, NBA_WAREHOUSE: `duckdb:${join(folder, 'w.duckdb')}`, NBA_LAKE: join(folder, 'lake'), NBA_EVENTS: `pubsub:${project}`,
    });
    await running.url;
  }
  /** As the scheduler does, until it is taken. */
  async function load(date: string): Promise<void> {
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/schedule/phase2`, { method: 'POST', body: JSON.stringify({ date }), headers: { authorization: issuer.bearer(SCHEDULER) } }).catch(() => undefined);
      if (answer?.ok) return;
      await setTimeout(200);
    }
  }
  async function publish(...contents: unknown[]): Promise<void> {
    const client = new PubSub({ projectId: project });
    for (const content of contents) await client.topic(TOPICS[2]).publishMessage({ data: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)) });
    await client.close();
  }
  const answered = (): Record<string, unknown>[] => running.lines.filter(({ httpRequest }) => httpRequest !== undefined);
  /** Until no request has come for longer than any pause. */
  async function untilQuiet(): Promise<void> {
    for (let [count, since] = [-1, performance.now()]; performance.now() - since < QUIET_MS; await setTimeout(100)) {
      if (answered().length !== count) [count, since] = [answered().length, performance.now()];
    }
  }
  async function deadLetters(): Promise<string[]> {
    const client = new PubSub({ projectId: project });
    const found: string[] = [];
    const subscription = client.subscription(deadLetterSubscriptionOf(TOPICS[2])).on('message', (message) => (found.push(message.data.toString()), message.ack()));
    await setTimeout(3_000);
    await subscription.close();
    await client.close();
    return found;
  }

  it('ends in the tables of a local run: with duplicates, poison, and a service that is killed at work', async () => {
    await start();
    const mornings = dates.map((date) => new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10));
    const loading = (async () => {
      for (const morning of [...mornings].reverse()) await load(morning);
    })();
    await publish('poison', { ...eventOn([dates[0] as string]), schemaVersion: 9 }, eventOn([dates[1] as string]), eventOn([dates[1] as string]));
    let kills = 0;
    for (const afterMs of [700, 1_500, 2_500, 4_000]) {
      await setTimeout(afterMs);
      running.process.kill('SIGKILL');
      expect(await running.ended).toBe('SIGKILL');
      kills++;
      await start();
    }
    await loading;
    // What came twice is nothing new.
    const again = dates.map((date) => ({ ...eventOn([date]), runId: `again-${date}` }));
    await publish(...again);
    // An instance that is busy answers later than any pause: who has not been answered yet would find nobody there.
    while (!again.every(({ runId }) => answered().some((line) => line['runId'] === runId && statusOf(line) === 200))) await setTimeout(100);
    await untilQuiet();
    const statuses = answered().map(statusOf);
    running.process.kill('SIGTERM');
    expect(await running.ended).toBe(0);

    const warehouse = await openDuckDbWarehouse({ file: join(folder, 'w.duckdb'), clock: systemClock(), command: 'spec', readOnly: true });
    for (const { table } of registry.processors) {
      const rows = await warehouse.query(`${sql`SELECT ${columnList(columnNames(table))} FROM ${table}`.text} ORDER BY ${columnList(table.key).text}`);
      expect({ name: table.name, rows }).toEqual({ name: table.name, rows: expected.get(table.name) });
    }
    const doubled = await warehouse.query(`${sql`SELECT processor_name, data_date FROM ${processorRunHistory}`.text}
      WHERE status IN ('success', 'empty_ok') GROUP BY processor_name, data_date, input_versions, source_documents HAVING COUNT(*) > 1`);
    expect(doubled).toEqual([]);
    const kept = await warehouse.query('SELECT DISTINCT payload FROM nba_reference.dead_letters');
    expect(kept).toHaveLength(2);
    await warehouse.close();
    expect((await deadLetters()).sort()).toEqual(['poison', JSON.stringify({ ...eventOn([dates[0] as string]), schemaVersion: 9 })].sort());
    process.stdout.write(`through Pub/Sub: ${kills} kills, ${statuses.length} requests answered by the last instance, statuses ${[...new Set(statuses)].sort().join(', ')}\n`);
  });
});

const statusOf = ({ httpRequest }: Record<string, unknown>): number => (httpRequest as { status: number }).status;
