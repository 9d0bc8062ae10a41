import { type Row, type Warehouse, sql, columnList, columnNames } from '@nba/kernel';
import { inParallel } from './in-parallel';
import type { LakeIndex } from './lake-index';
import type { PlannedUnit } from './planned-unit';
import { documentsOf, partitionOf } from './planner';
import type { DocumentProcessor, PipelineSettings, RawOutput } from './processor';

export interface InterpretationContext {
  readonly warehouse: Warehouse;
  readonly lake: LakeIndex;
  readonly settings: PipelineSettings;
  /** Units whose documents are read at the same time. */
  readonly workers: number;
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
    const documents = await Promise.all(refs.map(async (ref) => ({ ref, text: await context.lake.lake.read(ref) })));
    const partition = partitionOf(processor, unit.date);
    const output = processor.interpret({ partition, documents, schedule: schedule.get(unit.date) ?? [], settings: context.settings });
    return { ...unit, output, considered: refs.map((ref) => ref.path) };
  });
}

/** The schedule's games of the units' dates, all types and states, by date; nothing for the schedule itself. */
async function scheduleOf(processor: DocumentProcessor, units: readonly PlannedUnit[], warehouse: Warehouse): Promise<ReadonlyMap<string, Row[]>> {
  const games = new Map<string, Row[]>();
  const upstream = Object.values(processor.upstreams)[0];
  const [first, last] = [units[0], units.at(-1)];
  if (!upstream || !first || !last) return games;
  const { table } = upstream.processor;
  const rows = await warehouse.query(
    sql`SELECT ${columnList(columnNames(table))} FROM ${table} WHERE game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) ORDER BY game_id`.text,
    { from: first.partitions.from, to: last.partitions.to },
  );
  for (const row of rows) {
    const date = String(row['game_date']);
    games.set(date, [...(games.get(date) ?? []), row]);
  }
  return games;
}
