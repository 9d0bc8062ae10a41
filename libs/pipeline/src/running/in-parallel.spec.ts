import { inParallel } from './in-parallel';

const pause = (): Promise<void> => new Promise((done) => setImmediate(done));

describe('inParallel', () => {
  it('keeps the order of the items, with no more under way than allowed', async () => {
    let underWay = 0;
    let most = 0;
    const results = await inParallel([5, 3, 1, 4, 2], 2, async (n) => {
      most = Math.max(most, ++underWay);
      for (let i = 0; i < n; i++) await pause();
      underWay--;
      return n * 10;
    });
    expect(results).toEqual([50, 30, 10, 40, 20]);
    expect(most).toBe(2);
  });

  it('makes nothing of nothing', async () => {
    expect(await inParallel([], 4, async () => 1)).toEqual([]);
  });

  it('ends with the first fault', async () => {
    await expect(inParallel([1, 2, 3], 2, async (n) => (n === 2 ? Promise.reject(new Error('two')) : n))).rejects.toThrow('two');
  });
});
