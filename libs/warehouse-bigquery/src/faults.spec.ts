import { NbaError } from '@nba/kernel';
import { FixedClock } from '@nba/testing';
import { isDuplicate, isTransientFault, warehouseFault } from './faults';
import { pauseMs, withRetries } from './retry';

const fault = (fields: object, message = 'it went wrong') => Object.assign(new Error(message), fields);
const because = (reason: string, code = 400) => fault({ code, errors: [{ reason }] });

const TRANSIENT: [string, Error][] = [
  ['rate limits', because('rateLimitExceeded', 403)],
  ['rate limits of jobs', because('jobRateLimitExceeded')],
  ['a fault behind', because('backendError', 503)],
  ['a fault within', because('internalError', 500)],
  ['503 without a reason', fault({ code: 503 })],
  ['429', fault({ code: 429 })],
  ['a lost connection', fault({ code: 'ECONNRESET' })],
  ['an answer that broke off', fault({}, 'request to http://x failed, reason: socket hang up')],
  ['a transaction that met another', fault({ code: 400, errors: [{ reason: 'invalidQuery' }] }, 'Transaction is aborted due to concurrent update against table nba_raw.box')],
];
const LASTING: [string, Error][] = [
  ['wrong SQL', because('invalidQuery')],
  ['a missing table', because('notFound', 404)],
  ['a missing permission', because('accessDenied', 403)],
  ['a daily quota', because('quotaExceeded', 403)],
  ['404 without a reason', fault({ code: 404 })],
  ['a limit on bytes', because('bytesBilledLimitExceeded')],
  ['a job of that name', because('duplicate', 409)],
  ['a fault of our own', new TypeError('undefined is not a function')],
];

describe('faults of BigQuery', () => {
  it.each(TRANSIENT)('may pass: %s', (_, error) => {
    expect(isTransientFault(error)).toBe(true);
    expect(warehouseFault(error, 'SELECT 1')).toMatchObject({ code: 'WAREHOUSE_UNAVAILABLE', cause: error });
  });

  it.each(LASTING)('do not pass: %s', (_, error) => {
    expect(isTransientFault(error)).toBe(false);
    expect(warehouseFault(error, 'SELECT\n  1')).toMatchObject({ code: 'WAREHOUSE_STATEMENT_FAILED', message: expect.stringContaining('Statement: SELECT 1') });
  });

  it('leave a fault that is told already as it is', () => {
    const told = new NbaError('LEASE_LOST', 'lost');
    expect(warehouseFault(told, 'SELECT 1')).toBe(told);
  });

  it('say what is there already', () => expect([isDuplicate(because('duplicate', 409)), isDuplicate(fault({ code: 409 })), isDuplicate(because('invalid'))]).toEqual([true, true, false]));
});

describe('retries', () => {
  const policy = { attempts: 4, firstPauseMs: 100, longestPauseMs: 300 };

  it('pause for up to a bound that doubles, and never longer than the longest', () => {
    expect([1, 2, 3, 4].map((attempt) => pauseMs(policy, attempt, 0.999_999))).toEqual([100, 200, 300, 300]);
    expect(pauseMs(policy, 3, 0)).toBe(0);
    expect(pauseMs(policy, 2, 0.25)).toBe(50);
  });

  const failing = (times: number, error: Error) => {
    let calls = 0;
    const work = async (): Promise<number> => {
      calls++;
      if (calls <= times) throw error;
      return calls;
    };
    return { work, calls: () => calls };
  };

  it('try again what may pass, until it does', async () => {
    const clock = new FixedClock('2025-01-01T00:00:00Z');
    const { work } = failing(3, because('backendError'));
    expect(await withRetries(work, clock, policy, () => 0.5)).toBe(4);
    expect(clock.now().toISOString()).toBe('2025-01-01T00:00:00.300Z');
  });

  it('give up after as many tries as they are given', async () => {
    const { work, calls } = failing(9, because('backendError'));
    await expect(withRetries(work, new FixedClock('2025-01-01T00:00:00Z'), policy)).rejects.toThrow('it went wrong');
    expect(calls()).toBe(4);
  });

  it('never try again what does not pass', async () => {
    const { work, calls } = failing(1, because('invalidQuery'));
    await expect(withRetries(work, new FixedClock('2025-01-01T00:00:00Z'), policy)).rejects.toThrow('it went wrong');
    expect(calls()).toBe(1);
  });
});
