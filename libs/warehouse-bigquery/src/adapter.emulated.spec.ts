import { randomUUID } from 'node:crypto';
import { BigQuery } from '@google-cloud/bigquery';
import { Storage, type Bucket } from '@google-cloud/storage';
import { STATE_TABLES, parseGameDate, tableId, type Clock, type Lease, type PartitionReplacement, type Row } from '@nba/kernel';
import { FixedClock } from '@nba/testing';
import { PassThroughClient } from 'google-auth-library';
import { openBigQueryWarehouse } from './open-bigquery-warehouse';
import type { BigQueryWarehouse } from './bigquery-warehouse';
import { ObjectLeases } from './object-leases';
import { aReplacement, box } from './replacement.fixture';
import { STAGING_DATASET } from './schema';

const bigQuery = process.env['BIGQUERY_EMULATOR_HOST'];
const storage = process.env['STORAGE_EMULATOR_HOST'];
const realClock: Clock = { now: () => new Date(), sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)) };
const MINUTE_MS = 60_000;

if (bigQuery && storage) {
  jest.setTimeout(MINUTE_MS);
  describe('BigQueryWarehouse on the emulators', () => {
    const project = `nba-${randomUUID().slice(0, 8)}`;
    let warehouse: BigQueryWarehouse;
    let client: BigQuery;
    let bucket: Bucket;
    const rows: Row[] = [1, 2].map((player) => ({ game_id: 'g', game_date: '2025-01-25', player_id: player, share: player / 3, is_home: true, source_document: 'd' }));
    const spine = { text: "SELECT DATE '2025-01-25' AS game_date, 'g' AS game_id, n AS player_id FROM UNNEST([1, 2]) AS n", parameters: {} };
    const replacement = (runId: string): PartitionReplacement => ({ ...aReplacement({ runId }), source: { rows }, spine, inputs: [] });
    const lease = async (): Promise<Lease> => {
      const answer = await warehouse.leases.acquire(tableId(box), 'spec', MINUTE_MS);
      if (!answer.granted) throw new Error(`held by ${answer.heldBy.holder}`);
      return answer.lease;
    };

    beforeAll(async () => {
      const cloud = new Storage({ projectId: project, apiEndpoint: storage });
      cloud.baseUrl = `${cloud.apiEndpoint}/storage/v1`;
      [bucket] = await cloud.createBucket(`${project}-nba-lake`);
      client = new BigQuery({ projectId: project, apiEndpoint: bigQuery, authClient: new PassThroughClient() });
      client.baseUrl = `${client.apiEndpoint}/bigquery/v2`;
      warehouse = openBigQueryWarehouse({ project, clock: realClock, apiEndpoint: bigQuery, storageEndpoint: storage });
      for (const table of [...STATE_TABLES, box]) await warehouse.ensureTable(table);
    });
    afterEach(async () => {
      for (const held of await warehouse.leases.held()) await warehouse.leases.release(held);
    });

    // That a filter on the partition is required is not kept by the emulator: schema.spec.ts shows that it is asked for.
    it('makes tables with partitions that do not expire, clustered', async () => {
      const [metadata] = await client.dataset('nba_raw').table('box').getMetadata();
      expect(metadata).toMatchObject({ timePartitioning: { type: 'DAY', field: 'game_date' }, clustering: { fields: ['game_id', 'player_id'] } });
      expect(metadata.timePartitioning.expirationMs ?? null).toBeNull();
    });

    it('leaves no staged rows behind', async () => {
      expect(await warehouse.replacePartitions(replacement('r1'), await lease())).toMatchObject([{ status: 'success', rows: 2 }, { status: 'empty_ok' }]);
      const [tables] = await client.dataset(STAGING_DATASET).getTables();
      expect(tables.map(({ id }) => id)).toEqual([]);
    });

    it('tells floats apart that differ in their last bit', async () => {
      const shares = [1 / 3, 1 / 3 + 2 ** -54, -1 / 3, 0.1 + 0.2, 0.3, 0, null];
      expect(new Set(shares).size).toBe(shares.length);
      const hashes: (string | undefined)[] = [];
      for (const share of shares) {
        await warehouse.query("DELETE FROM nba_raw.box WHERE game_date = DATE '2025-02-01'");
        await warehouse.append(box, [{ game_id: 'same', game_date: '2025-02-01', player_id: 1, share }]);
        const day = parseGameDate('2025-02-01');
        hashes.push((await warehouse.readBack(box, { from: day, to: day }))[0]?.contentHash);
      }
      expect(new Set(hashes).size).toBe(shares.length);
    });

    it('estimates without running, and names the fault of a query that cannot run', async () => {
      expect(await warehouse.estimateBytes({ text: 'SELECT share FROM nba_raw.box WHERE game_date = CAST(@date AS DATE)', parameters: { date: '2025-01-25' } })).toBeGreaterThanOrEqual(0);
      await expect(warehouse.estimateCost({ text: 'SELECT share FROM nba_raw.absent', parameters: {} })).rejects.toMatchObject({ code: 'WAREHOUSE_STATEMENT_FAILED' });
    });

    it('appends what is too large for a parameter through a load job, all of it', async () => {
      const many = Array.from({ length: 12_000 }, (_, player) => ({ game_id: 'x'.repeat(200), game_date: '2025-03-01', player_id: player, share: player / 7 }));
      await warehouse.append(box, many);
      expect(await warehouse.query("SELECT COUNT(*) AS n, SUM(player_id) AS s FROM nba_raw.box WHERE game_date = DATE '2025-03-01'")).toEqual([{ n: 12_000, s: 71_994_000 }]);
    });

    describe('leases', () => {
      const leasesAt = (clock: Clock) => new ObjectLeases(bucket, clock, `leases-${randomUUID()}/`);

      it('are not given away while a job of a holder who has died may still write', async () => {
        const clock = new FixedClock('2025-01-28T12:00:00Z');
        const leases = leasesAt(clock);
        const held = await leases.acquire('t', 'dead', MINUTE_MS);
        if (!held.granted) throw new Error('not granted');
        await leases.openWriteWindow(held.lease, 10 * MINUTE_MS);
        clock.advance(11 * MINUTE_MS);
        expect(await leases.acquire('t', 'next', MINUTE_MS)).toMatchObject({ granted: false, heldBy: { holder: 'dead' } });
        clock.advance(MINUTE_MS);
        expect(await leases.acquire('t', 'next', MINUTE_MS)).toMatchObject({ granted: true, lease: { version: 2 } });
      });

      it('end when they end, once the job has', async () => {
        const clock = new FixedClock('2025-01-28T12:00:00Z');
        const leases = leasesAt(clock);
        const held = await leases.acquire('t', 'first', MINUTE_MS);
        if (!held.granted) throw new Error('not granted');
        await leases.openWriteWindow(held.lease, 10 * MINUTE_MS);
        await leases.closeWriteWindow(held.lease);
        clock.advance(MINUTE_MS);
        await expect(leases.openWriteWindow(held.lease, MINUTE_MS)).rejects.toMatchObject({ code: 'LEASE_LOST', message: expect.stringContaining('run out') });
        expect(await leases.acquire('t', 'next', MINUTE_MS)).toMatchObject({ granted: true });
      });

      it('let nobody begin to write who was stopped for so long that another may be writing', async () => {
        const own = await lease();
        const paused = jest.spyOn(warehouse.leases, 'openWriteWindow').mockImplementationOnce(async () => new Date(Date.now() - 1).toISOString());
        await expect(warehouse.replacePartitions(replacement('late'), own)).rejects.toMatchObject({ code: 'LEASE_LOST', message: expect.stringContaining('before its job began') });
        paused.mockRestore();
        expect(await warehouse.query("SELECT run_id FROM nba_reference.processor_run_history WHERE run_id = 'late'")).toEqual([]);
      });
    });
  });
} else {
  it.skip('BigQueryWarehouse on the emulators: needs BIGQUERY_EMULATOR_HOST and STORAGE_EMULATOR_HOST (npm run emulated)', () => undefined);
}
