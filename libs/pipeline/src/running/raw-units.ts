import { type Clock, type GameDate, type Row, type Season, type Warehouse, NbaError, columnList, columnNames, parseGameDate, sql } from '@nba/kernel';
import { inParallel } from './in-parallel';
import { readDocuments } from './read-documents';
import { type LakeIndex, sourceDocuments } from '../planning/lake-index';
import type { PlannedUnit } from '../planning/planned-unit';
import { documentsOf, partitionOf } from '../planning/planner';
import { type DocumentProcessor, type Finding, type PipelineSettings, type RawOutput, isSeasonal } from '../definition/processor';

export interface InterpretationContext {
  readonly warehouse: Warehouse;
  readonly lake: LakeIndex;
  readonly settings: PipelineSettings;
  /** Units whose documents are read at the same time. */
  readonly workers: number;
  readonly clock: Clock;
  /** From 0 to 1, for spacing attempts. */
  readonly random: () => number;
}

export interface InterpretedUnit extends PlannedUnit {
  readonly output: RawOutput;
  /** Every document that was looked at, as the history writes it. */
  readonly sourceDocuments: string | null;
  /** The schedule's games beside which they were read, all types and states; a season's unit is the schedule itself, and has what is stored of it. */
  readonly schedule: readonly Row[];
}

/** Reads the documents of some units and makes rows of them. Writes nothing. */
export async function interpretUnits(processor: DocumentProcessor, units: readonly PlannedUnit[], context: InterpretationContext): Promise<InterpretedUnit[]> {
  const schedule = await scheduleOf(processor, units, context.warehouse);
  return inParallel(units, context.workers, async (unit) => {
    const refs = await documentsOf(processor, unit.date, context);
    const partition = partitionOf(processor, unit.date);
    const looked = { ...unit, sourceDocuments: sourceDocuments(refs), schedule: schedule.get(partition) ?? [] };
    // The schedule expects nothing any more: what the documents of the date say about it does not count.
    if (unit.state.kind === 'to-be-emptied') return { ...looked, output: { rows: [], findings: [], sources: [] } };
    const documents = await readDocuments(refs, { ...context, lake: context.lake.lake });
    if (documents instanceof NbaError) return { ...looked, output: { rows: [], findings: [unreadable(documents)], sources: [] } };
    return { ...looked, output: processor.interpret({ partition, documents, schedule: looked.schedule, settings: context.settings }) };
  });
}

const unreadable = ({ code, message }: NbaError): Finding => ({ severity: 'error', code, message });

/** The stored schedule's games of the units, by partition. */
async function scheduleOf(processor: DocumentProcessor, units: readonly PlannedUnit[], warehouse: Warehouse): Promise<ReadonlyMap<GameDate | Season, Row[]>> {
  const games = new Map<GameDate | Season, Row[]>();
  const schedule = isSeasonal(processor) ? processor : Object.values(processor.upstreams)[0]?.processor;
  const [first, last] = [units[0], units.at(-1)];
  if (!schedule || !first || !last) return games;
  const { table } = schedule;
  const rows = await warehouse.query(
    sql`SELECT ${columnList(columnNames(table))} FROM ${table} WHERE game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) ORDER BY game_id`.text,
    { from: first.partitions.from, to: last.partitions.to },
  );
  for (const row of rows) {
    const partition = partitionOf(processor, parseGameDate(String(row['game_date'])));
    const known = games.get(partition);
    if (known) known.push(row);
    else games.set(partition, [row]);
  }
  return games;
}
