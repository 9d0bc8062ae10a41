import type { Lease, Warehouse } from '@nba/kernel';
import { FixedClock, memoryWarehouse } from '@nba/testing';
import { LEASE_MS, underLease } from './under-lease';

const TABLE = 'nba_raw.toy_points';

describe('underLease', () => {
  let clock: FixedClock;
  let warehouse: Warehouse;
  beforeEach(async () => {
    clock = new FixedClock('2025-01-27T11:00:00Z');
    warehouse = await memoryWarehouse([], clock);
  });
  afterEach(async () => {
    jest.useRealTimers();
    await warehouse.close();
  });
  const request = (holder: string, waitMs = 0, mustStop = () => false) => ({ leases: warehouse.leases, clock, table: TABLE, holder, waitMs, mustStop });
  const holders = async (): Promise<string[]> => (await warehouse.leases.held()).map(({ table, holder }) => `${table} ${holder}`);
  const take = async (holder: string, durationMs = LEASE_MS): Promise<Lease> => {
    const answer = await warehouse.leases.acquire(TABLE, holder, durationMs);
    if (!answer.granted) throw new Error('the lease is taken');
    return answer.lease;
  };
  const elapsed = (): number => clock.now().getTime() - Date.parse('2025-01-27T11:00:00Z');

  it('holds the table during the work, and frees it afterwards', async () => {
    const answer = await underLease(request('backfill all'), async (lease) => {
      expect(lease).toMatchObject({ table: TABLE, holder: 'backfill all' });
      return holders();
    });
    expect(answer).toEqual({ held: true, result: [`${TABLE} backfill all`] });
    expect(await holders()).toEqual([]);
  });

  it('frees it when the work fails, and reports the fault', async () => {
    await expect(underLease(request('backfill all'), async () => { throw new Error('a bug'); })).rejects.toThrow('a bug');
    expect(await holders()).toEqual([]);
  });

  it('does nothing while another runner has the table, and says who', async () => {
    const other = await take('backfill phase2 (process 4711)');
    const work = jest.fn(async () => 'done');
    expect(await underLease(request('backfill all'), work)).toEqual({ held: false, by: other });
    expect(work).not.toHaveBeenCalled();
    expect(await holders()).toEqual([`${TABLE} backfill phase2 (process 4711)`]);
    expect(elapsed()).toBe(0);
  });

  it('waits no longer than it was told to, by the clock', async () => {
    await take('backfill phase2', 10 * LEASE_MS);
    const work = jest.fn(async () => 'done');
    expect(await underLease(request('backfill all', 1000), work)).toMatchObject({ held: false, by: { holder: 'backfill phase2' } });
    expect(work).not.toHaveBeenCalled();
    expect(elapsed()).toBe(1000);
  });

  it('waits no longer when the run is to stop', async () => {
    const other = await take('backfill phase2', 10 * LEASE_MS);
    const interrupted = () => elapsed() >= 500;
    expect(await underLease(request('backfill all', 60_000, interrupted), async () => 'done')).toEqual({ held: false, by: other });
    expect(elapsed()).toBe(500);
  });

  it('goes ahead as soon as the other is done', async () => {
    const other = await take('backfill phase2', 10 * LEASE_MS);
    const sleep = clock.sleep.bind(clock);
    let looks = 0;
    jest.spyOn(clock, 'sleep').mockImplementation(async (milliseconds) => {
      await sleep(milliseconds);
      if (++looks === 3) await warehouse.leases.release(other);
    });
    expect(await underLease(request('backfill all', 60_000), holders)).toEqual({ held: true, result: [`${TABLE} backfill all`] });
    expect(looks).toBe(3);
    expect(elapsed()).toBeLessThan(60_000);
  });

  it('takes the table of a runner that has died, once its lease has run out', async () => {
    await take('backfill phase2');
    expect(await underLease(request('backfill all', 2 * LEASE_MS), holders)).toEqual({ held: true, result: [`${TABLE} backfill all`] });
    expect(elapsed()).toBe(LEASE_MS);
  });

  it('renews its lease for as long as the work takes, and no longer', async () => {
    jest.useFakeTimers();
    await underLease(request('backfill all'), async () => {
      for (let minutes = 0; minutes < 10; minutes++) {
        for (let third = 0; third < 3; third++) {
          clock.advance(LEASE_MS / 3);
          await jest.advanceTimersByTimeAsync(LEASE_MS / 3);
        }
        expect(await holders()).toEqual([`${TABLE} backfill all`]);
        expect(await warehouse.leases.acquire(TABLE, 'backfill phase2', LEASE_MS)).toMatchObject({ granted: false });
      }
    });
    expect(jest.getTimerCount()).toBe(0);
    expect(await holders()).toEqual([]);
  });

  it('leaves the table to whoever took it from a runner that stood still, and stops renewing', async () => {
    jest.useFakeTimers();
    const answer = await underLease(request('backfill all'), async () => {
      // Suspended for longer than a lease: its timers stood still as well.
      clock.advance(LEASE_MS + 1);
      await take('backfill phase2');
      await jest.advanceTimersByTimeAsync(LEASE_MS);
      expect(jest.getTimerCount()).toBe(0);
      return 'done';
    });
    expect(answer).toEqual({ held: true, result: 'done' });
    expect(await holders()).toEqual([`${TABLE} backfill phase2`]);
  });
});
