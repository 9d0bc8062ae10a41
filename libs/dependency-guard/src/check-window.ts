import { type GameDate, type Lookback, describeReach } from '@nba/kernel';
import { type GameCalendar, resolveWindow } from '@nba/schedule';
import type { BlockedReason, Verdict } from './verdict';

/** One upstream of a unit as the guard sees it. */
export interface GuardedUpstream {
  /** `dataset.table`. */
  readonly table: string;
  /** The processor that fills it, as in `NbacPlayerBoxscoreProcessor`. */
  readonly processor: string;
  readonly lookbacks: readonly Lookback[];
  /** Dates on which the table should have rows and is not complete. */
  readonly holes: ReadonlySet<GameDate>;
}

/**
 * Whether the unit of a date may run: blocked when a blocking window holds a hole; holes in informing windows are
 * told as coverage. A window is made of games, so off-days, opening night and the first weeks block nothing.
 */
export function checkWindow(date: GameDate, upstreams: readonly GuardedUpstream[], calendar: GameCalendar): Verdict {
  const reasons: BlockedReason[] = [];
  const gaps: string[] = [];
  for (const { table, processor, lookbacks, holes } of upstreams) {
    if (holes.size === 0) continue;
    for (const { reach, effect } of lookbacks) {
      const window = [...new Set(resolveWindow(reach, date, calendar).map((game) => game.date))];
      const missingDates = window.filter((one) => holes.has(one));
      if (missingDates.length === 0) continue;
      if (effect === 'blocks') reasons.push({ table, processor, reach, missingDates });
      else gaps.push(`${table}, ${describeReach(reach)}: ${window.length - missingDates.length} of ${window.length} dates (without ${missingDates.join(', ')})`);
    }
  }
  const coverageGaps = gaps.length > 0 ? gaps.join('; ') : null;
  return reasons.length > 0 ? { kind: 'blocked', reasons, coverageGaps } : { kind: 'clear', coverageGaps };
}
