import type { Message, PubSub, Subscription, Topic as PubSubTopic } from '@google-cloud/pubsub';
import type { CompletionEvent, EventBus, MessageAttributes, Topic } from '@nba/kernel';
import { type Decoded, decodeEvent, refuse, type Refusal } from './decode-event';
import { deadLetterTopicOf, subscriptionOf } from './names';
import { openPubSub } from './open-pubsub';
import { busFault } from './pubsub-fault';
import { SettledMessages } from './settled-messages';

export interface PubSubEventBusOptions {
  readonly project: string;
  /** Whose subscriptions `subscribe` reads: `<topic>.<consumer>`. Default is `handler`. */
  readonly consumer?: string;
  /** How long a publication is tried. Default is 30 s. */
  readonly publishTimeoutMs?: number;
  /** How long `drain` waits for what was published here to come back. Default is 120 s. */
  readonly drainTimeoutMs?: number;
  /** How long `close`, and the end of a topic's last subscription, wait for what is being consumed. Default is 30 s. */
  readonly closeTimeoutMs?: number;
  /** How many messages of a topic are consumed at once. Default is 10. */
  readonly concurrency?: number;
}

type Consume = (event: CompletionEvent, attributes?: MessageAttributes) => Promise<void>;

interface Listening {
  readonly consumers: Set<Consume>;
  readonly subscription: Subscription;
  /** Nothing comes any more. */
  isBroken: boolean;
}

/**
 * Events through Google Cloud Pub/Sub. Publishing is ordered by the first game date. Consuming is by streaming pull: acknowledged
 * after every consumer here has succeeded, refused after a fault, so that it comes again and in the end goes to the dead letters.
 * A message that cannot be understood goes there at once, with the reason in its attributes: no delivery would make it better.
 * Topics and subscriptions must exist (Terraform makes them; `ensureTopics` for tests).
 */
export class PubSubEventBus implements EventBus {
  readonly consumers = 'elsewhere';
  private readonly library = openPubSub();
  private readonly client: PubSub;
  private readonly topics = new Map<string, PubSubTopic>();
  private readonly listening = new Map<Topic, Listening>();
  private readonly messages = new SettledMessages();
  private readonly publishing = new Set<Promise<unknown>>();
  private readonly closing = new Set<Promise<unknown>>();
  private readonly faults: unknown[] = [];
  private inFlight = 0;
  private readonly waiting: (() => void)[] = [];

  /** @throws NbaError PACKAGE_MISSING when `@google-cloud/pubsub` (5) is not installed */
  constructor(private readonly options: PubSubEventBusOptions) {
    this.client = new this.library.PubSub({ projectId: options.project });
  }

  /** @param attributes go along as the message's own, beside those that tell what it is */
  async publish(event: CompletionEvent, attributes: MessageAttributes = {}): Promise<void> {
    const stored = this.send(event.topic, Buffer.from(JSON.stringify(event)), event.gameDates[0], {
      ...attributes, schemaVersion: String(event.schemaVersion), topic: event.topic, phase: String(event.phase), processor: event.processor,
    });
    this.track(this.publishing, stored);
    const id = await stored;
    if (this.listening.get(event.topic)?.isBroken === false) this.messages.await(id, event.topic);
  }

  subscribe(topic: Topic, consume: Consume): () => void {
    const { consumers } = this.listening.get(topic) ?? this.listen(topic);
    // A consumer of its own for each subscription, so that the same function may be subscribed twice.
    const consumer: Consume = (event, attributes) => consume(event, attributes);
    consumers.add(consumer);
    return () => {
      if (consumers.delete(consumer) && consumers.size === 0) this.stopListening(topic);
    };
  }

  /**
   * Resolves when everything published here so far is stored, every message of it that has consumers here has come back and been
   * consumed once, and nothing is being consumed. Rejects with the first consumer's fault that has not been told yet; the message
   * comes again all the same. @throws NbaError EVENTS_UNAVAILABLE when a message does not come back in time, or the stream broke
   */
  async drain(): Promise<void> {
    const patience = AbortSignal.timeout(this.options.drainTimeoutMs ?? 120_000);
    patience.addEventListener('abort', () => this.wake());
    // Who publishes is told of a fault there; here only the end counts.
    while (this.publishing.size > 0) await Promise.allSettled(this.publishing);
    const isQuiet = () => this.inFlight === 0 && this.messages.isEmpty;
    while (!isQuiet() && !patience.aborted) await new Promise<void>((resolve) => this.waiting.push(resolve));
    const [first] = this.faults.splice(0);
    if (first !== undefined) throw first;
    if (!isQuiet()) throw busFault(new Error(`${this.messages.count} messages published here have not come back, ${this.inFlight} are being consumed`), 'A subscription', this.options.project);
  }

  /** Ends every subscription and connection; what is being consumed is ended and acknowledged first. */
  async close(): Promise<void> {
    for (const topic of [...this.listening.keys()]) this.stopListening(topic);
    await Promise.allSettled([...this.publishing, ...this.closing]);
    await this.client.close();
  }

