import { NbaError, tableId } from '@nba/kernel';
import type { Phase, Processor } from './processor';

/** All processors of a pipeline, checked, in an order in which each comes after everything it reads. */
export interface Registry {
  readonly processors: readonly Processor[];
  /** The processors of one phase, in graph order. */
  inPhase(phase: Phase): readonly Processor[];
  /**
   * Finds by any spelling: `PlayerGameSummaryProcessor`, `player_game_summary` or `nba_analytics.player_game_summary`.
   * @throws NbaError INVALID_ARGUMENT listing the names there are
   */
  find(name: string): Processor;
}

/**
 * @throws NbaError INVALID_DEFINITION when two processors share a name, or one reads a table that is not registered,
 * is of a later phase, lacks a column, or is read through no lookback
 */
export function createRegistry(declared: readonly Processor[]): Registry {
  const processors = inGraphOrder(declared);
  for (const processor of processors) checkUpstreams(processor, processors);
  const twice = processors.find((one, i) => processors.findIndex((other) => other.name === one.name) !== i);
  if (twice) throw new NbaError('INVALID_DEFINITION', `${twice.name} is declared twice`, { table: tableId(twice.table) });
  return {
    processors,
    inPhase: (phase) => processors.filter((processor) => processor.phase === phase),
    find: (name) => {
      const found = processors.find((one) => [one.name, one.table.name, tableId(one.table)].includes(name));
      if (found) return found;
      throw new NbaError('INVALID_ARGUMENT', `There is no processor "${name}". There are: ${processors.map((one) => one.name).join(', ')}.`);
    },
  };
}

/** Depth first over the upstreams, in the order of declaration. Values that import each other cannot form a cycle. */
function inGraphOrder(declared: readonly Processor[]): Processor[] {
  const ordered = new Set<Processor>();
  const visit = (processor: Processor): void => {
    if (ordered.has(processor) || !declared.includes(processor)) return;
    for (const { processor: upstream } of Object.values(processor.upstreams)) visit(upstream);
    ordered.add(processor);
  };
  declared.forEach(visit);
  return [...ordered].sort((a, b) => a.phase - b.phase);
}

function checkUpstreams(processor: Processor, all: readonly Processor[]): void {
  const table = tableId(processor.table);
  for (const { processor: upstream, lookbacks } of Object.values(processor.upstreams)) {
    const read = tableId(upstream.table);
    if (!all.includes(upstream)) throw new NbaError('INVALID_DEFINITION', `${table} reads ${read}, which is not registered`, { table });
    if (upstream.phase > processor.phase) throw new NbaError('INVALID_DEFINITION', `${table} reads ${read} of a later phase`, { table });
    if (lookbacks.length === 0) throw new NbaError('INVALID_DEFINITION', `${table} reads ${read} through no lookback`, { table });
    const unknown = lookbacks.flatMap(({ columns }) => columns).find((column) => !(column in upstream.table.columns));
    if (unknown) throw new NbaError('INVALID_DEFINITION', `${table} reads column ${unknown}, which ${read} does not have`, { table, field: unknown });
  }
}
