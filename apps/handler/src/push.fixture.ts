import { type CompletionEvent, TOPICS } from '@nba/kernel';

/** An event as a phase's runs publish it. */
export function eventOn(dates: readonly string[], over: Partial<Record<keyof CompletionEvent, unknown>> = {}): CompletionEvent {
  return {
    schemaVersion: 1, topic: TOPICS[2], phase: 2, processor: 'NbacPlayerBoxscoreProcessor', runId: `run-${dates[0]}`, correlationId: 'correlation', gameDates: dates,
    outputTable: 'nba_raw.nbac_player_boxscore', status: 'success', rowCount: 100, skipDownstreamTrigger: false, ...over,
  } as unknown as CompletionEvent;
}

/** A push request's body around anything. */
export function pushBody(data: unknown, messageId = '1', over: Readonly<Record<string, unknown>> = {}): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return JSON.stringify({
    message: { data: Buffer.from(text).toString('base64'), messageId, publishTime: '2025-01-27T11:00:00Z', attributes: {} },
    subscription: 'projects/p/subscriptions/nba-phase2-raw-complete.handler', deliveryAttempt: 1, ...over,
  });
}
