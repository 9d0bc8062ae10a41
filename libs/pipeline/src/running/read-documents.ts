import { type Clock, type DocumentRef, NbaError, type RawLake } from '@nba/kernel';
import type { LakeDocument } from '../definition/processor';
import { withAttempts } from './attempts';

export interface ReadingContext {
  readonly lake: Pick<RawLake, 'read'>;
  readonly clock: Clock;
  /** From 0 to 1, for spacing attempts. */
  readonly random: () => number;
}

/** The documents with their texts, or why one of them cannot be read: that is its unit's fault and no other's. */
export async function readDocuments(refs: readonly DocumentRef[], { lake, clock, random }: ReadingContext): Promise<LakeDocument[] | NbaError> {
  try {
    return await Promise.all(refs.map(async (ref) => ({ ref, text: await withAttempts(clock, random, () => lake.read(ref)) })));
  } catch (fault) {
    if (fault instanceof NbaError) return fault;
    throw fault;
  }
}
