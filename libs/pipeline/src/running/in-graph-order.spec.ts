import fc from 'fast-check';
import type { Processor } from '../definition/processor';
import { inGraphOrder } from './in-graph-order';

/** A processor by its name and those that it reads, in the phase of the last of them. */
const reading = (name: string, ...upstreams: Processor[]): Processor => inPhase(Math.max(3, ...upstreams.map(({ phase }) => phase)), name, ...upstreams);
const inPhase = (phase: number, name: string, ...upstreams: Processor[]): Processor =>
  ({ name, phase, upstreams: Object.fromEntries(upstreams.map((processor) => [processor.name, { processor }])) }) as unknown as Processor;

/** Some turns of the event loop: the time that a piece of work takes. */
async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise(setImmediate);
}

describe('inGraphOrder', () => {
  const a = reading('a');
  const b = reading('b', a);
  const c = reading('c', a);
  const d = reading('d', b, c);

  it('does side by side what reads nothing of each other', async () => {
    const log: string[] = [];
    const results = await inGraphOrder([a, b, c, d], 2, async ({ name }) => {
      log.push(`${name} begins`);
      await turns(name === 'b' ? 6 : 3);
      log.push(`${name} ends`);
      return name.toUpperCase();
    });
    expect(results).toEqual(['A', 'B', 'C', 'D']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'c begins', 'c ends', 'b ends', 'd begins', 'd ends']);
  });

  it('begins a phase beside the last of the one before, and not while there is enough of that', async () => {
    const later = inPhase(4, 'later', a);
    const last = reading('last', d);
    const log: string[] = [];
    await inGraphOrder([a, b, c, d, last, later], 2, async ({ name }) => {
      log.push(name);
      await turns(name === 'b' ? 6 : 3);
    });
    // Until d has ended, two of its phase at least are left.
    expect(log).toEqual(['a', 'b', 'c', 'd', 'last', 'later']);
    const begun: string[] = [];
    await inGraphOrder([a, b, c, later], 2, async ({ name }) => {
      begun.push(name);
      await turns(name === 'b' ? 6 : 3);
      if (name === 'c') begun.push('c ends');
      if (name === 'b') begun.push('b ends');
    });
    expect(begun).toEqual(['a', 'b', 'c', 'c ends', 'later', 'b ends']);
  });

  it('waits for what is read through one that is not in the list', async () => {
    const far = reading('far', reading('between', a));
    const log: string[] = [];
    await inGraphOrder([a, far], 2, async ({ name }) => {
      log.push(name);
      await turns(2);
      log.push(name);
    });
    expect(log).toEqual(['a', 'a', 'far', 'far']);
  });

  it('begins nothing after a fault, and throws it when what was under way has ended', async () => {
    const log: string[] = [];
    const work = async ({ name }: Processor): Promise<void> => {
      if (name === 'b') throw new Error('b fails');
      await turns(4);
      log.push(name);
    };
    await expect(inGraphOrder([a, b, c, d], 2, work)).rejects.toThrow('b fails');
    expect(log).toEqual(['a', 'c']);
  });

  it('has nothing to do for nothing', async () => {
    expect(await inGraphOrder([], 2, async () => 1)).toEqual([]);
  });

  it('never begins one before those it reads have ended, nor more than the limit, and leaves none out', async () => {
    const graphs = fc.array(fc.record({ phase: fc.integer({ min: 2, max: 4 }), reads: fc.array(fc.nat({ max: 11 }), { maxLength: 4 }), turns: fc.nat({ max: 4 }) }), { minLength: 1, maxLength: 12 });
    await fc.assert(fc.asyncProperty(graphs, fc.integer({ min: 1, max: 4 }), async (graph, limit) => {
      const processors: Processor[] = [];
      for (const [i, { phase, reads }] of graph.entries()) processors.push(inPhase(phase, `p${i}`, ...reads.map((other) => processors[other]).filter((other) => other !== undefined && other.phase <= phase) as Processor[]));
      const ended = new Set<string>();
      let atOnce = 0;
      const results = await inGraphOrder(processors, limit, async ({ name, upstreams }) => {
        expect(++atOnce).toBeLessThanOrEqual(limit);
        expect(Object.keys(upstreams).filter((upstream) => !ended.has(upstream))).toEqual([]);
        await turns(graph[Number(name.slice(1))]?.turns ?? 0);
        ended.add(name);
        atOnce--;
        return name;
      });
      expect(results).toEqual(processors.map(({ name }) => name));
    }), { numRuns: 60 });
  });
});
