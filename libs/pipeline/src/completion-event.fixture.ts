import { type CompletionEvent, type GameDate, TOPICS, tableId } from '@nba/kernel';
import type { Processor } from './definition/processor';

/** The event of a run of some dates of a processor that ended well. */
export function completionOf(processor: Processor, dates: readonly string[], over: Partial<CompletionEvent> = {}): CompletionEvent {
  return {
    schemaVersion: 1, topic: TOPICS[processor.phase], processor: processor.name, phase: processor.phase, runId: `run-${dates[0]}`, correlationId: 'correlation',
    gameDates: dates as readonly GameDate[], outputTable: tableId(processor.table), status: 'success', rowCount: 4 * dates.length, skipDownstreamTrigger: false, ...over,
  };
}
