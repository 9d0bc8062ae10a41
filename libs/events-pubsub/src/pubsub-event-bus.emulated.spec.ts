import { PubSub, type Message } from '@google-cloud/pubsub';
import { type CompletionEvent, TOPICS } from '@nba/kernel';
import { eventBusContract } from '@nba/testing';
import { completionEvent, PHASE2, PHASE3 } from './completion-event.fixture';
import { deadLetterSubscriptionOf, ensureTopics, PubSubEventBus, type PubSubEventBusOptions } from './index';

const host = process.env['PUBSUB_EMULATOR_HOST'];

(host ? describe : describe.skip)(`Pub/Sub, emulated${host ? '' : ' (skipped: PUBSUB_EMULATOR_HOST is not set; npm run emulated sets it)'}`, () => {
  const ends: (() => Promise<unknown>)[] = [];
  let projects = 0;
  let project: string;

  /** A project with the topics and nothing else: no test meets another's messages. */
  async function openBus(options: Partial<PubSubEventBusOptions> = {}): Promise<PubSubEventBus> {
    if (!options.project) {
      project = `nba-${process.pid}-${(projects += 1)}`;
      await ensureTopics({ project });
    }
    const bus = new PubSubEventBus({ project, drainTimeoutMs: 20_000, ...options });
    ends.push(() => bus.close());
    return bus;
  }
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  /** Everything that a subscription yields, raw. */
  function collect(subscription: string): Message[] {
    return take(subscription, (message) => message.ack());
  }
  /** Everything that a subscription yields, with what is done to each at once. */
  function take(name: string, answer: (message: Message) => void): Message[] {
    const client = new PubSub({ projectId: project });
    const messages: Message[] = [];
    const subscription = client.subscription(name).on('message', (message: Message) => {
      messages.push(message);
      answer(message);
    });
    ends.push(async () => {
      await subscription.close();
      await client.close();
    });
    return messages;
  }
  async function until(holds: () => boolean): Promise<void> {
    for (let i = 0; i < 400 && !holds(); i += 1) await new Promise((resolve) => setTimeout(resolve, 25));
    expect(holds()).toBe(true);
  }
  const publishRaw = async (data: string, topic: string = PHASE2) => {
    const client = new PubSub({ projectId: project });
    await client.topic(topic).publishMessage({ data: Buffer.from(data), attributes: { from: 'elsewhere' } });
    await client.close();
  };

  eventBusContract('PubSubEventBus', () => openBus());

  it('publishes what other subscribers can tell apart without reading it, in the order of a game date', async () => {
    const bus = await openBus();
    const messages = collect(`${PHASE2}.handler`);
    for (const runId of ['1', '2', '3']) await bus.publish(completionEvent(runId));
    await until(() => messages.length === 3);
    expect(messages.map(({ data }) => (JSON.parse(data.toString()) as CompletionEvent).runId)).toEqual(['1', '2', '3']);
    expect(messages[0]).toMatchObject({
      orderingKey: '2025-01-26', deliveryAttempt: 1, attributes: { schemaVersion: '1', topic: PHASE2, phase: '2', processor: 'NbacPlayerBoxscoreProcessor' },
    });
    expect(JSON.parse(String(messages[0]?.data))).toEqual(completionEvent('1'));
  });

  it('delivers again after a fault, and acknowledges after success', async () => {
    const bus = await openBus();
    const seen: string[] = [];
    bus.subscribe(PHASE2, async ({ runId }) => {
      seen.push(runId);
      if (seen.length < 3) throw new Error('not yet');
    });
    await bus.publish(completionEvent('1'));
    await expect(bus.drain()).rejects.toThrow('not yet');
    await until(() => seen.length === 3);
    await bus.publish(completionEvent('2'));
    await bus.drain();
    expect(seen).toEqual(['1', '1', '1', '2']);
  });

  it('keeps what nobody could consume as a dead letter, and goes on with what comes after it', async () => {
    const bus = await openBus();
    const dead = collect(deadLetterSubscriptionOf(PHASE2));
    const seen: string[] = [];
    bus.subscribe(PHASE2, async ({ runId }) => {
      seen.push(runId);
      if (runId === 'bad') throw new Error('never');
    });
    await bus.publish(completionEvent('bad'));
    await bus.publish(completionEvent('good'));
    await expect(bus.drain()).rejects.toThrow('never');
    await until(() => dead.length > 0);
    expect(seen).toEqual(['bad', 'bad', 'bad', 'bad', 'bad', 'good']);
    expect(dead.map(({ data }) => JSON.parse(data.toString()) as unknown)).toEqual([completionEvent('bad')]);
  });

  it.each([
    ['no JSON', 'poison', 'message'], ['another version', JSON.stringify({ ...completionEvent(), schemaVersion: 2 }), 'schemaVersion'],
    ['an event of another topic', JSON.stringify(completionEvent('1', { phase: 3, topic: PHASE3 })), 'topic'],
  ])('puts %s among the dead letters at once, with the reason, and hands it to nobody', async (_what, data, field) => {
    const bus = await openBus();
    const dead = collect(deadLetterSubscriptionOf(PHASE2));
    const seen: string[] = [];
    bus.subscribe(PHASE2, async ({ runId }) => { seen.push(runId); });
    await publishRaw(data);
    await bus.publish(completionEvent('good'));
    await bus.drain();
    await until(() => dead.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(dead.map((message) => message.data.toString())).toEqual([data]);
    expect(dead[0]?.attributes).toMatchObject({ from: 'elsewhere', refusedField: field, refusedReason: expect.stringContaining(field), refusedMessageId: expect.any(String) });
    expect(seen).toEqual(['good']);
  });

  it('gives a message that nobody waited for to the next process', async () => {
    const first = await openBus();
    await first.publish(completionEvent('1'));
    await first.close();
    const second = await openBus({ project });
    const seen: string[] = [];
    second.subscribe(PHASE2, async ({ runId }) => { seen.push(runId); });
    await until(() => seen.length > 0);
    await second.drain();
    expect(seen).toEqual(['1']);
  });

  it('ends what is being consumed before it closes', async () => {
    const bus = await openBus();
    const seen: string[] = [];
    bus.subscribe(PHASE2, async ({ runId }) => {
      seen.push(`${runId} begins`);
      await new Promise((resolve) => setTimeout(resolve, 300));
      seen.push(`${runId} ends`);
    });
    await bus.publish(completionEvent('1'));
    await until(() => seen.length === 1);
    await bus.close();
    expect(seen).toEqual(['1 begins', '1 ends']);
    const [next, again] = [await openBus({ project }), [] as string[]];
    next.subscribe(PHASE2, async ({ runId }) => { again.push(runId); });
    await next.publish(completionEvent('2'));
    await next.drain();
    expect(again).toEqual(['2']);
  });

  it('says when there is no topic, and publishes with the same key once there is one', async () => {
    project = `nba-${process.pid}-without-topics`;
    const bus = await openBus({ project });
    await expect(bus.publish(completionEvent('1'))).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', message: expect.stringContaining(PHASE2) });
    await ensureTopics({ project });
    await ensureTopics({ project });
    await bus.publish(completionEvent('2'));
  });

  it('says when there is no subscription, and does not wait for what cannot come', async () => {
    const bus = await openBus({ project: (await openBus(), project), consumer: 'nobody' });
    bus.subscribe(PHASE2, async () => undefined);
    await bus.publish(completionEvent('1'));
    await expect(bus.drain()).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', message: expect.stringContaining(`${PHASE2}.nobody`) });
  });

  it('does not wait for ever for a message that does not come back', async () => {
    const bus = await openBus({ drainTimeoutMs: 500 });
    // Another process holds the message before it; the order within a game date keeps the next one back.
    const held = take(`${PHASE2}.handler`, () => undefined);
    await bus.publish(completionEvent('1'));
    await until(() => held.length === 1);
    bus.subscribe(PHASE2, async () => undefined);
    await bus.publish(completionEvent('2'));
    await expect(bus.drain()).rejects.toMatchObject({ code: 'EVENTS_UNAVAILABLE', message: expect.stringContaining('1 messages published here have not come back') });
  });

  it('knows the topics of every phase', async () => {
    const bus = await openBus();
    for (const [phase, topic] of Object.entries(TOPICS)) await bus.publish(completionEvent('1', { phase: Number(phase) as CompletionEvent['phase'], topic }));
  });
});
