import { type Clock, DEFAULT_GAME_TYPES, type Warehouse } from '@nba/kernel';
import { Backfill, type BackfillOutcome, Daily, type PhaseOutcome, Planner, RUN_DEFAULTS, Repair, Verifier, isComplete } from '@nba/pipeline';
import { rehearsalClock, systemClock } from '@nba/command-line';
import { openFolderLake } from '@nba/raw-lake';
import { LocalEventBus } from '@nba/events-local';
import { openDuckDbWarehouse } from '@nba/warehouse-duckdb';
import type { League } from './league';
import { registry } from '@nba/wiring';

const SETTINGS = { gameTypes: DEFAULT_GAME_TYPES };

/** How the benchmark asks for a run, beside phases and dates: as the programs do, with events, without a verification of its own. */
export const ASKED = { ...RUN_DEFAULTS, trigger: 'benchmark', holder: 'benchmark' } as const;

/** The pipeline over a warehouse file and a league, as the programs wire it. Close it. */
export class Pipeline {
  readonly backfill: Backfill;
  readonly daily: Daily;
  readonly planner: Planner;
  readonly repair: Repair;
  readonly verifier: Verifier;
  /**
   * Milliseconds in which at least one statement that writes rows was under way: rows, changes, history and read-back, in one
   * transaction each.
   */
  statementsMs = 0;
  private statementsUnderWay = 0;
  private busySince = 0;

  private constructor(private readonly opened: Warehouse & { close(): Promise<void> }, lake: string, clock: Clock) {
    const parts = { registry, warehouse: this.watched(), lake: openFolderLake(lake), bus: new LocalEventBus(), clock, settings: SETTINGS };
    this.backfill = new Backfill(parts);
    this.daily = new Daily(parts);
    this.planner = new Planner(parts);
    this.repair = new Repair(parts);
    this.verifier = new Verifier(registry, opened, SETTINGS, clock);
  }

  static async open(file: string, { lake, now }: League): Promise<Pipeline> {
    const clock = rehearsalClock(now, systemClock());
    return new Pipeline(await openDuckDbWarehouse({ file, clock, command: 'benchmark' }), lake, clock);
  }

  close(): Promise<void> {
    return this.opened.close();
  }

  private watched(): Warehouse {
    const replacePartitions: Warehouse['replacePartitions'] = async (replacement, lease) => {
      if (this.statementsUnderWay++ === 0) this.busySince = performance.now();
      try {
        return await this.opened.replacePartitions(replacement, lease);
      } finally {
        if (--this.statementsUnderWay === 0) this.statementsMs += performance.now() - this.busySince;
      }
    };
    return new Proxy<Warehouse>(this.opened, {
      get: (target, name) => {
        if (name === 'replacePartitions') return replacePartitions;
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }
}

/** How many units ran. @throws Error when one of them did not complete: then there is nothing to compare */
export function assertComplete({ phases }: Pick<BackfillOutcome, 'phases'>): number {
  const outcomes = phases.flatMap((phase: PhaseOutcome) => phase.outcomes);
  const wrong = outcomes.filter((one) => !isComplete(one));
  if (wrong[0]) throw new Error(`${wrong.length} units did not complete, the first is ${wrong[0].processor.name} ${wrong[0].date}: ${wrong[0].fault ?? wrong[0].status}`);
  return outcomes.length;
}
