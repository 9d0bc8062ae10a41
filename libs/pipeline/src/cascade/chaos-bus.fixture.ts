import type { CompletionEvent, EventBus, Topic } from '@nba/kernel';

/** What a bus may do to an event. `late`: it is delivered at a later drain, perhaps in a later run. */
const FATES = ['once', 'once', 'twice', 'late', 'late twice', 'lost'] as const;

interface Waiting {
  readonly event: CompletionEvent;
  /** Drains to sit out before it is delivered. */
  rest: number;
}

/** A bus that keeps no order, delivers again, delivers late, and loses events: by a list of draws, over and over. */
export class ChaosBus implements EventBus {
  readonly consumers = 'here';
  readonly published: CompletionEvent[] = [];
  /** How many events met with each fate. */
  readonly fates = new Map<string, number>();
  private waiting: Waiting[] = [];
  private readonly subscribers: { readonly topic: Topic; readonly consume: (event: CompletionEvent) => Promise<void> }[] = [];
  private drawn = 0;

  /** @param draws whole numbers from 0; every decision takes the next one */
  constructor(private readonly draws: readonly number[]) {}

  async publish(event: CompletionEvent): Promise<void> {
    this.published.push(event);
    const fate = FATES[this.draw() % FATES.length] as (typeof FATES)[number];
    this.fates.set(fate, (this.fates.get(fate) ?? 0) + 1);
    if (fate === 'lost') return;
    const copies = fate.endsWith('twice') ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) this.waiting.push({ event, rest: fate.startsWith('late') ? 1 + (this.draw() % 6) : 0 });
  }

  subscribe(topic: Topic, consume: (event: CompletionEvent) => Promise<void>): () => void {
    const consumer = { topic, consume };
    this.subscribers.push(consumer);
    return () => void this.subscribers.splice(this.subscribers.indexOf(consumer), 1);
  }

  async drain(): Promise<void> {
    const due = this.waiting.filter(({ rest }) => rest === 0);
    this.waiting = this.waiting.filter(({ rest }) => rest > 0).map(({ event, rest }) => ({ event, rest: rest - 1 }));
    while (due.length > 0) {
      const [next] = due.splice(this.draw() % due.length, 1);
      for (const { topic, consume } of this.subscribers.filter((one) => one.topic === next?.event.topic)) {
        if (next && topic === next.event.topic) await consume(next.event);
      }
    }
  }

  private draw(): number {
    return this.draws[this.drawn++ % this.draws.length] as number;
  }
}
