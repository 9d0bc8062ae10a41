import { type Clock, type DocumentRef, type GameDate, type RawLake, type Row, type Season, NbaError } from '@nba/kernel';
import type { DocumentProcessor, PipelineSettings, RawOutput } from '../definition/processor';
import { readDocuments } from '../running/read-documents';

export interface RereadContext {
  readonly lake: RawLake;
  readonly clock: Clock;
  readonly settings: PipelineSettings;
}

/** One unit's documents, and the schedule beside which they are to be understood. */
export interface RereadInput {
  readonly partition: GameDate | Season;
  readonly refs: readonly DocumentRef[];
  readonly schedule: readonly Row[];
}

/**
 * What a load of the unit would store now, and nothing when it would leave what is stored alone: nothing could be used,
 * or a document could not be read at all. Warnings are findings, too: one may say that a newer version is not used.
 */
export async function rereadDocuments(processor: DocumentProcessor, { partition, refs, schedule }: RereadInput, context: RereadContext): Promise<{ readonly rows: readonly Row[] | undefined; readonly findings: RawOutput['findings'] }> {
  const documents = await readDocuments(refs, { ...context, random: Math.random });
  if (documents instanceof NbaError) return { rows: undefined, findings: [{ severity: 'error', code: documents.code, message: documents.message }] };
  const output = processor.interpret({ partition, documents, schedule, settings: context.settings });
  const isUnusable = output.rows.length === 0 && output.findings.some(({ severity }) => severity === 'error');
  return { rows: isUnusable ? undefined : output.rows, findings: output.findings };
}
