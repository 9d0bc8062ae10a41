import { DEFAULT_GAME_TYPES, type Warehouse } from '@nba/kernel';
import { Backfill, RUN_DEFAULTS } from '@nba/pipeline';
import { systemClock } from '@nba/command-line';
import { type ScopeOptions, parseScope } from '@nba/schedule';
import { openFolderLake } from '@nba/raw-lake';
import { LocalEventBus } from '@nba/events-local';
import { openDuckDbWarehouse } from '@nba/warehouse-duckdb';
import { registry } from './processors';

/** What planning, guard, leases, run records and events take, beside the statements that write the rows. */
export interface Overhead {
  readonly units: number;
  /** Milliseconds inside the statements: rows, changes, history and read-back, in one transaction. */
  readonly statementsMs: number;
  /** Milliseconds outside of them. */
  readonly besideMs: number;
}

/** Phases 3 and 4 over some dates whose Phase 2 is loaded first, uncounted; with events. */
export async function measureOverhead(file: string, lake: string, loaded: ScopeOptions, computed: ScopeOptions, maxGroup: number): Promise<Overhead> {
  const clock = systemClock();
  const opened = await openDuckDbWarehouse({ file, clock, command: 'benchmark' });
  let statementsMs = 0;
  const replacePartitions: Warehouse['replacePartitions'] = async (replacement, lease) => {
    const started = performance.now();
    try {
      return await opened.replacePartitions(replacement, lease);
    } finally {
      statementsMs += performance.now() - started;
    }
  };
  const warehouse: Warehouse = new Proxy<Warehouse>(opened, {
    get: (target, name) => {
      if (name === 'replacePartitions') return replacePartitions;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const backfill = new Backfill({ registry, warehouse, lake: openFolderLake(lake), bus: new LocalEventBus(), clock, settings: { gameTypes: DEFAULT_GAME_TYPES } });
  const asked = { ...RUN_DEFAULTS, backfillMode: false, verify: false, maxGroup, trigger: 'benchmark', holder: 'benchmark' } as const;
  await backfill.run({ ...asked, maxGroup: RUN_DEFAULTS.maxGroup, phases: [2], scope: parseScope(loaded), skipDownstreamTrigger: true });
  statementsMs = 0;
  const started = performance.now();
  const { phases } = await backfill.run({ ...asked, phases: [3, 4], scope: parseScope(computed) });
  const wholeMs = performance.now() - started;
  await opened.close();
  return { units: phases.reduce((sum, { outcomes }) => sum + outcomes.length, 0), statementsMs, besideMs: wholeMs - statementsMs };
}
