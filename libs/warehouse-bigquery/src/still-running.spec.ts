import type { BigQuery } from '@google-cloud/bigquery';
import type { Bucket } from '@google-cloud/storage';
import { FixedClock } from '@nba/testing';
import { BigQueryWarehouse } from './bigquery-warehouse';
import { Jobs } from './jobs';
import { ObjectLeases } from './object-leases';
import { aReplacement } from './replacement.fixture';
import { Workplace } from './workplace';

const QUICK = { attempts: 3, firstPauseMs: 1, longestPauseMs: 1 };
const busy = Object.assign(new Error('backend'), { code: 503, errors: [{ reason: 'backendError' }] });

/** One object after the other in memory, with generations. */
function bucketInMemory(): Bucket {
  const objects = new Map<string, { text: string; generation: number }>();
  const missing = Object.assign(new Error('not found'), { code: 404 });
  const file = (name: string) => {
    const one = {
      name, metadata: {} as Record<string, unknown>,
      getMetadata: async () => { const found = objects.get(name); if (!found) throw missing; return [{ generation: found.generation }]; },
      download: async () => { const found = objects.get(name); if (!found) throw missing; return [Buffer.from(found.text)]; },
      save: async (text: string, { preconditionOpts }: { preconditionOpts: { ifGenerationMatch: string } }) => {
        if (String(objects.get(name)?.generation ?? 0) !== preconditionOpts.ifGenerationMatch) throw Object.assign(new Error('precondition'), { code: 412 });
        objects.set(name, { text, generation: (objects.get(name)?.generation ?? 0) + 1 });
        one.metadata = { updated: '2025-01-28T12:00:00Z' };
      },
    };
    return one;
  };
  return { name: 'b', file, getFiles: async ({ prefix }: { prefix: string }) => [[...objects.keys()].filter((n) => n.startsWith(prefix)).map(file)] } as unknown as Bucket;
}

/** Takes the job and runs it, but cannot say for a while what has become of it. */
class Unanswering {
  readonly sent: string[] = [];
  constructor(private readonly status: object = { state: 'RUNNING' }) {}
  readonly createQueryJob = async (query: Record<string, unknown>): Promise<unknown[]> => {
    if (query['dryRun']) return [{ metadata: { statistics: {} } }];
    this.sent.push(String(query['jobId']));
    return [this.job()];
  };
  readonly job = (): unknown => ({ getQueryResults: async () => { throw busy; }, getMetadata: async () => [{ status: this.status }] });
}

const warehouseOn = (service: Unanswering, clock: FixedClock, leases: ObjectLeases) =>
  new BigQueryWarehouse(new Workplace(new Jobs(service as unknown as BigQuery, clock, { location: 'US', retry: QUICK }), undefined), 'bigquery:p/US', leases, { statementTimeoutMs: 600_000, usdPerTiB: undefined, concurrency: 4 });

describe('a job of which nobody can say whether it has ended', () => {
  it('keeps its table from everybody, also when its holder gives the lease back', async () => {
    const clock = new FixedClock('2025-01-28T12:00:00Z');
    const leases = new ObjectLeases(bucketInMemory(), clock, 'leases/', QUICK);
    const service = new Unanswering();
    const warehouse = warehouseOn(service, clock, leases);
    const first = await leases.acquire('nba_raw.box', 'one', 60_000);
    if (!first.granted) throw new Error('taken');
    // Not WAREHOUSE_UNAVAILABLE: that is tried again at once, under another name, beside the job that still runs.
    await expect(warehouse.replacePartitions(aReplacement(), first.lease)).rejects.toMatchObject({ code: 'LEASE_LOST', message: expect.stringContaining('may still be running') });
    expect(new Set(service.sent).size).toBe(1);
    await leases.release(first.lease);
    expect(await leases.acquire('nba_raw.box', 'two', 60_000)).toMatchObject({ granted: false });
    clock.advance(680_000);
    expect(await leases.acquire('nba_raw.box', 'two', 60_000)).toMatchObject({ granted: true });
  });

  it('is not one that BigQuery says has failed: its table is free at once, and the runner may try again', async () => {
    const clock = new FixedClock('2025-01-28T12:00:00Z');
    const leases = new ObjectLeases(bucketInMemory(), clock, 'leases/', QUICK);
    const service = new Unanswering({ state: 'DONE', errorResult: { reason: 'backendError' } });
    const first = await leases.acquire('nba_raw.box', 'one', 60_000);
    if (!first.granted) throw new Error('taken');
    await expect(warehouseOn(service, clock, leases).replacePartitions(aReplacement(), first.lease)).rejects.toMatchObject({ code: 'WAREHOUSE_UNAVAILABLE' });
    expect(new Set(service.sent).size).toBe(3);
    await leases.release(first.lease);
    expect(await leases.acquire('nba_raw.box', 'two', 60_000)).toMatchObject({ granted: true });
  });
});
