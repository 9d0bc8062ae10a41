import { type Row, partitionChanges, processorRunHistory, sql } from '@nba/kernel';
import type { ToyLeague } from '../toy-league.fixture';

/** What the toy tables read, written down once more: not by asking the planner. */
const READS: Readonly<Record<string, readonly string[]>> = {
  NbacScheduleProcessor: [],
  ToyPointsProcessor: ['nba_raw.nbac_schedule'],
  ToyFormProcessor: ['nba_raw.toy_points'],
  ToyTiersProcessor: ['nba_raw.nbac_schedule', 'nba_analytics.toy_form'],
};
const SEASON_START = '2024-10-01';

/** `nba_raw.toy_points:3,…` → the version of a table. */
const versionOf = (table: string, run: Row): number => Number(String(run['input_versions'] ?? '').split(',').find((entry) => entry.startsWith(`${table}:`))?.split(':')[1] ?? 0);

/** Pairs of completed runs of one unit between which nothing that it reads has changed. */
export async function computedForNothing(league: ToyLeague): Promise<string[]> {
  const runs = await league.warehouse.query(`${sql`SELECT processor_name, data_date, run_id, input_versions, source_documents FROM ${processorRunHistory}`.text}
    WHERE status IN ('success', 'partial', 'empty_ok') ORDER BY processor_name, data_date, started_at, output_version`);
  const changes = await league.warehouse.query(`${sql`SELECT DISTINCT table_name, game_date, version FROM ${partitionChanges}`.text}`);
  return runs.flatMap((second, i) => {
    const first = runs[i - 1];
    if (!first || first['processor_name'] !== second['processor_name'] || first['data_date'] !== second['data_date']) return [];
    const changed = (READS[String(second['processor_name'])] ?? []).some((table) => changes.some((change) =>
      change['table_name'] === table && String(change['game_date']) >= SEASON_START && String(change['game_date']) <= String(second['data_date']) &&
      Number(change['version']) > versionOf(table, first) && Number(change['version']) <= versionOf(table, second)));
    const otherDocuments = first['source_documents'] !== second['source_documents'];
    return changed || otherDocuments ? [] : [`${second['processor_name']} ${second['data_date']}: ${first['run_id']} and ${second['run_id']}`];
  });
}
