import { setTimeout } from 'node:timers/promises';
import type { Clock } from '@nba/kernel';

/** A rehearsal: starts at that instant and goes on from there. It must not stand still: the newest run of a unit is told by its time. */
export function clockStartingAt(instant: string): Clock {
  const ahead = Date.parse(instant) - Date.now();
  return {
    now: () => new Date(Date.now() + ahead),
    sleep: async (milliseconds) => { await setTimeout(milliseconds); },
  };
}
