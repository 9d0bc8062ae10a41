import type { Clock } from '@nba/kernel';

/**
 * A clock for who records after somebody whose clock may have been ahead: another machine's, or a rehearsal's. The newest
 * record of a unit is the one with the latest start, so a start must not lie before what it follows.
 * @param records what there is of the table, with instants in ISO 8601
 * @returns the clock itself where it is past all of them; else one that goes on from two milliseconds after the newest,
 * since a run is dated a millisecond back when it begins
 */
export function clockAfter(clock: Clock, records: Iterable<{ readonly startedAt: string }>): Clock {
  let newest = '';
  for (const { startedAt } of records) if (startedAt > newest) newest = startedAt;
  const behindMs = newest ? Date.parse(newest) + 2 - clock.now().getTime() : 0;
  return behindMs <= 0 ? clock : { now: () => new Date(clock.now().getTime() + behindMs), sleep: (milliseconds) => clock.sleep(milliseconds) };
}
