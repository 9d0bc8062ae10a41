import { type GameDate, type Lookback, describeReach } from '@nba/kernel';
import { type GameCalendar, resolveWindow } from '@nba/schedule';
import type { BlockedReason, Hole, HoleReason, MissingGame, Verdict, Window } from './verdict';

/** One upstream of a unit as the guard sees it. */
export interface GuardedUpstream {
  /** `dataset.table`. */
  readonly table: string;
  /** The processor that fills it, as in `NbacPlayerBoxscoreProcessor`. */
  readonly processor: string;
  readonly phase: number;
  readonly lookbacks: readonly Lookback[];
  /** Dates on which the table should have rows and is not complete, and what is known of each. */
  readonly holes: ReadonlyMap<GameDate, Hole>;
  /** What the table lacks on a date, game by game; nobody looks unless the date blocks. */
  readonly missingGames?: (date: GameDate) => readonly MissingGame[];
}

/**
 * Whether the unit of a date may run: blocked when a blocking window holds a hole; holes in informing windows are
 * told as coverage. A window is made of games, so off-days, opening night and the first weeks block nothing.
 */
export function checkWindow(date: GameDate, upstreams: readonly GuardedUpstream[], calendar: GameCalendar): Verdict {
  const reasons: BlockedReason[] = [];
  const gaps: string[] = [];
  for (const upstream of upstreams) {
    const { table, lookbacks, holes } = upstream;
    if (holes.size === 0) continue;
    for (const { reach, effect } of lookbacks) {
      const window = [...new Set(resolveWindow(reach, date, calendar).map((game) => game.date))];
      const missingDates = window.filter((one) => holes.has(one));
      if (missingDates.length === 0) continue;
      if (effect === 'blocks') reasons.push(...reasonsFor(upstream, reach, missingDates));
      else gaps.push(`${table}, ${describeReach(reach)}: ${window.length - missingDates.length} of ${window.length} dates (without ${missingDates.join(', ')})`);
    }
  }
  return verdict(reasons, gaps);
}

/**
 * What strict mode adds on single dates, as the strategy document has it: an upstream that is looked back at and whose
 * recorded run at the game date before did not end well blocks, whether or not a team of that date plays today.
 */
export function checkPreviousGameDate(date: GameDate, upstreams: readonly GuardedUpstream[], calendar: GameCalendar): Verdict {
  const previous = findPreviousGameDates(date, calendar);
  const reasons = upstreams
    .filter(({ lookbacks }) => lookbacks.some(({ reach }) => reach.kind !== 'same-date'))
    .flatMap((upstream) => reasonsFor(upstream, { kind: 'previous-game-date' }, previous.filter((one) => upstream.holes.get(one)?.recorded)));
  return verdict(reasons, []);
}

/**
 * The last date of the season with a played game before the date, and those since whose games are on the calendar only:
 * they were postponed, or the schedule is older than they are. None on opening night.
 */
export function findPreviousGameDates(date: GameDate, calendar: GameCalendar): readonly GameDate[] {
  const before = calendar.datesBefore(date);
  const lastPlayed = before.map((one) => calendar.on(one, 'final').length > 0).lastIndexOf(true);
  return before.slice(Math.max(0, lastPlayed));
}

/** Both verdicts in one: a date that two windows hold is told once for each upstream and kind. */
export function bothVerdicts(first: Verdict, second: Verdict): Verdict {
  const known = reasonsOf(first);
  const told = (one: BlockedReason): boolean =>
    isHoleReason(one) && known.some((other) => isHoleReason(other) && other.kind === one.kind && other.table === one.table && one.missingDates.every((date) => other.missingDates.includes(date)));
  const gaps = [first.coverageGaps, second.coverageGaps].filter((one) => one !== null);
  return verdict([...known, ...reasonsOf(second).filter((one) => !told(one))], gaps);
}

/** What blocks; nothing when the verdict is clear. */
const reasonsOf = (verdict: Verdict): readonly BlockedReason[] => (verdict.kind === 'blocked' ? verdict.reasons : []);

/** Whether the reason lies in an upstream's holes. */
export const isHoleReason = (reason: BlockedReason): reason is HoleReason => 'missingDates' in reason;

function verdict(reasons: readonly BlockedReason[], gaps: readonly string[]): Verdict {
  const coverageGaps = gaps.length > 0 ? gaps.join('; ') : null;
  return reasons.length > 0 ? { kind: 'blocked', reasons, coverageGaps } : { kind: 'clear', coverageGaps };
}

/** One reason for each way in which dates of a window are holes. */
function reasonsFor({ table, processor, phase, holes, missingGames }: GuardedUpstream, window: Window, missingDates: readonly GameDate[]): HoleReason[] {
  const byCause = new Map<string, { readonly kind: HoleReason['kind']; readonly detail: string; readonly dates: GameDate[] }>();
  for (const date of missingDates) {
    const cause = causeOf(holes.get(date));
    const known = byCause.get(cause.kind + cause.detail);
    if (known) known.dates.push(date);
    else byCause.set(cause.kind + cause.detail, { ...cause, dates: [date] });
  }
  return [...byCause.values()].map(({ kind, detail, dates }) => ({
    kind, table, processor, phase, window, detail, missingDates: dates, missingGames: dates.flatMap((date) => missingGames?.(date) ?? []),
  }));
}

function causeOf(hole: Hole | undefined): { readonly kind: HoleReason['kind']; readonly detail: string } {
  if (!hole?.recorded) return { kind: 'data-gaps', detail: '' };
  if (hole.recorded !== 'running') return { kind: 'upstream-failure', detail: hole.recorded };
  return hole.runningBy ? { kind: 'upstream-running', detail: hole.runningBy } : { kind: 'upstream-failure', detail: 'died while running' };
}
