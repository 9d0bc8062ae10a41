import { DEFAULT_GAME_TYPES, type DateRange, type GameDate, rangeParameters } from '@nba/kernel';
import { Backfill, RUN_DEFAULTS, renderQuery } from '@nba/pipeline';
import { systemClock } from '@nba/command-line';
import { parseScope } from '@nba/schedule';
import { openFolderLake } from '@nba/raw-lake';
import { LocalEventBus } from '@nba/events-local';
import { openDuckDbWarehouse } from '@nba/warehouse-duckdb';
import { median } from './measurement';
import { processors, registry } from './processors';

const clock = systemClock();
const SETTINGS = { gameTypes: DEFAULT_GAME_TYPES };

/**
 * Milliseconds for the nine derived tables' queries over a range of dates in a full warehouse, one statement each, bare:
 * rows go to a temporary table and nothing is recorded.
 */
export async function timeQueries(file: string, range: DateRange, times: number): Promise<number> {
  const warehouse = await openDuckDbWarehouse({ file, clock, command: 'benchmark', readOnly: true });
  const parameters = rangeParameters(range);
  const took: number[] = [];
  for (let time = 0; time < times; time++) {
    const started = performance.now();
    for (const processor of processors.filter(({ kind }) => kind === 'query')) {
      await warehouse.query(`CREATE OR REPLACE TEMP TABLE computed AS ${renderQuery(processor, SETTINGS).text}`, parameters);
    }
    took.push(performance.now() - started);
  }
  await warehouse.close();
  return median(took);
}

/** Milliseconds for one date of the nine derived tables as units are run: planned, replaced, read back, recorded. */
export async function timeUnits(file: string, lake: string, date: GameDate, times: number): Promise<number> {
  const warehouse = await openDuckDbWarehouse({ file, clock, command: 'benchmark' });
  const backfill = new Backfill({ registry, warehouse, lake: openFolderLake(lake), bus: new LocalEventBus(), clock, settings: SETTINGS });
  const took: number[] = [];
  for (let time = 0; time < times; time++) {
    const started = performance.now();
    await backfill.run({
      ...RUN_DEFAULTS, phases: [3, 4], scope: parseScope({ date }), failurePolicy: 'stop', backfillMode: false, skipDownstreamTrigger: true, verify: false,
      force: true, maxGroup: 1, trigger: 'benchmark', holder: 'benchmark',
    });
    took.push(performance.now() - started);
  }
  await warehouse.close();
  return median(took);
}
