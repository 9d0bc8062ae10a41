import type { GameDate } from './game-date';

export type Topic =
  | 'nba-phase2-raw-complete'
  | 'nba-phase3-analytics-complete'
  | 'nba-phase4-precompute-complete'
  | 'nba-phase5-prediction-request';

/** "Something finished: plan again". Made from a recorded run, never from an intention. */
export interface CompletionEvent {
  readonly schemaVersion: 1;
  readonly topic: Topic;
  readonly processor: string;
  readonly phase: number;
  readonly runId: string;
  readonly correlationId: string;
  readonly gameDates: readonly GameDate[];
  readonly outputTable: string;
  readonly status: string;
  readonly rowCount: number;
  readonly skipDownstreamTrigger: boolean;
}

/** Delivery is at least once and in no certain order, so every consumer must be idempotent. */
export interface EventBus {
  /** Resolves when the event is stored, not when it is consumed. */
  publish(event: CompletionEvent): Promise<void>;
  subscribe(topic: Topic, consume: (event: CompletionEvent) => Promise<void>): void;
  /** Resolves when everything published so far has been consumed; rejects with the first consumer's fault. */
  drain(): Promise<void>;
}
