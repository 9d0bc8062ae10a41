import { upstreamsOf } from '../definition/upstreams-of';
import type { Processor } from '../definition/processor';

/**
 * Does a piece of work for each processor, as soon as those among them that it reads have had theirs; at most `limit` at a
 * time, and those that come first in the list first. A phase does not wait for the end of the one before: it begins where
 * the last of that, fewer than `limit`, leave room. Results in the order of the list; after a fault nothing more is begun, and
 * when what was under way has ended it is thrown.
 */
export async function inGraphOrder<T>(processors: readonly Processor[], limit: number, work: (processor: Processor) => Promise<T>): Promise<T[]> {
  const results = new Map<Processor, T>();
  const underWay = new Map<Processor, Promise<void>>();
  const isReady = (one: Processor): boolean => !underWay.has(one) && !results.has(one) && upstreamsOf(one).every((upstream) => results.has(upstream) || !processors.includes(upstream));
  // What is begun too early keeps the others of its phase waiting for their turn, and everything that reads them.
  const hasRoom = ({ phase }: Processor): boolean => processors.filter((other) => !results.has(other) && other.phase < phase).length < limit;
  const faults: unknown[] = [];
  const begin = (one: Processor): void => {
    underWay.set(one, work(one).then(
      (result) => void results.set(one, result),
      (fault: unknown) => void faults.push(fault),
    ).finally(() => underWay.delete(one)));
  };
  for (;;) {
    if (faults.length === 0) processors.filter((one) => isReady(one) && hasRoom(one)).slice(0, limit - underWay.size).forEach(begin);
    if (underWay.size === 0) break;
    await Promise.race(underWay.values());
  }
  if (faults.length > 0) throw faults[0];
  return processors.map((one) => results.get(one) as T);
}
