import type { CompletionEvent, Topic } from './completion-event';

/** What goes along with an event for those on its way, and says nothing about the event: the trace it belongs to. */
export type MessageAttributes = Readonly<Record<string, string>>;

/** Delivery is at least once and in no certain order, so every consumer must be idempotent. */
export interface EventBus {
  /**
   * Who consumes what is published. `here`: subscribers in this process, and nothing outlives it. `elsewhere`: an event that
   * has been published is durable, and others react to it: the publisher has done its part.
   */
  readonly consumers: 'here' | 'elsewhere';
  /**
   * Resolves when the event is stored, not when it is consumed.
   * @param attributes carried where the bus can carry them, and given back to the consumer; a bus within one process need not
   */
  publish(event: CompletionEvent, attributes?: MessageAttributes): Promise<void>;
  /** @returns ends the subscription; what is published later is not delivered to it any more */
  subscribe(topic: Topic, consume: (event: CompletionEvent, attributes?: MessageAttributes) => Promise<void>): () => void;
  /** Resolves when everything published so far has been consumed; rejects with the first consumer's fault. */
  drain(): Promise<void>;
}
