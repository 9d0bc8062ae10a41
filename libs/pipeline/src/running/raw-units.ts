import { type Clock, type GameDate, type Row, type Season, type Warehouse, NbaError, columnList, columnNames, parseGameDate, sql } from '@nba/kernel';
import { inParallel } from './in-parallel';
import { readDocuments } from './read-documents';
import type { LakeIndex } from '../planning/lake-index';
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
  /** Paths of every document that was looked at. */
  readonly considered: readonly string[];
}

/** Reads the documents of some units and makes rows of them. Writes nothing. */
export async function interpretUnits(processor: DocumentProcessor, units: readonly PlannedUnit[], context: InterpretationContext): Promise<InterpretedUnit[]> {
  const schedule = await scheduleOf(processor, units, context.warehouse);
  return inParallel(units, context.workers, async (unit) => {
    const refs = await documentsOf(processor, unit.date, context);
    const considered = refs.map((ref) => ref.path);
    // The schedule expects nothing any more: what the documents of the date say about it does not count.
    if (unit.state.kind === 'to-be-emptied') return { ...unit, considered, output: { rows: [], findings: [], sources: [] } };
    const documents = await readDocuments(refs, { ...context, lake: context.lake.lake });
    if (documents instanceof NbaError) return { ...unit, considered, output: { rows: [], findings: [unreadable(documents)], sources: [] } };
    const partition = partitionOf(processor, unit.date);
    const output = processor.interpret({ partition, documents, schedule: schedule.get(partition) ?? [], settings: context.settings });
    return { ...unit, considered, output };
  });
}

const unreadable = ({ code, message }: NbaError): Finding => ({ severity: 'error', code, message });

/** The schedule's games of the units, all types and states, by partition; a season's unit is the schedule itself, and gets what it has stored. */
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
