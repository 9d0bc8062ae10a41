import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Storage } from '@google-cloud/storage';
import { systemClock } from '@nba/command-line';
import { type Row, addDays, columnList, columnNames, parseGameDate, processorRunHistory, sql } from '@nba/kernel';
import { ensureTopics } from '@nba/events-pubsub';
import { type BigQueryWarehouse, openBigQueryWarehouse } from '@nba/warehouse-bigquery';
import { registry } from '@nba/wiring';
import { freePort } from './free-port.fixture';
import { HandlerProgram, TRUST } from './handler-program.fixture';
import { AUDIENCE, Issuer, PUSH, SCHEDULER } from './identity/issuer.fixture';
import { Place } from './place.fixture';
import { smallLake } from './small-lake.fixture';

const [bigQuery, storage, pubSub, tokenFile] = ['BIGQUERY_EMULATOR_HOST', 'STORAGE_EMULATOR_HOST', 'PUBSUB_EMULATOR_HOST', 'NBA_PUSH_TOKEN_FILE'].map((name) => process.env[name]);
const isThere = bigQuery !== undefined && storage !== undefined && pubSub !== undefined && tokenFile !== undefined;

jest.setTimeout(600_000);
/** The emulated BigQuery runs one script after the other, each some seconds. */
const PATIENCE_MS = 400_000;

(isThere ? describe : describe.skip)(`the handler on BigQuery, Cloud Storage and Pub/Sub, emulated${isThere ? '' : ' (skipped: npm run emulated starts the emulators)'}`, () => {
  const issuer = new Issuer();
  const { documents, dates } = smallLake(2);
  const project = `nba-handler-bq-${process.pid}`;
  let program: HandlerProgram;
  let expected: ReadonlyMap<string, readonly Row[]>;
  let warehouse: BigQueryWarehouse;

  beforeAll(async () => {
    const client = new Storage({ projectId: project, apiEndpoint: storage });
    client.baseUrl = `${client.apiEndpoint}/storage/v1`;
    const [bucket] = await client.createBucket(`${project}-nba-lake`);
    for (const [path, text] of Object.entries(documents)) await bucket.file(path).save(text, { resumable: false });
    const local = await Place.open(documents);
    await local.run([2, 3, 4]);
    expected = await local.tables();
    await local.close();
    warehouse = openBigQueryWarehouse({ project, clock: systemClock(), apiEndpoint: bigQuery, storageEndpoint: storage });
    program = new HandlerProgram();
  });
  afterAll(async () => {
    program?.remove();
    await issuer.close();
  });

  async function differing(): Promise<string[]> {
    const tables: string[] = [];
    for (const { table } of registry.processors) {
      const rows = await warehouse.query(`${sql`SELECT ${columnList(columnNames(table))} FROM ${table}`.text} ORDER BY ${columnList(table.key).text}`).catch(() => []);
      if (JSON.stringify(rows) !== JSON.stringify(expected.get(table.name))) tables.push(`${table.name}: ${rows.length} rows, ${expected.get(table.name)?.length} expected`);
    }
    return tables;
  }

  it('ends in the tables of a local run, each unit run once, and on SIGTERM', async () => {
    const [certificates, port] = [await issuer.listen(), await freePort()];
    writeFileSync(String(tokenFile), issuer.bearer(PUSH).slice('Bearer '.length));
    await ensureTopics({ project, maxDeliveryAttempts: 25, pushEndpoint: (topic) => `http://127.0.0.1:${port}/events/${topic}`, oidcToken: { serviceAccountEmail: PUSH, audience: AUDIENCE } });
    const running = program.start({ ...TRUST, PORT: String(port), NBA_OIDC_CERTS_URL: certificates, NBA_WAREHOUSE: `bigquery:${project}/US`, NBA_LAKE: `gs://${project}-nba-lake`, NBA_EVENTS: `pubsub:${project}` });
    await running.url;
    const until = performance.now() + PATIENCE_MS;
    for (const date of dates) {
      const asked = { method: 'POST', body: JSON.stringify({ date: addDays(parseGameDate(date), 1) }), headers: { authorization: issuer.bearer(SCHEDULER) } };
      while (!(await fetch(`http://127.0.0.1:${port}/schedule/phase2`, asked).catch(() => undefined))?.ok && performance.now() < until) await setTimeout(1_000);
    }
    let wrong = await differing();
    for (; wrong.length > 0 && performance.now() < until; wrong = await differing()) await setTimeout(3_000);
    expect(wrong).toEqual([]);
    const twice = sql`SELECT processor_name, data_date FROM ${processorRunHistory} WHERE status IN ('success', 'empty_ok')
      GROUP BY processor_name, data_date, input_versions, source_documents HAVING COUNT(*) > 1`;
    expect(await warehouse.query(twice.text)).toEqual([]);
    running.process.kill('SIGTERM');
    expect(await running.ended).toBe(0);
  });
});
