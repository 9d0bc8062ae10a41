import { type CompletionEvent, type GameDate, seasonOf, seasonSpan } from '@nba/kernel';
import type { Scope } from '@nba/schedule';
import type { Phase } from '../definition/processor';
import { triggeredBy } from './triggered-by';

/** A phase to plan again, because something it reads has changed. */
export interface Triggered {
  readonly phase: Phase;
  /** From the first date concerned to the season's end: later dates look back at it. */
  readonly scope: Scope;
  /** The changed dates themselves: what is blocked on these is told, what waits elsewhere for other reasons is not. */
  readonly dates: ReadonlySet<GameDate>;
}

/** What several events trigger, put together: each phase is to be planned once, whatever number of events ask for it. */
export class Agenda {
  private readonly named = new Map<Phase, Set<GameDate>>();
  private readonly concerned = new Map<Phase, Set<GameDate>>();

  note(event: CompletionEvent): void {
    for (const { phase, dates, isNamed } of triggeredBy(event)) {
      for (const date of dates) {
        add(this.concerned, phase, date);
        if (isNamed) add(this.named, phase, date);
      }
    }
  }

  /** Takes the earliest phase that is on it; undefined when nothing is. */
  take(): Triggered | undefined {
    const phase = [...this.concerned.keys()].sort()[0];
    if (!phase) return undefined;
    const triggered = { phase, dates: this.named.get(phase) ?? new Set<GameDate>(), scope: untilSeasonEnds(this.concerned.get(phase) ?? new Set()) };
    this.named.delete(phase);
    this.concerned.delete(phase);
    return triggered;
  }

  /** Takes everything, in the order of the phases. */
  takeAll(): Triggered[] {
    const all: Triggered[] = [];
    for (let next = this.take(); next; next = this.take()) all.push(next);
    return all;
  }
}

/** What some events trigger, in the order of the phases. */
export function agendaOf(events: readonly CompletionEvent[]): Triggered[] {
  const agenda = new Agenda();
  for (const event of events) agenda.note(event);
  return agenda.takeAll();
}

function add(lists: Map<Phase, Set<GameDate>>, phase: Phase, date: GameDate): void {
  lists.set(phase, (lists.get(phase) ?? new Set()).add(date));
}

function untilSeasonEnds(dates: ReadonlySet<GameDate>): Scope {
  const seasons = [...new Set([...dates].map(seasonOf))].sort();
  const ranges = seasons.map((season) => ({
    from: [...dates].filter((date) => seasonOf(date) === season).sort()[0] as GameDate,
    to: seasonSpan(season).to,
  }));
  return { ranges, seasons, singleDates: false, label: `from ${ranges[0]?.from}` };
}
