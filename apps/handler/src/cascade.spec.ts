import { processorRunHistory, sql } from '@nba/kernel';
import { PushBroker, TOPIC, drawsFrom } from './broker.fixture';
import { AUDIENCE, Issuer, PUSH, SCHEDULER } from './identity/issuer.fixture';
import { Place } from './place.fixture';
import { eventOn } from './push.fixture';
import { type Service, createService } from './service';
import { smallLake } from './small-lake.fixture';
import { StructuredLog } from './structured-log';

jest.setTimeout(180_000);
const issuer = new Issuer();
const { documents, dates } = smallLake(6);

/** The service on a port of this machine. */
async function serve(place: Place, lines: string[]): Promise<{ service: Service; url: string }> {
  const service = createService({
    app: place.app, certificates: async () => issuer.certificates, clock: place.parts.clock, log: new StructuredLog((line) => lines.push(line)), launcher: undefined,
    configuration: { audience: AUDIENCE, pushAccounts: [PUSH], schedulerAccounts: [SCHEDULER], maxUnits: 1_000, deadlineMs: 60_000, maxBodyBytes: 1_000_000, project: 'p' },
  });
  return { service, url: await service.server.listen({ port: 0, host: '127.0.0.1' }) };
}

/** Units with more than one run that ended well. @param per what else must be the same of two such runs */
const doubled = async ({ parts: { warehouse } }: Place, per = ''): Promise<readonly unknown[]> => warehouse.query(
  `${sql`SELECT processor_name, data_date, COUNT(*) AS times FROM ${processorRunHistory}`.text}
   WHERE status IN ('success', 'empty_ok') GROUP BY processor_name, data_date ${per} HAVING COUNT(*) > 1`,
);

describe('the cascade over HTTP', () => {
  let local: Place;
  let tables: ReadonlyMap<string, readonly unknown[]>;
  beforeAll(async () => {
    local = await Place.open(documents);
    await local.run([2, 3, 4]);
    tables = await local.tables();
    for (const [name, rows] of tables) expect([name, rows.length > 0]).toEqual([name, true]);
  });
  afterAll(() => local.close());

  async function expectSameAsLocal(place: Place): Promise<void> {
    for (const [name, rows] of await place.tables()) expect({ name, rows }).toEqual({ name, rows: tables.get(name) });
  }

  it('ends in the tables of a local run: with duplicates, out of order, with poison among the messages', async () => {
    const draw = drawsFrom(7);
    const broker = new PushBroker(issuer, draw);
    const place = await Place.open(documents, broker);
    const lines: string[] = [];
    const { service, url } = await serve(place, lines);
    // Phase 2 comes date by date, in no order; the schedule with the first.
    for (const date of [...dates].sort(() => draw(3) - 1)) await place.run([2], [date]);
    broker.add(TOPIC, 'poison');
    broker.add(TOPIC, { ...eventOn([dates[0] as string]), schemaVersion: 9 });
    const published = broker.published.length;
    await broker.deliverAll(() => url);
    await expectSameAsLocal(place);
    // A season's start that comes late makes later dates stale: those are computed again, and never from the same input.
    expect(await doubled(place, ', input_versions, source_documents')).toEqual([]);
    // What the service did was published in its turn, and taken.
    expect(broker.published.length).toBeGreaterThan(published);
    expect(broker.dead.map(({ data, attempts }) => [data, attempts])).toEqual(expect.arrayContaining([['poison', 5], [expect.objectContaining({ schemaVersion: 9 }), 5]]));
    expect(broker.dead).toHaveLength(2);
    // Five deliveries each, and kept once.
    expect((await place.app.recovery.deadLetters()).map(({ payload, reason }) => [payload, reason])).toEqual(expect.arrayContaining([
      ['"poison"', expect.stringContaining('JSON')], [expect.stringContaining('"schemaVersion":9'), expect.stringContaining('schemaVersion must be 1')],
    ]));
    expect(lines.some((line) => line.includes('"severity":"ERROR"'))).toBe(false);
    await service.close();
    await place.close();
  });

  it('goes on where another instance has stopped', async () => {
    const broker = new PushBroker(issuer, drawsFrom(11));
    const place = await Place.open(documents, broker);
    await place.run([2]);
    let { service, url } = await serve(place, []);
    const delivered = broker.deliverAll(() => url);
    for (let i = 0; i < 6; i++) {
      await new Promise((resolve) => setTimeout(resolve, 60 + 40 * i));
      await service.close();
      ({ service, url } = await serve(place, []));
    }
    await delivered;
    await expectSameAsLocal(place);
    expect(await doubled(place)).toEqual([]);
    expect(broker.dead).toEqual([]);
    await service.close();
    await place.close();
  });

  it('serves 500 requests in flight without a lost or a doubled unit', async () => {
    const broker = new PushBroker(issuer, drawsFrom(13));
    const place = await Place.open(documents, broker);
    await place.run([2]);
    const { service, url } = await serve(place, []);
    for (let i = 0; i < 500; i++) broker.add(TOPIC, eventOn([dates[i % dates.length] as string], { runId: `run-${i}`, correlationId: `request-${i}` }));
    const started = performance.now();
    const cpu = process.cpuUsage();
    await broker.deliverAll(() => url, 500);
    const [elapsedMs, { user, system }] = [performance.now() - started, process.cpuUsage(cpu)];
    const messages = [...broker.statuses.values()].reduce((sum, times) => sum + times, 0);
    process.stdout.write(`500 in flight: ${messages} deliveries in ${Math.round(elapsedMs)} ms (${Math.round((1000 * messages) / elapsedMs)}/s), `
      + `${Math.round((user + system) / 1000)} ms of CPU with client and warehouse, statuses ${JSON.stringify(Object.fromEntries(broker.statuses))}, ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB\n`);
    expect([...broker.statuses.keys()]).toEqual([200]);
    await expectSameAsLocal(place);
    expect(await doubled(place)).toEqual([]);
    await service.close();
    await place.close();
  });
});
