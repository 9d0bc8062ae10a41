import type { CompletionEvent, Topic } from './completion-event';

/** Delivery is at least once and in no certain order, so every consumer must be idempotent. */
export interface EventBus {
  /**
   * Who consumes what is published. `here`: subscribers in this process, and nothing outlives it. `elsewhere`: an event that
   * has been published is durable, and others react to it: the publisher has done its part.
   */
  readonly consumers: 'here' | 'elsewhere';
  /** Resolves when the event is stored, not when it is consumed. */
  publish(event: CompletionEvent): Promise<void>;
  /** @returns ends the subscription; what is published later is not delivered to it any more */
  subscribe(topic: Topic, consume: (event: CompletionEvent) => Promise<void>): () => void;
  /** Resolves when everything published so far has been consumed; rejects with the first consumer's fault. */
  drain(): Promise<void>;
}