  /** @returns the message's id, once Pub/Sub has stored it */
  private async send(topic: string, data: Buffer, orderingKey: string | undefined, attributes: Record<string, string>): Promise<string> {
    const publisher = this.publisherOf(topic);
    try {
      return await publisher.publishMessage({ data, attributes, ...(orderingKey && { orderingKey }) });
    } catch (fault) {
      // The client's rule: after a fault nothing else with the key is published until it is resumed. (5.3.1 happens to forget the fault.)
      if (orderingKey) publisher.resumePublishing(orderingKey);
      throw busFault(fault, `The topic ${topic}`, this.options.project);
    }
  }

  private publisherOf(topic: string): PubSubTopic {
    const totalTimeoutMillis = this.options.publishTimeoutMs ?? 30_000;
    const publisher = this.topics.get(topic) ?? this.client.topic(topic, {
      messageOrdering: true,
      // An event follows minutes of work: nobody waits for others to be sent along.
      batching: { maxMessages: 1 },
      // Which codes are tried again is the client's own; how long is ours.
      gaxOpts: { timeout: totalTimeoutMillis, retry: { backoffSettings: { ...BACKOFF, initialRpcTimeoutMillis: totalTimeoutMillis, maxRpcTimeoutMillis: totalTimeoutMillis, totalTimeoutMillis } } },
    });
    this.topics.set(topic, publisher);
    return publisher;
  }

  private listen(topic: Topic): Listening {
    const { Duration, SubscriptionCloseBehaviors } = this.library;
    const subscription = this.client.subscription(subscriptionOf(topic, this.options.consumer ?? 'handler'), {
      flowControl: { maxMessages: this.options.concurrency ?? 10, allowExcessMessages: false },
      // What has begun is ended and acknowledged; the client's own default gives it back.
      closeOptions: { behavior: SubscriptionCloseBehaviors.WaitForProcessing, timeout: Duration.from({ milliseconds: this.options.closeTimeoutMs ?? 30_000 }) },
    });
    const listening: Listening = { consumers: new Set<Consume>(), subscription, isBroken: false };
    this.listening.set(topic, listening);
    subscription.on('message', (message: Message) => {
      this.inFlight += 1;
      void this.handle(topic, listening.consumers, message).finally(() => {
        this.inFlight -= 1;
        this.wake();
      });
    });
    subscription.on('error', (fault: unknown) => {
      this.faults.push(busFault(fault, `The subscription ${subscription.name}`, this.options.project));
      listening.isBroken = true;
      this.messages.forget(topic);
      this.wake();
    });
    return listening;
  }

  private stopListening(topic: Topic): void {
    const listening = this.listening.get(topic);
    if (!listening) return;
    this.listening.delete(topic);
    this.messages.forget(topic);
    // Its faults have been told; closing a broken stream has nothing to add.
    this.track(this.closing, listening.subscription.close().catch(() => undefined));
    this.wake();
  }

  private async handle(topic: Topic, consumers: ReadonlySet<Consume>, message: Message): Promise<void> {
    const decoded = decodeFor(topic, message.data);
    const faults = 'refused' in decoded ? await this.bury(topic, message, decoded.refused) : await deliver(decoded.event, message.attributes, consumers);
    // Nobody listens any more: it is for whoever comes next.
    if (faults.length > 0 || consumers.size === 0) message.nack();
    else message.ack();
    if (this.messages.settle(message.id)) this.faults.push(...faults);
  }

  /** Publishes what cannot be understood to the dead letters. Where that fails, the subscription's own policy does it after some attempts. */
  private async bury(topic: Topic, message: Message, { field, reason }: Refusal): Promise<unknown[]> {
    try {
      await this.send(deadLetterTopicOf(topic), message.data, message.orderingKey, { ...message.attributes, refusedField: field, refusedReason: reason.slice(0, 1024), refusedMessageId: message.id });
      return [];
    } catch (fault) {
      return [fault];
    }
  }

  private track(promises: Set<Promise<unknown>>, one: Promise<unknown>): void {
    const settled = one.then(() => undefined, () => undefined).finally(() => promises.delete(settled));
    promises.add(settled);
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

const BACKOFF = { initialRetryDelayMillis: 100, retryDelayMultiplier: 2, maxRetryDelayMillis: 5000, rpcTimeoutMultiplier: 1 };

/** An event on a topic that is not its own is none of ours either. */
function decodeFor(topic: Topic, data: Buffer): Decoded {
  const decoded = decodeEvent(data);
  return 'event' in decoded && decoded.event.topic !== topic ? refuse('topic', `must be ${topic}, on which it came`, decoded.event.topic) : decoded;
}

/** One consumer's fault does not keep the others from being served. */
async function deliver(event: CompletionEvent, attributes: MessageAttributes, consumers: ReadonlySet<Consume>): Promise<unknown[]> {
  const faults: unknown[] = [];
  for (const consume of [...consumers]) {
    await consume(event, attributes).catch((fault: unknown) => faults.push(fault ?? new Error('A consumer failed without saying why')));
  }
  return faults;
}
