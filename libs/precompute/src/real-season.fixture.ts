import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableId, type GameDate, type Row, type Season, type Warehouse } from '@nba/kernel';
import type { LakeDocument } from '@nba/pipeline';
import { analyticsProcessors } from '@nba/processors-analytics';
import { nbacPlayerBoxscore, nbacSchedule, nbacTeamBoxscore, rawProcessors } from '@nba/processors-raw';
import { memoryWarehouse } from '@nba/testing';
import { precomputeProcessors } from './index';
import { SETTINGS, store, UPSTREAM, type Given } from './warehouse.fixture';

const SHARED = join(__dirname, '../../../../shared');
const LAKE = join(SHARED, 'lake');

export const SEASON = { name: '2024-25' as Season, from: '2024-10-22', to: '2025-04-13' };

/** Runs the suite where the shared lake is; elsewhere says that it did not. */
export const describeRealSeason = existsSync(LAKE) ? describe : describe.skip;
if (!existsSync(LAKE)) console.warn(`skipped: no shared lake at ${LAKE}`);

export interface LookbackSample { readonly date: string; readonly player_id: string; readonly season: string; readonly prior_games: number; readonly last5_pts: number; readonly last10_pts: number; readonly season_to_date_pts: number; readonly last10_min: number }

export const lookbackSamples = (): LookbackSample[] =>
  (JSON.parse(readFileSync(join(SHARED, 'golden/golden.json'), 'utf8')) as { lookback_samples: LookbackSample[] }).lookback_samples;

function documentsOf(kind: LakeDocument['ref']['kind'], partition: GameDate | Season): LakeDocument[] {
  const folder = `nba-com/${kind}/${partition}`;
  return readdirSync(join(LAKE, folder)).sort().map((name) => ({
    ref: { path: `${folder}/${name}`, kind, partition, stamp: name.slice(0, 15) },
    text: readFileSync(join(LAKE, folder, name), 'utf8'),
  }));
}

/** A warehouse with one real season up to Phase 3. */
export async function realSeason(): Promise<Warehouse> {
  const warehouse = await memoryWarehouse([...rawProcessors, ...analyticsProcessors, ...precomputeProcessors].map(({ table }) => table));
  const settings = SETTINGS;
  const schedule = nbacSchedule.interpret({ partition: SEASON.name, documents: documentsOf('schedule', SEASON.name), schedule: [], settings }).rows;
  await warehouse.append(nbacSchedule.table, schedule);
  const dates = readdirSync(join(LAKE, 'nba-com/player-boxscores')).filter((date) => date >= SEASON.from && date <= SEASON.to) as GameDate[];
  for (const processor of [nbacPlayerBoxscore, nbacTeamBoxscore]) {
    await warehouse.append(processor.table, dates.flatMap((date) => processor.interpret({
      partition: date, documents: documentsOf(processor.documents, date), schedule: schedule.filter((game) => game['game_date'] === date), settings,
    }).rows));
  }
  for (const processor of analyticsProcessors) await store(warehouse, processor, SEASON.from, SEASON.to);
  return warehouse;
}

/** The rows that Phase 4 reads, for the oracle; of the schedule, what counts. */
export async function upstreamRows(warehouse: Warehouse): Promise<Given> {
  const rows = await Promise.all(Object.entries(UPSTREAM).map(async ([name, table]) => [name, await warehouse.query(`SELECT * FROM ${tableId(table)}`)] as const));
  const given = Object.fromEntries(rows) as { schedule: Row[] } & Given;
  return { ...given, schedule: given.schedule.filter((game) => game['game_type'] === 'regular-season') };
}
