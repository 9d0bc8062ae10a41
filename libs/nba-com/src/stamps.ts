import type { Clock, DocumentRef } from '@nba/kernel';

/** The stamp of an instant, UTC: `20250127_060000`. Sorts as time does. */
export const stampOf = (instant: Date): string => instant.toISOString().slice(0, 19).replaceAll('-', '').replaceAll(':', '').replace('T', '_');

/** The stamp of now, which is newer than those of the documents: within the second of the newest of them it waits for the next. */
export async function freshStamp(clock: Clock, refs: readonly DocumentRef[]): Promise<string> {
  const newest = refs.reduce((last, { stamp }) => (stamp > last ? stamp : last), '');
  while (stampOf(clock.now()) <= newest) await clock.sleep(250);
  return stampOf(clock.now());
}
