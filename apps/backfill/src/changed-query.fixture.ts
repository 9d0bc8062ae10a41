import { DEFAULT_GAME_TYPES } from '@nba/kernel';
import { Backfill, type BackfillOutcome, Planner, type Processor, type QueryProcessor, RUN_DEFAULTS, type Registry, createRegistry } from '@nba/pipeline';
import { parseScope } from '@nba/schedule';
import { LocalEventBus } from '@nba/events-local';
import { openFolderLake } from '@nba/raw-lake';
import { FixedClock } from '@nba/testing';
import { openDuckDbWarehouse } from '@nba/warehouse-duckdb';
import { registry } from '@nba/wiring';

const SETTINGS = { gameTypes: DEFAULT_GAME_TYPES };

/**
 * The pipeline with another query in one processor.
 * @throws Error where the text to be replaced is not in it
 */
export function registryWithQuery(name: string, from: string, to: string): Registry {
  const replaced = new Map<Processor, Processor>();
  for (const processor of registry.processors) {
    // Who reads the changed one reads it, and not the one that it replaces; and so on, as the registry wants it.
    const upstreams = Object.fromEntries(Object.entries(processor.upstreams).map(([key, upstream]) => [key, { ...upstream, processor: replaced.get(upstream.processor) ?? upstream.processor }]));
    replaced.set(processor, { ...(processor.kind === 'query' && processor.table.name === name ? withText(processor, from, to) : processor), upstreams });
  }
  return createRegistry([...replaced.values()]);
}

function withText(processor: QueryProcessor, from: string, to: string): QueryProcessor {
  return {
    ...processor,
    query: (context) => {
      const { text, ...rest } = processor.query(context);
      if (text.split(from).length !== 2) throw new Error(`${processor.name} does not say this once: ${from}`);
      return { ...rest, text: text.replace(from, to) };
    },
  };
}

/** What `backfill repair` does with a warehouse file, with processors that the built program does not have. */
export async function repairWith(processors: Registry, file: string, lakeFolder: string, now: string): Promise<BackfillOutcome | undefined> {
  const clock = new FixedClock(now);
  const warehouse = await openDuckDbWarehouse({ file, clock, command: 'repair with another query' });
  try {
    const parts = { registry: processors, warehouse, lake: openFolderLake(lakeFolder), bus: new LocalEventBus(), clock, settings: SETTINGS };
    const planner = new Planner(parts);
    const scope = (await planner.knownScope()) ?? parseScope({ season: ['2024-25'] });
    const { statements, waiting } = await planner.plan({ scope, findsFollowers: false });
    if (statements.length === 0 && waiting.length === 0) return undefined;
    return await new Backfill(parts).run({ ...RUN_DEFAULTS, phases: [2, 3, 4], scope, trigger: 'another query', holder: 'another query' });
  } finally {
    await warehouse.close();
  }
}
