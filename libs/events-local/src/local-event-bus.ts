import type { CompletionEvent, EventBus, Topic } from '@nba/kernel';

type Consume = (event: CompletionEvent) => Promise<void>;

/**
 * Events within one process: consumed one at a time, in the order of publication, each by every consumer
 * of its topic. Nothing outlives the process; the run history does, and whoever starts next plans from that.
 */
export class LocalEventBus implements EventBus {
  readonly consumers = 'here';
  private readonly subscribers = new Map<Topic, Consume[]>();
  private readonly queue: CompletionEvent[] = [];
  private working: Promise<void> | undefined;
  private faults: unknown[] = [];

  publish(event: CompletionEvent): Promise<void> {
    this.queue.push(event);
    this.working ??= this.work();
    return Promise.resolve();
  }

  subscribe(topic: Topic, consume: Consume): () => void {
    // A consumer of its own for each subscription, so that the same function may be subscribed twice.
    const consumer: Consume = (event) => consume(event);
    this.subscribers.set(topic, [...(this.subscribers.get(topic) ?? []), consumer]);
    return () => this.subscribers.set(topic, (this.subscribers.get(topic) ?? []).filter((one) => one !== consumer));
  }

  async drain(): Promise<void> {
    await this.working;
    const [first] = this.faults.splice(0);
    if (first !== undefined) throw first;
  }

  private async work(): Promise<void> {
    // A publisher goes on first: consumption begins after the current step.
    await Promise.resolve();
    for (let event = this.queue.shift(); event; event = this.queue.shift()) {
      for (const consume of this.subscribers.get(event.topic) ?? []) await this.deliver(event, consume);
    }
    this.working = undefined;
  }

  /** One consumer's fault keeps neither the others nor later events from being consumed. */
  private async deliver(event: CompletionEvent, consume: Consume): Promise<void> {
    try {
      await consume(event);
    } catch (fault) {
      this.faults.push(fault ?? new Error('A consumer failed without saying why'));
    }
  }
}
