import { FixedClock } from '@nba/testing';
import type { BigQueryClient, JobHandle } from './google-clients';
import { Jobs } from './jobs';

const busy = Object.assign(new Error('backend'), { code: 503, errors: [{ reason: 'backendError' }] });
const taken = Object.assign(new Error('Already Exists: Job p:US.name_query_1'), { code: 409, errors: [{ reason: 'duplicate' }] });
const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

/** A service that answers as it is told, and remembers the jobs that were sent. */
class FakeService {
  readonly sent: Record<string, unknown>[] = [];
  constructor(private readonly onSend: (jobId: string) => void, private readonly onResults: (jobId: string, call: number) => unknown[], private readonly failed: (jobId: string) => boolean = () => false) {}
  private calls = 0;
  readonly createQueryJob = async (query: Record<string, unknown>): Promise<unknown[]> => {
    this.sent.push(query);
    this.onSend(String(query['jobId']));
    return [this.job(String(query['jobId']))];
  };
  readonly job = (jobId: string): unknown => ({
    getQueryResults: async () => [this.onResults(jobId, ++this.calls)],
    getMetadata: async () => [{ status: { state: 'DONE', ...(this.failed(jobId) && { errorResult: { reason: 'backendError' } }) } }],
  }) as Partial<JobHandle>;
}

const jobsOn = (service: FakeService) =>
  new Jobs(service as unknown as BigQueryClient, new FixedClock('2025-01-01T00:00:00Z'), { location: 'EU', retry: { attempts: 4, firstPauseMs: 10, longestPauseMs: 10 }, maximumBytesBilled: 1_000 });
const options = { name: (step: string, run: number) => `name_${step}_${run}`, labels: { processor: 'box' }, timeoutMs: 5_000 };
const one = [{ n: 1n }];
const ids = ({ sent }: FakeService) => sent.map(({ jobId }) => jobId);
const run = (service: FakeService) => jobsOn(service).query({ text: 'SELECT 1 AS n', parameters: { day: '2025-01-01', n: 1, none: null } }, options);
const nothing = () => undefined;

describe('jobs', () => {
  it('are sent with name, labels, location, cap, timeout and typed parameters', async () => {
    const service = new FakeService(nothing, () => one);
    expect(await run(service)).toEqual([{ n: 1 }]);
    expect(service.sent).toEqual([expect.objectContaining({
      jobId: 'name_query_1', labels: { processor: 'box' }, location: 'EU', maximumBytesBilled: '1000', jobTimeoutMs: 5_000, params: { day: '2025-01-01', n: 1, none: null },
      types: { day: 'STRING', n: 'INT64', none: 'STRING' },
    })]);
  });

  it('are found when they are there already, and not run twice', async () => {
    const service = new FakeService(() => { throw taken; }, () => one);
    expect(await run(service)).toEqual([{ n: 1 }]);
    expect(ids(service)).toEqual(['name_query_1']);
  });

  it('keep their name when an answer was lost', async () => {
    const service = new FakeService(nothing, (_, call) => { if (call < 3) throw lost; return one; });
    expect(await run(service)).toEqual([{ n: 1 }]);
    expect(ids(service)).toEqual(['name_query_1', 'name_query_1', 'name_query_1']);
  });

  it('are followed by another only when they have failed themselves, for a reason that passes', async () => {
    const service = new FakeService(nothing, (jobId) => { if (jobId === 'name_query_1') throw busy; return one; }, (jobId) => jobId === 'name_query_1');
    expect(await run(service)).toEqual([{ n: 1 }]);
    expect(ids(service)).toEqual(['name_query_1', 'name_query_2']);
  });

  it('are given up when nothing helps', async () => {
    const service = new FakeService(() => { throw busy; }, () => one);
    await expect(run(service)).rejects.toMatchObject({ code: 'WAREHOUSE_UNAVAILABLE' });
    expect(service.sent).toHaveLength(4);
  });
});
