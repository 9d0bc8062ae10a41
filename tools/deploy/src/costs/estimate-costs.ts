import { STATE_TABLES, parseGameDate, processorRunHistory, seasonOf, tableId } from '@nba/kernel';
import type { Processor } from '@nba/pipeline';
import { type MeasuredTables, bytesIn } from './measure-tables';
import { LEAST_BILLED_BYTES } from './prices';
import { type Dates, billedBytes, replacementStatements } from './replacement-statements';

/** Bytes that are stored and billed, of as many seasons as were asked for. */
export interface CostBytes {
  readonly seasons: number;
  readonly tables: readonly { readonly table: string; readonly rows: number; readonly bytes: number }[];
  /** Per processor, over all seasons. */
  readonly firstBackfill: readonly { readonly table: string; readonly statements: number; readonly scanned: number; readonly billed: number }[];
  readonly planningOfBackfill: number;
  readonly again: number;
  readonly dateByDate: number;
  readonly day: number;
  readonly noOpPlan: number;
}

/**
 * Queries beside the replacements, counted on DuckDB with the real season 2024-25: `backfill all` with its verification, a
 * morning, and a plan that finds nothing to do. A query names some two tables, mostly the run history.
 */
export const QUERIES = { backfillOfSeason: 150, day: 90, noOpPlan: 30 } as const;

/**
 * Scales what is measured to the seasons asked for: every season of the league has 1,230 games.
 * @param processors in graph order
 * @throws Error when the warehouse holds no season
 */
export function estimateCosts(processors: readonly Processor[], measured: MeasuredTables, seasons: number): CostBytes {
  const ranges = seasonRanges(processors, measured);
  if (ranges.length === 0) throw new Error('The warehouse holds no game: run backfill all first.');
  const scale = seasons / ranges.length;
  const tables = [...processors.map(({ table }) => table), ...STATE_TABLES].map((table) => {
    const partitions = measured.get(tableId(table)) ?? [];
    return { table: tableId(table), rows: Math.round(scale * partitions.reduce((sum, { rows }) => sum + rows, 0)), bytes: scale * bytesIn(partitions) };
  });
  const billedFor = (dates: readonly Dates[], isAgain: boolean) => (processor: Processor) => {
    const statements = dates.flatMap((range) => Object.values(replacementStatements(processor, measured, range, isAgain)));
    const scanned = statements.reduce((sum, reads) => sum + Object.values(reads).reduce((a, b) => a + b, 0), 0);
    return { table: tableId(processor.table), statements: statements.length, scanned, billed: statements.reduce((sum, reads) => sum + billedBytes(reads), 0) };
  };
  const total = (lines: readonly { readonly billed: number }[]) => lines.reduce((sum, { billed }) => sum + billed, 0);
  const query = LEAST_BILLED_BYTES + Math.max(LEAST_BILLED_BYTES, scale * bytesIn(measured.get(tableId(processorRunHistory)) ?? []));
  const dates = gameDates(processors, measured);
  // The dearest day is late in a season: its windows are the longest.
  const lastDays = dates.slice(-2).map((date) => ({ from: date, to: date }));
  const first = processors.map(billedFor(ranges, false)).map((line) => ({ ...line, statements: line.statements * scale, scanned: line.scanned * scale, billed: line.billed * scale }));
  return {
    seasons, tables, firstBackfill: first,
    planningOfBackfill: QUERIES.backfillOfSeason * seasons * query,
    again: scale * total(processors.map(billedFor(ranges, true))),
    dateByDate: scale * total(processors.filter(({ phase }) => phase > 2).map(billedFor(dates.map((date) => ({ from: date, to: date })), false))),
    day: total(processors.map(billedFor(lastDays, true))) + QUERIES.day * query,
    noOpPlan: QUERIES.noOpPlan * query,
  };
}

/** The game dates: those that the second raw table holds, the first after the schedule. */
function gameDates(processors: readonly Processor[], measured: MeasuredTables): string[] {
  const dated = processors.find((processor) => processor.kind === 'document' && processor.unit === 'date');
  return dated ? (measured.get(tableId(dated.table)) ?? []).map(({ date }) => date) : [];
}

function seasonRanges(processors: readonly Processor[], measured: MeasuredTables): Dates[] {
  const bySeason = new Map<string, string[]>();
  for (const date of gameDates(processors, measured)) {
    const season = seasonOf(parseGameDate(date));
    bySeason.set(season, [...(bySeason.get(season) ?? []), date]);
  }
  return [...bySeason.values()].map((own) => ({ from: own[0] ?? '', to: own.at(-1) ?? '' }));
}
