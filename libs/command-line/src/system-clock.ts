import { setTimeout } from 'node:timers/promises';
import { type Clock, NbaError } from '@nba/kernel';

/** The machine's clock. */
export function systemClock(): Clock {
  return { now: () => new Date(), sleep: async (milliseconds) => setTimeout(milliseconds) };
}

/**
 * A clock for a rehearsal: it says `instant` now, and goes on from there. Lake documents stamped later do not exist yet.
 * @throws NbaError INVALID_ARGUMENT when the text is no instant
 */
export function rehearsalClock(instant: string, clock: Clock): Clock {
  const start = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/.test(instant) ? Date.parse(instant) : NaN;
  // What rolls over, as 30 February does, is no instant either.
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== instant.slice(0, 10)) {
    throw new NbaError('INVALID_ARGUMENT', `--now (NBA_NOW): "${instant}" is no instant. Write it in UTC, for example 2025-01-27T11:00:00Z.`, { field: '--now' });
  }
  const began = clock.now().getTime();
  return { now: () => new Date(start + clock.now().getTime() - began), sleep: (milliseconds) => clock.sleep(milliseconds) };
}
