import { DEFAULT_GAME_TYPES, type Season, tableId } from '@nba/kernel';
import { Backfill, RUN_DEFAULTS, Verifier, isComplete } from '@nba/pipeline';
import { systemClock } from '@nba/command-line';
import { parseScope } from '@nba/schedule';
import { openFolderLake } from '@nba/raw-lake';
import { LocalEventBus } from '@nba/events-local';
import { openDuckDbWarehouse } from '@nba/warehouse-duckdb';
import { type Measurement, Stopwatch, peakBytes } from './measurement';
import { processors, registry } from './processors';

const SETTINGS = { gameTypes: DEFAULT_GAME_TYPES };
const clock = systemClock();

/** The whole job as `backfill all` does it: raw, verified, analytics, precompute, verified. */
export async function runJob(file: string, lake: string, seasons: readonly Season[], maxGroup: number): Promise<Measurement> {
  const watch = new Stopwatch();
  const warehouse = await openDuckDbWarehouse({ file, clock, command: 'benchmark' });
  const backfill = new Backfill({ registry, warehouse, lake: openFolderLake(lake), bus: new LocalEventBus(), clock, settings: SETTINGS });
  const verifier = new Verifier(registry, warehouse, SETTINGS);
  const scope = parseScope({ season: seasons });
  watch.lap('open and create tables');
  for (const phase of [2, 3, 4] as const) {
    const outcome = await backfill.run({
      ...RUN_DEFAULTS, phases: [phase], scope, failurePolicy: 'stop', backfillMode: false, skipDownstreamTrigger: true, verify: false,
      maxGroup, trigger: 'benchmark', holder: 'benchmark',
    });
    const wrong = outcome.phases.flatMap(({ outcomes }) => outcomes).filter((one) => !isComplete(one));
    if (wrong[0]) throw new Error(`${wrong.length} units did not complete, the first is ${wrong[0].processor.name} ${wrong[0].date}: ${wrong[0].fault}`);
    watch.lap(`phase ${phase}`);
    for (const range of scope.ranges) {
      const verification = await verifier.verifyPhase(phase, range);
      if (!verification.complete) throw new Error(`phase ${phase} is not complete from ${range.from} to ${range.to}`);
    }
    watch.lap(`verify phase ${phase}`);
  }
  const rows: Record<string, number> = {};
  for (const { table } of processors) {
    const [row] = await warehouse.query(`SELECT COUNT(*) AS n FROM ${tableId(table)}`);
    rows[table.name] = Number(row?.['n']);
  }
  watch.lap('count rows');
  await warehouse.close();
  watch.lap('close the file');
  return { stages: watch.stages, peakBytes: peakBytes(), rows };
}
