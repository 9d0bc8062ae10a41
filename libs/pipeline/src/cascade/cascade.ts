import { type EventBus, NbaError, TOPICS, type Topic, parseCompletionEvent } from '@nba/kernel';
import { Agenda, type Triggered } from './agenda';
import type { DeadLetters } from './dead-letters';

/**
 * Finished units triggering the next phase within this process. An event means "something finished, plan again", so several
 * are answered once, and one that comes twice or late finds nothing to do.
 */
export class Cascade {
  private readonly agenda = new Agenda();
  private readonly subscriptions: readonly (() => void)[];

  constructor(
    private readonly bus: EventBus,
    private readonly deadLetters: Pick<DeadLetters, 'record'>,
  ) {
    this.subscriptions = [TOPICS[2], TOPICS[3]].map((topic) => bus.subscribe(topic, (message) => this.take(topic, message)));
  }

  /** The earliest phase that has been triggered since it was last taken; undefined when all is quiet. */
  async next(): Promise<Triggered | undefined> {
    await this.bus.drain();
    return this.agenda.take();
  }

  /** Takes up nothing more. */
  close(): void {
    for (const end of this.subscriptions) end();
  }

  /** A message that nobody can make sense of will not get better by being delivered again. */
  private async take(topic: Topic, message: unknown): Promise<void> {
    try {
      this.agenda.note(parseCompletionEvent(message));
    } catch (fault) {
      if (!(fault instanceof NbaError && fault.code === 'EVENT_INVALID')) throw fault;
      await this.deadLetters.record(topic, message, fault);
    }
  }
}
