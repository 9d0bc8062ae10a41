import { QueueFull, type QueueOptions, TurnMissed, WorkQueue } from './work-queue';

type Options = Partial<QueueOptions<number, string>>;
const queueOf = (options: Options = {}) => new WorkQueue<number, string>({
  answer: async (items) => items.map(String), isDivisible: () => true, deadlineMs: 10_000, graceMs: 1_000, maxWaiting: 100, ...options,
});
/** Something that ends when it is told to. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

describe('WorkQueue', () => {
  it('answers together what comes while it works, each with its own', async () => {
    const batches: number[][] = [];
    const first = gate();
    const queue = queueOf({ answer: async (items) => {
      batches.push([...items]);
      await first.opened;
      return items.map((item) => `answer ${item}`);
    } });
    const answers = [1, 2, 3, 4].map((item) => queue.add(item));
    first.open();
    expect(await Promise.all(answers)).toEqual(['answer 1', 'answer 2', 'answer 3', 'answer 4']);
    expect(batches).toEqual([[1], [2, 3, 4]]);
  });

  it('does one piece of work at a time', async () => {
    let [working, most] = [0, 0];
    const busy = async <T>(result: T): Promise<T> => {
      most = Math.max(most, ++working);
      await new Promise((resolve) => setTimeout(resolve, 2));
      working--;
      return result;
    };
    const queue = queueOf({ answer: (items) => busy(items.map(String)) });
    const all = Array.from({ length: 40 }, (_, i) => (i % 7 === 3 ? queue.run(() => busy('own work')) : queue.add(i)));
    const answers = await Promise.all(all);
    expect(most).toBe(1);
    expect(answers).toEqual(Array.from({ length: 40 }, (_, i) => (i % 7 === 3 ? 'own work' : String(i))));
  });

  it('finds the one at fault among several, and serves the others', async () => {
    const queue = queueOf({ answer: async (items) => {
      if (items.includes(5)) throw new Error('five');
      return items.map(String);
    } });
    const ended = await Promise.allSettled([1, 2, 3, 4, 5, 6, 7].map((item) => queue.add(item)));
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  });

  it('tells all of a fault that concerns all', async () => {
    let calls = 0;
    const queue = queueOf({ isDivisible: () => false, answer: async () => {
      calls++;
      throw new Error('away');
    } });
    const ended = await Promise.allSettled([1, 2, 3].map((item) => queue.add(item)));
    expect([ended.map(({ status }) => status), calls]).toEqual([['rejected', 'rejected', 'rejected'], 2]);
  });

  it('takes no more than may wait', async () => {
    const stuck = gate();
    const queue = queueOf({ maxWaiting: 2, answer: async (items) => (await stuck.opened, items.map(String)) });
    const taken = [queue.add(1), queue.add(2), queue.add(3)];
    await expect(queue.add(4)).rejects.toThrow(QueueFull);
    stuck.open();
    expect(await Promise.all(taken)).toEqual(['1', '2', '3']);
  });

  it('stops the work at the deadline, and answers those whose turn has not come', async () => {
    const signals: AbortSignal[] = [];
    const queue = queueOf({ deadlineMs: 30, graceMs: 20, answer: (items, signal) => new Promise((resolve) => {
      signals.push(signal);
      signal.addEventListener('abort', () => setTimeout(() => resolve(items.map(() => 'the rest is left')), 200));
    }) });
    const [first, second] = [queue.add(1), queue.add(2)];
    await expect(first).rejects.toThrow(TurnMissed);
    await expect(second).rejects.toThrow(TurnMissed);
    expect(signals[0]?.aborted).toBe(true);
    await queue.close();
  });

  it('goes down when what is under way has stopped, and takes nothing more', async () => {
    let stopped = false;
    const queue = queueOf({ answer: (items, signal) => new Promise((resolve) => signal.addEventListener('abort', () => setTimeout(() => {
      stopped = true;
      resolve(items.map(() => 'interrupted'));
    }, 20))) });
    const [first, second] = [queue.add(1), queue.add(2).catch((fault: unknown) => fault)];
    await queue.close();
    expect(stopped).toBe(true);
    expect(await first).toBe('interrupted');
    expect(await second).toBeInstanceOf(TurnMissed);
    await expect(queue.add(3)).rejects.toThrow('going down');
  });
});
