import { type Attributes, type Context, SpanKind, context } from '@opentelemetry/api';
import type { CompletionEvent, EventBus, MessageAttributes, Topic } from '@nba/kernel';
import { instruments } from './instruments';
import { attributesOfTrace, contextOfMessage } from './message-context';
import { ATTRIBUTE } from './names';
import { inSpan } from './span';

const traced = new WeakMap<EventBus, EventBus>();

/** The bus with a span and a count for every event that is published or consumed. The same one for the same bus. */
export function tracedBus(bus: EventBus): EventBus {
  if (bus instanceof TracedBus) return bus;
  const known = traced.get(bus);
  if (known) return known;
  const made = new TracedBus(bus);
  traced.set(bus, made);
  return made;
}

class TracedBus implements EventBus {
  /** In which context an event was published, where it comes back as the same object. */
  private readonly publishedIn = new WeakMap<CompletionEvent, Context>();

  constructor(private readonly inner: EventBus) {}

  get consumers(): EventBus['consumers'] {
    return this.inner.consumers;
  }

  publish(event: CompletionEvent): Promise<void> {
    const called = this.called('publish', 'send', event.topic);
    instruments().eventsPublished.add(1, called);
    return inSpan({ name: `event publish ${event.topic}`, kind: SpanKind.PRODUCER, attributes: { ...called, ...eventAttributes(event) } }, () => {
      this.publishedIn.set(event, context.active());
      return this.inner.publish(event, attributesOfTrace());
    });
  }

  subscribe(topic: Topic, consume: (event: CompletionEvent, attributes?: MessageAttributes) => Promise<void>): () => void {
    const called = this.called('process', 'process', topic);
    return this.inner.subscribe(topic, (event, attributes) => {
      instruments().eventsConsumed.add(1, called);
      // Whatever comes is passed on: what is no event at all is for the consumer to refuse.
      const parent = contextOfMessage(attributes) ?? (isObject(event) ? this.publishedIn.get(event) : undefined);
      return inSpan({ name: `event process ${topic}`, kind: SpanKind.CONSUMER, attributes: { ...called, ...(isObject(event) && eventAttributes(event)) }, parent }, () => consume(event, attributes));
    });
  }

  drain(): Promise<void> {
    return this.inner.drain();
  }

  private called(operation: string, type: string, topic: Topic): Attributes {
    const system = this.consumers === 'here' ? 'in_process' : 'gcp_pubsub';
    return { [ATTRIBUTE.messaging]: system, [ATTRIBUTE.messagingOperation]: operation, [ATTRIBUTE.messagingOperationType]: type, [ATTRIBUTE.destination]: topic };
  }
}

const isObject = (event: unknown): boolean => typeof event === 'object' && event !== null;

function eventAttributes({ processor, phase, runId, correlationId, gameDates, rowCount }: CompletionEvent): Attributes {
  return {
    [ATTRIBUTE.processor]: processor, [ATTRIBUTE.phase]: phase, [ATTRIBUTE.runId]: runId, [ATTRIBUTE.correlationId]: correlationId,
    [ATTRIBUTE.from]: gameDates?.[0], [ATTRIBUTE.to]: gameDates?.at(-1), [ATTRIBUTE.rows]: rowCount,
  };
}
