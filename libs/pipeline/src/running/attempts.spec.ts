import { type ErrorCode, NbaError } from '@nba/kernel';
import { FixedClock } from '@nba/testing';
import fc from 'fast-check';
import { MOST_ATTEMPTS, withAttempts } from './attempts';

const away = (): NbaError => new NbaError('WAREHOUSE_UNAVAILABLE', 'busy');

describe('withAttempts', () => {
  let clock: FixedClock;
  beforeEach(() => {
    clock = new FixedClock('2025-01-27T11:00:00Z');
  });
  const elapsed = (): number => clock.now().getTime() - Date.parse('2025-01-27T11:00:00Z');

  it('does what goes well once, without a pause', async () => {
    const work = jest.fn(async () => 'done');
    expect(await withAttempts(clock, Math.random, work)).toBe('done');
    expect(work.mock.calls).toEqual([[1]]);
    expect(elapsed()).toBe(0);
  });

  it.each<ErrorCode>(['WAREHOUSE_UNAVAILABLE', 'LAKE_UNAVAILABLE'])('tries again after %s, and says which attempt it is', async (code) => {
    const work = jest.fn(async (attempt: number) => {
      if (attempt < 3) throw new NbaError(code, 'busy');
      return attempt;
    });
    expect(await withAttempts(clock, () => 0, work)).toBe(3);
    expect(work.mock.calls).toEqual([[1], [2], [3]]);
  });

  it('gives up after three attempts, with the last fault', async () => {
    const faults = [away(), away(), away(), away()];
    let tried = 0;
    await expect(withAttempts(clock, () => 0, async () => { throw faults[tried++] as NbaError; })).rejects.toBe(faults[2]);
    expect(tried).toBe(3);
    expect(MOST_ATTEMPTS).toBe(3);
  });

  it.each([
    ['a statement that fails', new NbaError('WAREHOUSE_STATEMENT_FAILED', 'no such column')],
    ['a lease that is lost', new NbaError('LEASE_LOST', 'taken')],
    ['a warehouse that somebody has', new NbaError('WAREHOUSE_LOCKED', 'in use')],
    ['a document that is gone', new NbaError('LAKE_UNREADABLE', 'gone')],
    ['a bug', new TypeError('a bug')],
  ])('does not try again after %s', async (_, fault) => {
    const work = jest.fn(async () => { throw fault; });
    await expect(withAttempts(clock, () => 0, work)).rejects.toBe(fault);
    expect(work).toHaveBeenCalledTimes(1);
    expect(elapsed()).toBe(0);
  });

  it('stops at the first fault that another attempt cannot mend', async () => {
    const fault = new NbaError('WAREHOUSE_STATEMENT_FAILED', 'no such column');
    const work = jest.fn(async (attempt: number) => { throw attempt === 1 ? away() : fault; });
    await expect(withAttempts(clock, () => 0, work)).rejects.toBe(fault);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('pauses a quarter to half a second, then one to two seconds, as chance has it', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 2, maxLength: 2 }), async (draws) => {
      const pauses: number[] = [];
      const drawn = draws[Symbol.iterator]();
      const sleeping = { now: () => clock.now(), sleep: async (milliseconds: number) => void pauses.push(milliseconds) };
      await expect(withAttempts(sleeping, () => drawn.next().value as number, async () => { throw away(); })).rejects.toThrow('busy');
      const [first = 0, second = 0, ...more] = pauses;
      expect(more).toEqual([]);
      expect(first).toBeCloseTo(250 + 250 * (draws[0] as number));
      expect(second).toBeCloseTo(1000 + 1000 * (draws[1] as number));
    }));
  });
});
