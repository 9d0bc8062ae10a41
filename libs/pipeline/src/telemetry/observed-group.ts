import { type Attributes, type Span, trace } from '@opentelemetry/api';
import { reasonCode } from '@nba/dependency-guard';
import { tableId } from '@nba/kernel';
import type { Processor } from '../definition/processor';
import type { RunSurroundings, StartedRun } from '../running/run';
import type { UnitOutcome } from '../running/unit-outcome';
import { instruments } from './instruments';
import { ATTRIBUTE } from './names';
import { inSpan, markFailed } from './span';
import { secondsSince } from './traced-warehouse';

/** Runs a group of units within a span of its own, and tells those who follow the runs how it ended. */
export async function observeGroup(processor: Processor, { run, units }: StartedRun, { correlationId }: RunSurroundings, work: () => Promise<UnitOutcome[]>): Promise<UnitOutcome[]> {
  const started = performance.now();
  const attributes: Attributes = {
    ...ofProcessor(processor), [ATTRIBUTE.runId]: run.id, [ATTRIBUTE.correlationId]: correlationId,
    [ATTRIBUTE.from]: units[0]?.partitions.from, [ATTRIBUTE.to]: units.at(-1)?.partitions.to, [ATTRIBUTE.units]: units.length,
  };
  try {
    const ended = await inSpan({ name: `group ${tableId(processor.table)}`, attributes }, async (span) => {
      const outcomes = await work();
      describe(span, outcomes);
      return outcomes;
    });
    run.tellEnd(ended);
    return ended;
  } catch (fault) {
    run.tellFault(fault);
    throw fault;
  } finally {
    instruments().groupDuration.record(secondsSince(started), ofProcessor(processor));
  }
}

/** Notes on the open request under which id it is recorded. */
export function noteCorrelation(correlationId: string): void {
  trace.getActiveSpan()?.setAttribute(ATTRIBUTE.correlationId, correlationId);
}

/** Counts units as they are told to whoever asked for them. */
export function countEnded(outcomes: readonly UnitOutcome[]): void {
  const { unitsEnded, unitsBlocked, rowsWritten, changes } = instruments();
  for (const { processor, status, rows, changes: changed, reasons } of outcomes) {
    const of = ofProcessor(processor);
    unitsEnded.add(1, { ...of, [ATTRIBUTE.status]: status });
    if (status === 'blocked') unitsBlocked.add(1, { ...of, [ATTRIBUTE.reason]: reasons[0] && reasonCode(reasons[0]) });
    if (rows > 0) rowsWritten.add(rows, of);
    if (changed > 0) changes.add(changed, of);
  }
}

/** Which processor is at work. */
export const ofProcessor = ({ name, phase }: Processor): Attributes => ({ [ATTRIBUTE.processor]: name, [ATTRIBUTE.phase]: phase });

function describe(span: Span, outcomes: readonly UnitOutcome[]): void {
  const failed = outcomes.filter(({ status }) => status === 'failed');
  span.setAttributes({
    [ATTRIBUTE.rows]: outcomes.reduce((sum, { rows }) => sum + rows, 0),
    [ATTRIBUTE.changes]: outcomes.reduce((sum, { changes }) => sum + changes, 0),
    [ATTRIBUTE.failed]: failed.length,
  });
  const [first] = failed;
  if (first) markFailed(span, 'UNITS_FAILED', `${failed.length} of ${outcomes.length} units failed, the first ${first.date}: ${first.fault ?? 'nobody says why'}`);
}
