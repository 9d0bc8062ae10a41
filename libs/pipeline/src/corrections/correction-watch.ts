import {
  type Clock, type DateRange, type GameDate, type Parameters, type RawLake, type Row, type Season, type Sql, type TableDefinition, type Warehouse, NbaError, columnList, columnNames, easternDate, isWithin, joinSql,
  parseGameDate, seasonOf, seasonSpan, seasonsIn, sql, tableId, wholeSeasons,
} from '@nba/kernel';
import { calendarOf } from '@nba/schedule';
import { type DocumentProcessor, type PipelineSettings, isSeasonal } from '../definition/processor';
import type { Registry } from '../definition/registry';
import { IDENTITY } from '../definition/relation';
import { LakeIndex, sourceDocuments } from '../planning/lake-index';
import { partitionOf } from '../planning/planner';
import { ensureTables } from '../running/ensure-tables';
import { inParallel } from '../running/in-parallel';
import { countStored, readStoredRecords } from '../verification/stored-record';
import { type RowChange, compareRows } from './compare-rows';
import { type Correction, type CorrectionReport, type NotLoaded, type RereadUnit, byDateGamePlayer, correctionOf } from './correction-report';
import { type RereadInput, rereadDocuments } from './reread-documents';

/** Documents read at the same time. */
const WORKERS = 8;

/** A schedule as the lake has it now, and what that differs in from the stored one. */
interface Schedule {
  readonly rows: readonly Row[];
  readonly changes: readonly RowChange[];
}

/** What was found about one processor's units. */
interface Found {
  readonly units: readonly RereadUnit[];
  readonly changes: readonly RowChange[];
  readonly notLoaded: readonly (GameDate | Season)[];
}

/** One unit of a processor whose documents are to be read again. */
interface Candidate extends RereadInput {
  readonly newDocuments: readonly string[];
  /** Whether the schedule of now has games for it; else it should hold nothing. */
  readonly isExpected: boolean;
}

/**
 * Watches for stat corrections: reads the documents that raw units were not made from, and says what they would change
 * of what is stored. Box scores are understood beside the schedule of the lake, as they would be when both are loaded.
 * Reads only.
 */
export class CorrectionWatch {
  constructor(
    private readonly registry: Registry,
    private readonly warehouse: Warehouse,
    private readonly lake: RawLake,
    private readonly clock: Clock,
    private readonly settings: PipelineSettings,
  ) {}

  /**
   * Looks at the game dates from `since` to today in US Eastern time.
   * @throws NbaError INVALID_ARGUMENT when that is after today, LAKE_UNREADABLE when there is no lake
   */
  async read(since: GameDate): Promise<CorrectionReport> {
    const now = this.clock.now();
    const dates = { from: since, to: easternDate(now) };
    if (since > dates.to) throw new NbaError('INVALID_ARGUMENT', `--since: ${since} lies after today, ${dates.to}. Give the first game date to look at, for example ${dates.to}.`, { field: '--since' });
    await ensureTables(this.warehouse, this.registry);
    const lake = new LakeIndex(this.lake, now, wholeSeasons(dates));
    const schedules = new Map<DocumentProcessor, Schedule>();
    const [corrections, units, notLoaded]: [Correction[], RereadUnit[], NotLoaded[]] = [[], [], []];
    // In graph order: a schedule comes before the box scores that are read beside it.
    for (const processor of this.registry.processors) {
      if (processor.kind !== 'document') continue;
      const found = isSeasonal(processor) ? await this.findInSeasons(processor, dates, lake, schedules) : await this.findInDates(processor, dates, lake, schedules);
      corrections.push(...found.changes.map((change) => correctionOf(processor.table, change)));
      units.push(...found.units);
      if (found.notLoaded.length > 0) notLoaded.push({ table: tableId(processor.table), units: found.notLoaded });
    }
    return { dates, corrections: corrections.sort(byDateGamePlayer), units, notLoaded };
  }

  private async findInSeasons(processor: DocumentProcessor, dates: DateRange, lake: LakeIndex, schedules: Map<DocumentProcessor, Schedule>): Promise<Found> {
    const span = wholeSeasons(dates);
    const stored = await this.storedRows(processor.table, sql`game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)`, { from: span.from, to: span.to });
    const bySeason = groupedBy(stored, (row) => seasonOf(dateOf(row)));
    const records = await readStoredRecords(this.warehouse, processor, span);
    const candidates: Candidate[] = [];
    const notLoaded: Season[] = [];
    for (const season of seasonsIn(dates)) {
      const refs = await lake.documents(processor.documents, season);
      const record = records.get(seasonSpan(season).from);
      const schedule = bySeason.get(season) ?? [];
      if (refs.length === 0) continue;
      if (!record && schedule.length === 0) notLoaded.push(season);
      else if (record?.sourceDocuments !== sourceDocuments(refs)) candidates.push({ partition: season, refs, schedule, isExpected: true, newDocuments: newDocuments(refs, record) });
    }
    const isLookedAt = (row: Row | undefined): boolean => row !== undefined && isWithin(dateOf(row), dates);
    const reread = await this.reread(processor, candidates, bySeason, ({ before, after }) => isLookedAt(before) || isLookedAt(after));
    const unchanged = stored.filter((row) => !reread.rows.has(seasonOf(dateOf(row))));
    schedules.set(processor, { rows: [...unchanged, ...[...reread.rows.values()].flat()], changes: reread.changes });
    return { ...reread, notLoaded };
  }

