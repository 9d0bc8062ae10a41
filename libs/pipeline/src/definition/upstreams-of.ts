import type { Processor } from './processor';

/** Everything that a processor reads, directly or through others; what is read first comes first. */
export function upstreamsOf(processor: Processor): Processor[] {
  const all = new Set<Processor>();
  const visit = (one: Processor): void => Object.values(one.upstreams).forEach(({ processor: upstream }) => {
    if (!all.has(upstream)) visit(upstream);
    all.add(upstream);
  });
  visit(processor);
  return [...all];
}
