import { type CompletionEvent, type EventBus, type GameDate, type Topic, seasonOf, seasonSpan, seasonsIn, tableId } from '@nba/kernel';
import type { Scope } from '@nba/schedule';
import type { Phase, Processor } from '../definition/processor';
import { type UnitOutcome, isComplete } from '../running/unit-outcome';

const TOPIC: Readonly<Record<Phase, Topic>> = {
  2: 'nba-phase2-raw-complete',
  3: 'nba-phase3-analytics-complete',
  4: 'nba-phase4-precompute-complete',
};

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
  private readonly requested = new Map<Phase, ReadonlySet<GameDate>>();

  constructor(private readonly bus: EventBus) {
    bus.subscribe(TOPIC[2], (event) => this.note(3, event));
    bus.subscribe(TOPIC[3], async (event) => {
      // Summaries are read by later dates of their own phase too: those that are stale run, those that wait wait in silence.
      await this.note(4, event);
      if (!event.skipDownstreamTrigger) this.request(3, event.gameDates);
    });
  }

  /** Publishes what a processor finished with new content; a run without new content triggers nothing. */
  async publish(processor: Processor, outcomes: readonly UnitOutcome[], correlationId: string, skipDownstreamTrigger: boolean): Promise<void> {
    const changed = outcomes.filter((outcome) => outcome.changes > 0 && (isComplete(outcome) || outcome.status === 'partial'));
    const first = changed[0];
    if (!first || skipDownstreamTrigger) return;
    await this.bus.publish({
      schemaVersion: 1,
      topic: TOPIC[processor.phase],
      processor: processor.name,
      phase: processor.phase,
      runId: first.runId,
      correlationId,
      gameDates: changed.map(({ date }) => date),
      outputTable: tableId(processor.table),
      status: changed.every(isComplete) ? 'success' : 'partial',
      rowCount: changed.reduce((rows, outcome) => rows + outcome.rows, 0),
      skipDownstreamTrigger,
    });
  }

  /**
   * Has a phase planned over a scope though no event asks for it: a run that ended between its rows and its events
   * left rows there that nobody will ever be told of again.
   */
  planAnyway(phase: Phase, { ranges }: Scope): void {
    const starts = ranges.flatMap((range) => [range.from, ...seasonsIn(range).slice(1).map((season) => seasonSpan(season).from)]);
    this.request(phase, starts);
  }

  private request(phase: Phase, dates: readonly GameDate[]): void {
    this.requested.set(phase, new Set([...(this.requested.get(phase) ?? []), ...dates]));
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

  private async note(phase: Phase, event: CompletionEvent): Promise<void> {
    if (event.skipDownstreamTrigger) return;
    const dates = this.changed.get(phase) ?? new Set<GameDate>();
    for (const date of event.gameDates) dates.add(date);
    this.changed.set(phase, dates);
  }
}

function untilSeasonEnds(dates: ReadonlySet<GameDate>): Scope {
  const seasons = [...new Set([...dates].map(seasonOf))].sort();
  const ranges = seasons.map((season) => ({
    from: [...dates].filter((date) => seasonOf(date) === season).sort()[0] as GameDate,
    to: seasonSpan(season).to,
  }));
  return { ranges, seasons, singleDates: false, label: `from ${ranges[0]?.from}` };
}
