import { columnNames, parseGameDate, seasonOf, seasonSpan, tableId, type Row, type TableDefinition, type Warehouse } from '@nba/kernel';
import { renderQuery, renderSpine, type PipelineSettings, type Processor } from '@nba/pipeline';
import {
  analyticsProcessors, playerGameSummary, teamDefenseGameSummary, teamOffenseGameSummary, upcomingPlayerGameContext, upcomingTeamGameContext,
} from '@nba/processors-analytics';
import { nbacSchedule } from '@nba/processors-raw';
import { memoryWarehouse } from '@nba/testing';
import { precomputeProcessors } from './index';

export const SETTINGS: PipelineSettings = { gameTypes: ['regular-season'] };

/** Upstream tables by short names, to write rows into. */
export const UPSTREAM = {
  schedule: nbacSchedule.table,
  offense: teamOffenseGameSummary.table,
  defense: teamDefenseGameSummary.table,
  players: playerGameSummary.table,
  teamContexts: upcomingTeamGameContext.table,
  playerContexts: upcomingPlayerGameContext.table,
} as const;
export type Given = { readonly [K in keyof typeof UPSTREAM]?: readonly Row[] };

/**
 * One warehouse in memory for a spec file, with all tables. The function it returns empties them and writes the given
 * upstream rows; columns that are not given are NULL.
 */
export function useWarehouse(): (given: Given) => Promise<Warehouse> {
  const tables = [...new Set([...Object.values(UPSTREAM), ...[...analyticsProcessors, ...precomputeProcessors].map(({ table }) => table)])];
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await memoryWarehouse(tables);
  });
  afterAll(() => warehouse.close());
  return async (given) => {
    for (const table of tables) await warehouse.query(`DELETE FROM ${tableId(table)} WHERE TRUE`);
    for (const [name, table] of Object.entries(UPSTREAM)) await warehouse.append(table, given[name as keyof Given] ?? []);
    return warehouse;
  };
}

const boundaries = (from: string, to: string) => ({ from, to, season_start: seasonSpan(seasonOf(parseGameDate(from))).from as string });

const byKey = (rows: readonly Row[], { key, partition }: TableDefinition): Row[] => {
  const keyOf = (row: Row) => [partition, ...key].map((column) => row[column]).join('|');
  return [...rows].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
};

/** What the processor's query answers for the dates, in the order of its key. */
export async function answer(warehouse: Warehouse, processor: Processor, from: string, to: string): Promise<Row[]> {
  const columns = columnNames(processor.table).join(', ');
  const rows = await warehouse.query(`SELECT ${columns} FROM (${renderQuery(processor, SETTINGS).text}) AS answer`, boundaries(from, to));
  return byKey(rows, processor.table);
}

/** The keys that must be there. */
export async function spineOf(warehouse: Warehouse, processor: Processor, from: string, to: string): Promise<Row[]> {
  return byKey(await warehouse.query(renderSpine(processor, SETTINGS).text, boundaries(from, to)), processor.table);
}

/** Computes the dates and stores them in place of what is there. */
export async function store(warehouse: Warehouse, processor: Processor, from: string, to: string): Promise<void> {
  const { table } = processor;
  const columns = columnNames(table).join(', ');
  await warehouse.query(`DELETE FROM ${tableId(table)} WHERE ${table.partition} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)`, { from, to });
  await warehouse.query(`INSERT INTO ${tableId(table)} (${columns}) SELECT ${columns} FROM (${renderQuery(processor, SETTINGS).text}) AS answer`, boundaries(from, to));
}

/** Computes all of Phase 4 in its order: later tables read the earlier ones. */
export async function storeAll(warehouse: Warehouse, from: string, to: string): Promise<void> {
  for (const processor of precomputeProcessors) await store(warehouse, processor, from, to);
}

/** What is stored, in the order of the key. */
export async function stored(warehouse: Warehouse, table: TableDefinition): Promise<Row[]> {
  return byKey(await warehouse.query(`SELECT ${columnNames(table).join(', ')} FROM ${tableId(table)}`), table);
}
