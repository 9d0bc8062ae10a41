import { tableId, type GameDate, type PartitionReplacement, type Row, type TableDefinition } from '@nba/kernel';
import { seasonOf, seasonSpan } from '@nba/kernel';
import { renderQuery, renderSpine, type QueryProcessor } from '@nba/pipeline';
import { nbacPlayerBoxscore, nbacSchedule, nbacTeamBoxscore } from '@nba/processors-raw';
import { memoryWarehouse, replaceUnderLease } from '@nba/testing';
import type { League } from './league.fixture';
import { analyticsProcessors } from './index';

export type Stored = Awaited<ReturnType<typeof memoryWarehouse>>;
/** Inclusive. */
export type Dates = readonly [from: string, to: string];

const SETTINGS = { gameTypes: ['regular-season'] as const };

/** A warehouse in memory that holds the league's raw tables, and Phase 3 computed for each group of dates in turn. */
export async function computedFrom(league: League, groups: readonly Dates[]): Promise<Stored> {
  const raw = [nbacSchedule, nbacTeamBoxscore, nbacPlayerBoxscore];
  const warehouse = await memoryWarehouse([...raw, ...analyticsProcessors].map(({ table }) => table));
  await warehouse.append(nbacSchedule.table, league.schedule);
  await warehouse.append(nbacTeamBoxscore.table, league.teams);
  await warehouse.append(nbacPlayerBoxscore.table, league.players);
  for (const processor of analyticsProcessors) {
    for (const dates of groups) await compute(warehouse, processor, dates);
  }
  return warehouse;
}

/** Computes one table for the dates and stores it; the receipt says how its keys compare with its spine's. */
export async function compute(warehouse: Stored, processor: QueryProcessor, [from, to]: Dates) {
  const range = { from: from as GameDate, to: to as GameDate };
  const parameters = { ...range, season_start: seasonSpan(seasonOf(range.from)).from };
  const replacement: PartitionReplacement = {
    table: processor.table,
    range,
    source: { statement: { text: renderQuery(processor, SETTINGS).text, parameters } },
    spine: { text: renderSpine(processor, SETTINGS).text, parameters },
    spineKey: processor.spineKey,
    inputs: [],
    run: {
      runId: `${processor.name} ${from}`, processorName: processor.name, phase: 3, attempt: 1, startedAt: '2025-06-30T12:00:00Z',
      codeVersion: 'spec', trigger: 'spec', correlationId: 'spec', skipDownstreamTrigger: true,
    },
    units: [{
      dataDate: range.from, partitions: range, claim: 'success', errors: null, errorCode: null, sourceDocuments: null, coverageGaps: null,
      emptyReason: processor.emptyReason,
      lost: null,
    }],
  };
  const [receipt] = await replaceUnderLease(warehouse, replacement);
  return receipt;
}

/** All rows of a table as they are stored. */
export function storedRows(warehouse: Stored, table: TableDefinition): Promise<readonly Row[]> {
  return warehouse.query(`SELECT * FROM ${tableId(table)}`);
}

/** Rows by their key, for comparing without caring for their order. */
export function byKey(table: TableDefinition, rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [[row[table.partition], ...table.key.map((name) => row[name])].join(' '), row]));
}

/** Every cell in which two sets of rows differ, bit for bit, as `key column: expected, found`; the first hundred. */
export function differences(table: TableDefinition, expected: readonly Row[], found: readonly Row[], columns = Object.keys(table.columns)): string[] {
  const [left, right] = [byKey(table, expected), byKey(table, found)];
  const said: string[] = [];
  if (left.size !== expected.length || right.size !== found.length) said.push('duplicate keys');
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const [a, b] = [left.get(key), right.get(key)];
    if (!a || !b) said.push(`${key}: ${a ? 'is missing' : 'is not expected'}`);
    else for (const name of columns) if (!Object.is(a[name], b[name])) said.push(`${key} ${name}: ${String(a[name])}, ${String(b[name])}`);
    if (said.length > 100) break;
  }
  return said;
}
