import { DEFAULT_GAME_TYPES, type GameDate, seasonOf, seasonSpan } from '@nba/kernel';
import { Backfill, renderQuery } from '@nba/pipeline';
import { parseScope } from '@nba/schedule';
import { openFolderLake } from '@nba/raw-lake';
import { LocalEventBus } from '@nba/events-local';
import { openDuckDbWarehouse } from '@nba/warehouse-duckdb';
import { median } from './measurement';
import { processors, registry } from './processors';

const clock = { now: () => new Date() };
const SETTINGS = { gameTypes: DEFAULT_GAME_TYPES };

/** Milliseconds for one date of all nine derived tables in a full warehouse: the queries bare, and whole units as they are run. */
export async function timeOneDate(file: string, lake: string, date: GameDate, times: number): Promise<{ queries: number; units: number }> {
  const warehouse = await openDuckDbWarehouse({ file, clock, command: 'benchmark' });
  const derived = processors.filter(({ kind }) => kind === 'query');
  const parameters = { from: date, to: date, season_start: seasonSpan(seasonOf(date)).from };
  const queries: number[] = [];
  const units: number[] = [];
  const backfill = new Backfill(registry, warehouse, openFolderLake(lake), new LocalEventBus(), clock, SETTINGS);
  for (let time = 0; time < times; time++) {
    const started = performance.now();
    for (const processor of derived) await warehouse.query(renderQuery(processor, SETTINGS).text, parameters);
    queries.push(performance.now() - started);
    const running = performance.now();
    await backfill.run({
      phases: [3, 4], scope: parseScope({ date }), failurePolicy: 'stop', strictMode: true, backfillMode: false, skipDownstreamTrigger: true, verify: false,
      force: true, workers: 8, maxGroup: 1, trigger: 'benchmark',
    });
    units.push(performance.now() - running);
  }
  await warehouse.close();
  return { queries: median(queries), units: median(units) };
}
