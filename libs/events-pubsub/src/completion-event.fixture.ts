import { type CompletionEvent, type Topic, TOPICS, parseGameDate } from '@nba/kernel';

export const PHASE2: Topic = TOPICS[2];
export const PHASE3: Topic = TOPICS[3];

/** A completion event of 26 January 2025. */
export const completionEvent = (runId = 'run-1', changes: Partial<CompletionEvent> = {}): CompletionEvent => ({
  schemaVersion: 1, topic: PHASE2, processor: 'NbacPlayerBoxscoreProcessor', phase: 2, runId, correlationId: 'c1', gameDates: [parseGameDate('2025-01-26')],
  outputTable: 'nba_raw.nbac_player_boxscore', status: 'success', rowCount: 300, skipDownstreamTrigger: false, ...changes,
});