  private async findInDates(processor: DocumentProcessor, dates: DateRange, lake: LakeIndex, schedules: ReadonlyMap<DocumentProcessor, Schedule>): Promise<Found> {
    const upstream = Object.values(processor.upstreams).find(({ processor: one }) => isSeasonal(one));
    const schedule = upstream && schedules.get(upstream.processor as DocumentProcessor);
    const columns = new Set([...IDENTITY, 'game_date', ...(upstream?.lookbacks ?? []).flatMap((lookback) => lookback.columns)]);
    const rescheduled = new Set((schedule?.changes ?? []).filter(({ values }) => values.some(({ column }) => columns.has(column)))
      .flatMap(({ before, after }) => [before, after].flatMap((row) => (row ? [dateOf(row)] : []))));
    const games = groupedBy(schedule?.rows ?? [], dateOf);
    const calendar = calendarOf(schedule?.rows ?? [], this.settings.gameTypes);
    const [records, counts] = [await readStoredRecords(this.warehouse, processor, dates), await countStored(this.warehouse, processor, dates)];

    const candidates: Candidate[] = [];
    const notLoaded: GameDate[] = [];
    for (const date of [...new Set([...calendar.dates(dates, processor.games), ...records.keys(), ...counts.keys()])].sort()) {
      const refs = await lake.documents(processor.documents, partitionOf(processor, date));
      const record = records.get(date);
      if (refs.length === 0) continue;
      if (!record && !counts.has(date)) notLoaded.push(date);
      else if (record?.sourceDocuments !== sourceDocuments(refs) || rescheduled.has(date)) {
        const isExpected = calendar.on(date, processor.games).length > 0;
        candidates.push({ partition: date, refs, schedule: games.get(date) ?? [], isExpected, newDocuments: newDocuments(refs, record) });
      }
    }
    const stored = await this.storedOnDates(processor.table, candidates.map(({ partition }) => partition));
    return { ...(await this.reread(processor, candidates, groupedBy(stored, dateOf), () => true)), notLoaded };
  }

  /** Reads the documents of the units and compares, one unit after the other in their order. @param counts whether a change is of interest */
  private async reread(processor: DocumentProcessor, candidates: readonly Candidate[], stored: ReadonlyMap<string, readonly Row[]>, counts: (change: RowChange) => boolean) {
    const context = { lake: this.lake, clock: this.clock, settings: this.settings };
    const outputs = await inParallel(candidates, WORKERS, async (candidate) =>
      // What the documents of a date say that has no games any more does not count: it is emptied.
      candidate.isExpected ? rereadDocuments(processor, candidate, context) : { rows: [], findings: [] });
    const rows = new Map<string, readonly Row[]>();
    const units: RereadUnit[] = [];
    const changes: RowChange[] = [];
    for (const [i, { partition, newDocuments }] of candidates.entries()) {
      const before = stored.get(partition) ?? [];
      const { rows: after = before, findings = [] } = outputs[i] ?? {};
      const own = compareRows(processor.table, before, after).filter(counts);
      rows.set(partition, after);
      units.push({ table: tableId(processor.table), unit: partition, newDocuments, rowsChanged: own.length, findings });
      changes.push(...own);
    }
    return { rows, units, changes };
  }

  /** One statement, however many dates there are. */
  private async storedOnDates(table: TableDefinition, dates: readonly string[]): Promise<readonly Row[]> {
    if (dates.length === 0) return [];
    const named = dates.map((_, i) => ({ text: `CAST(@date_${i} AS DATE)` }));
    return this.storedRows(table, sql`game_date IN (${joinSql(named)})`, Object.fromEntries(dates.map((date, i) => [`date_${i}`, date])));
  }

  private storedRows(table: TableDefinition, where: Sql, parameters: Parameters): Promise<readonly Row[]> {
    return this.warehouse.query(sql`SELECT ${columnList(columnNames(table))} FROM ${table} WHERE ${where} ORDER BY game_date, ${columnList(table.key)}`.text, parameters);
  }
}

const dateOf = (row: Row): GameDate => parseGameDate(String(row['game_date']));

/** The documents that a unit was not made from. */
function newDocuments(refs: readonly { readonly path: string }[], record: { readonly sourceDocuments: string | null } | undefined): string[] {
  const known = new Set((record?.sourceDocuments ?? '').split(','));
  return refs.map(({ path }) => path).filter((path) => !known.has(path));
}

function groupedBy<K extends string>(rows: readonly Row[], keyOf: (row: Row) => K): ReadonlyMap<K, readonly Row[]> {
  const groups = new Map<K, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
