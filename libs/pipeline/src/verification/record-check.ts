import { type DateRange, type GameDate, type Season, type Warehouse, seasonOf, seasonSpan, tableId, wholeSeasons } from '@nba/kernel';
import { type Phase, type Processor, isSeasonal } from '../definition/processor';
import { countStored, readStoredRecords } from './stored-record';

/** A unit whose stored rows are not those that the newest run to store any has recorded. */
export interface RecordDifference {
  readonly table: string;
  readonly processor: string;
  readonly phase: Phase;
  /** A game date, or of the schedule a season. */
  readonly unit: GameDate | Season;
  /** More or fewer rows than recorded, as many with other content (found only when hashes are recomputed), or rows that no run has recorded. */
  readonly kind: 'rows' | 'content' | 'unrecorded';
  /** Rows that were recorded; null when no run has. */
  readonly recorded: number | null;
  /** Rows that are stored. */
  readonly stored: number;
}

/** Where stored rows are counted, and their hashes recomputed. */
export type StoredRows = Pick<Warehouse, 'query' | 'readBack'>;

interface StoredUnit {
  readonly rows: number;
  /** Null where it has not been recomputed. */
  readonly hash: string | null;
}

/**
 * Compares what is stored with the record, in the order of the units: what has vanished, was edited or put there behind
 * the pipeline's back.
 * @param range of a schedule, the whole seasons that it touches
 * @param isDeep recompute content hashes too: an edit that leaves the number of rows is seen by them alone
 */
export async function checkRecord(processor: Processor, range: DateRange, warehouse: StoredRows, isDeep: boolean): Promise<RecordDifference[]> {
  const span = isSeasonal(processor) ? wholeSeasons(range) : range;
  const records = await readStoredRecords(warehouse, processor, span);
  const units = await storedUnits(processor, span, warehouse, isDeep);
  return [...new Set([...records.keys(), ...units.keys()])].sort().flatMap((date) => {
    const [record, unit] = [records.get(date), units.get(date) ?? { rows: 0, hash: null }];
    const kind = differenceOf(record, unit);
    if (!kind) return [];
    const { name, phase, table } = processor;
    return [{ table: tableId(table), processor: name, phase, unit: isSeasonal(processor) ? seasonOf(date) : date, kind, recorded: record?.rows ?? null, stored: unit.rows }];
  });
}

function differenceOf(record: { readonly rows: number; readonly hash: string | null } | undefined, unit: StoredUnit): RecordDifference['kind'] | undefined {
  if (!record) return 'unrecorded';
  if (record.rows !== unit.rows) return 'rows';
  return unit.hash !== null && record.hash !== unit.hash ? 'content' : undefined;
}

/** What is stored, by the date under which its unit is recorded. */
async function storedUnits(processor: Processor, range: DateRange, warehouse: StoredRows, isDeep: boolean): Promise<ReadonlyMap<GameDate, StoredUnit>> {
  const partitions = isDeep
    ? (await warehouse.readBack(processor.table, range)).map(({ date, rows, contentHash }) => ({ date, rows, hash: contentHash }))
    : [...(await countStored(warehouse, processor, range))].map(([date, rows]) => ({ date, rows, hash: null }));
  if (!isSeasonal(processor)) return new Map(partitions.map((partition) => [partition.date, partition]));
  const seasons = new Map<GameDate, StoredUnit>();
  for (const { date, rows, hash } of partitions) {
    const first = seasonSpan(seasonOf(date)).from;
    const before = seasons.get(first);
    // A season is recorded with the hashes of its partitions in date order, one after the other.
    seasons.set(first, { rows: rows + (before?.rows ?? 0), hash: hash === null ? null : (before?.hash ?? '') + hash });
  }
  return seasons;
}
