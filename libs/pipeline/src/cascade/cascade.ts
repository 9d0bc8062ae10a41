import { type CompletionEvent, type EventBus, type GameDate, NbaError, TOPICS, parseCompletionEvent, seasonOf, seasonSpan } from '@nba/kernel';
import type { Scope } from '@nba/schedule';
import type { Phase } from '../definition/processor';
import type { DeadLetters } from './dead-letters';

/** A phase to plan again, because something it reads has changed. */
export interface Triggered {
  readonly phase: Phase;
  /** From the first date concerned to the season's end: later dates look back at it. */
  readonly scope: Scope;
  /** The changed dates themselves: what is blocked on these is told, what waits elsewhere for other reasons is not. */
  readonly dates: ReadonlySet<GameDate>;
}

/**
 * Finished units triggering the next phase. An event means "something finished, plan again", so several are answered
 * once, and one that comes twice or late finds nothing to do.
 */
export class Cascade {
  private readonly changed = new Map<Phase, Set<GameDate>>();
  private readonly requested = new Map<Phase, Set<GameDate>>();
  private readonly subscriptions: readonly (() => void)[];

  constructor(
    private readonly bus: EventBus,
    private readonly deadLetters: Pick<DeadLetters, 'record'>,
  ) {
    this.subscriptions = [
      bus.subscribe(TOPICS[2], (message) => this.take(TOPICS[2], message, ({ gameDates }) => note(this.changed, 3, gameDates))),
      bus.subscribe(TOPICS[3], (message) => this.take(TOPICS[3], message, ({ gameDates }) => {
        // Summaries are read by later dates of their own phase too: those that are stale run, those that wait wait in silence.
        note(this.changed, 4, gameDates);
        note(this.requested, 3, gameDates);
      })),
    ];
  }

  /** The earliest phase that has been triggered since it was last taken; undefined when all is quiet. */
  async next(): Promise<Triggered | undefined> {
    await this.bus.drain();
    const phase = [...this.changed.keys(), ...this.requested.keys()].sort()[0];
    if (!phase) return undefined;
    const dates = this.changed.get(phase) ?? new Set<GameDate>();
    const scope = untilSeasonEnds(new Set([...dates, ...(this.requested.get(phase) ?? [])]));
    this.changed.delete(phase);
    this.requested.delete(phase);
    return { phase, dates, scope };
  }

  /** Takes up nothing more. */
  close(): void {
    for (const end of this.subscriptions) end();
  }

  /** A message that nobody can make sense of will not get better by being delivered again. */
  private async take(topic: string, message: unknown, use: (event: CompletionEvent) => void): Promise<void> {
    try {
      const event = parseCompletionEvent(message);
      if (!event.skipDownstreamTrigger) use(event);
    } catch (fault) {
      if (!(fault instanceof NbaError && fault.code === 'EVENT_INVALID')) throw fault;
      await this.deadLetters.record(topic, message, fault);
    }
  }
}

function note(lists: Map<Phase, Set<GameDate>>, phase: Phase, dates: readonly GameDate[]): void {
  const known = lists.get(phase) ?? new Set<GameDate>();
  for (const date of dates) known.add(date);
  lists.set(phase, known);
}

function untilSeasonEnds(dates: ReadonlySet<GameDate>): Scope {
  const seasons = [...new Set([...dates].map(seasonOf))].sort();
  const ranges = seasons.map((season) => ({
    from: [...dates].filter((date) => seasonOf(date) === season).sort()[0] as GameDate,
    to: seasonSpan(season).to,
  }));
  return { ranges, seasons, singleDates: false, label: `from ${ranges[0]?.from}` };
}
