import { existsSync } from 'node:fs';
import { registry } from '@nba/wiring';
import { type Usage, renderCosts } from './cost-page';
import { estimateCosts } from './estimate-costs';
import { measureTables } from './measure-tables';

/**
 * Assumed, and generous: 12 calls by the clock and some 24 events a day, most of which find nothing to do; two seasons of real
 * documents have 15.2 MB; of ten versions of three images most layers are the same.
 */
const USAGE: Usage = {
  lakeBytes: 4 * 7.6e6, imageBytes: 6e8, jobSecondsPerBackfill: 3600, serviceSecondsPerDay: 1800, messagesPerDay: 60, noOpPlansPerDay: 40, leaseWritesPerDay: 600,
};

/**
 * Prints what the rows of a DuckDB warehouse would cost on BigQuery.
 * @throws Error when the file is not there, or holds no season
 */
export async function showCosts({ warehouse, seasons }: { readonly warehouse: string; readonly seasons: number }, say: (line: string) => void): Promise<void> {
  if (!existsSync(warehouse)) throw new Error(`${warehouse} is not there: nx run backfill:all makes a warehouse.`);
  const measured = await measureTables(warehouse, registry.processors.map(({ table }) => table));
  say(renderCosts(estimateCosts(registry.processors, measured, seasons), USAGE));
}
