import { FixedClock } from '@nba/testing';
import type { BucketHandle } from './google-clients';
import { ObjectLeases } from './object-leases';

const TABLE = 'nba_raw.box';
const ONCE = { attempts: 1, firstPauseMs: 1, longestPauseMs: 1 };

/** A bucket that answers everything with one of Google's status codes. */
function answering(code: number): ObjectLeases {
  const refuse = async (): Promise<never> => {
    throw Object.assign(new Error(`status ${code}`), { code });
  };
  const bucket = { name: 'absent-nba-lake', getFiles: refuse, file: () => ({ getMetadata: refuse, download: refuse, save: refuse }) };
  return new ObjectLeases(bucket as unknown as BucketHandle, new FixedClock('2025-01-27T12:00:00Z'), 'leases/', ONCE);
}

describe('leases in a bucket', () => {
  it.each<[string, number, string, string]>([
    ['does not exist', 404, 'INVALID_ARGUMENT', 'The bucket absent-nba-lake does not exist'],
    ['may not be written', 403, 'INVALID_ARGUMENT', 'may not write gs://absent-nba-lake/leases/'],
    ['is out of reach', 503, 'WAREHOUSE_UNAVAILABLE', 'status 503'],
  ])('that %s name it, and what to do', async (_, status, code, message) => {
    const leases = answering(status);
    for (const asked of [leases.held(), leases.acquire(TABLE, 'spec', 1000)]) {
      await expect(asked).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
      await expect(asked).rejects.toThrow(/Next: /);
    }
  });

  it('are granted to who has written them, also when the answer to that was lost', async () => {
    let stored: string | undefined;
    const file = {
      metadata: {},
      getMetadata: async () => {
        if (stored === undefined) throw Object.assign(new Error('not there'), { code: 404 });
        return [{ generation: 1 }];
      },
      download: async () => [Buffer.from(stored ?? '')],
      save: async (text: string) => {
        if (stored !== undefined) throw Object.assign(new Error('precondition'), { code: 412 });
        stored = text;
        throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
      },
    };
    const leases = new ObjectLeases({ name: 'b', file: () => file } as unknown as BucketHandle, new FixedClock('2025-01-27T12:00:00Z'), 'leases/', { ...ONCE, attempts: 3 });
    expect(await leases.acquire(TABLE, 'spec', 1000)).toMatchObject({ granted: true, lease: { holder: 'spec', version: 1 } });
  });
});
