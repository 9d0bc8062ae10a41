import { setTimeout } from 'node:timers/promises';
import { type CompletionEvent, type EventBus, TOPICS } from '@nba/kernel';
import { Issuer, PUSH } from './identity/issuer.fixture';
import { pushBody } from './push.fixture';

interface Message { readonly id: string; readonly topic: string; readonly data: unknown; attempts: number }

/** As a Pub/Sub subscription's dead-letter policy has it. */
const MOST_ATTEMPTS = 5;
/** Milliseconds before a message that was not taken comes again. */
const BACK_OFF_MS = 40;

/** Topics with push subscriptions, in memory: at least once, in no order, again after anything but 2xx, and put aside in the end. */
export class PushBroker implements EventBus {
  readonly consumers = 'elsewhere';
  readonly published: CompletionEvent[] = [];
  /** What was given up. */
  readonly dead: Message[] = [];
  /** How often each status was answered. */
  readonly statuses = new Map<number, number>();
  private readonly queue: Message[] = [];
  private inFlight = 0;
  private next = 1;

  /** @param draw a whole number below the given one */
  constructor(
    private readonly issuer: Issuer,
    private readonly draw: (below: number) => number,
  ) {}

  async publish(event: CompletionEvent): Promise<void> {
    this.published.push(event);
    this.add(event.topic, event);
    // Pub/Sub may deliver any message twice.
    if (this.draw(3) === 0) this.add(event.topic, event);
  }

  /** A message as anybody could publish it. */
  add(topic: string, data: unknown): void {
    this.queue.push({ id: String(this.next++), topic, data, attempts: 0 });
  }

  subscribe(): () => void {
    throw new Error('Nobody subscribes here: those who consume are elsewhere');
  }

  async drain(): Promise<void> {
    throw new Error('Nobody can wait for others by the bus');
  }

  /** Delivers until nothing is left, several at once, in any order. @param urlOf asked for each delivery: instances come and go */
  async deliverAll(urlOf: () => string, atOnce = 4): Promise<void> {
    while (this.queue.length > 0 || this.inFlight > 0) {
      while (this.queue.length > 0 && this.inFlight < atOnce) void this.deliver(this.queue.splice(this.draw(this.queue.length), 1)[0] as Message, urlOf());
      await setTimeout(5);
    }
  }

  private async deliver(message: Message, url: string): Promise<void> {
    this.inFlight++;
    message.attempts++;
    const status = await fetch(`${url}/events/${message.topic}`, {
      method: 'POST', body: pushBody(message.data, message.id, { deliveryAttempt: message.attempts }), headers: { authorization: this.issuer.bearer(PUSH), 'content-type': 'application/json' },
    }).then(async (answer) => (await answer.text(), answer.status), () => 0);
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    if (status < 200 || status > 299) {
      await setTimeout(BACK_OFF_MS);
      // A service that is gone has not had its attempt.
      if (status === 0 || status >= 500) this.queue.push(message);
      else if (message.attempts >= MOST_ATTEMPTS) this.dead.push(message);
      else this.queue.push(message);
    }
    this.inFlight--;
  }
}

/** Draws by a seed, the same every time. */
export function drawsFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

export const TOPIC = TOPICS[2];
