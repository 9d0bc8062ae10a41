import type { CompletionEvent, EventBus } from '@nba/kernel';

/** A bus whose consumers are elsewhere: it keeps what is published until a spec delivers it. */
export class ElsewhereBus implements EventBus {
  readonly consumers = 'elsewhere';
  readonly published: CompletionEvent[] = [];
  /** What has been published and not been delivered. */
  readonly waiting: CompletionEvent[] = [];

  async publish(event: CompletionEvent): Promise<void> {
    this.published.push(event);
    this.waiting.push(event);
  }

  subscribe(): () => void {
    throw new Error('Nobody subscribes here: those who consume are elsewhere');
  }

  async drain(): Promise<void> {
    throw new Error('Nobody can wait for others by the bus');
  }
}
