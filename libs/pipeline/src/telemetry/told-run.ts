import { type RunEnd, type RunFacts, type RunIdentity, type RunListener, tableId } from '@nba/kernel';
import type { PipelineSettings, Processor } from '../definition/processor';
import { renderQuery } from '../definition/relation';
import type { UnitOutcome } from '../running/unit-outcome';
import { errorType } from './span';

type Units = readonly { readonly date: RunFacts['dates']['from']; readonly partitions: RunFacts['dates'] }[];

/** What is known of a run before it begins. */
export function runFacts(processor: Processor, units: Units, settings: PipelineSettings, identity: RunIdentity): RunFacts {
  const [first, last] = [units[0], units.at(-1)] as [Units[number], Units[number]];
  const inputs = new Map<string, RunFacts['inputs'][number]>();
  for (const { processor: { table }, lookbacks } of Object.values(processor.upstreams)) {
    const columns = [...(inputs.get(tableId(table))?.columns ?? []), table.partition, ...table.key, ...lookbacks.flatMap((lookback) => lookback.columns)];
    inputs.set(tableId(table), { table, columns: Object.keys(table.columns).filter((name) => columns.includes(name)) });
  }
  return {
    runId: identity.runId,
    processor: processor.name,
    phase: processor.phase,
    trigger: identity.trigger,
    correlationId: identity.correlationId,
    codeVersion: identity.codeVersion,
    startedAt: identity.startedAt,
    output: processor.table,
    inputs: [...inputs.values()],
    documents: processor.kind === 'document' ? processor.documents : null,
    sql: processor.kind === 'query' ? renderQuery(processor, settings).text : null,
    dates: { from: first.partitions.from, to: last.partitions.to },
    units: units.length,
  };
}

/** How a run ended, from its units. */
export function endOfRun(outcomes: readonly UnitOutcome[], at: string): RunEnd {
  const failed = outcomes.filter(({ status }) => status === 'failed');
  const rows = outcomes.reduce((sum, one) => sum + one.rows, 0);
  const why = failed.map(({ date, fault }) => `${date}: ${fault ?? 'failed'}`).join('\n');
  return { kind: failed.length > 0 ? 'failed' : 'complete', at, rows, fault: failed.length > 0 ? why : null };
}

/** How a run ended that a fault has put an end to. */
export function endByFault(fault: unknown, at: string): RunEnd {
  return { kind: 'failed', at, rows: 0, fault: `${errorType(fault)}: ${fault instanceof Error ? fault.message : String(fault)}` };
}

/** Tells without ever being stopped by whoever listens. */
export function tell(listener: RunListener | undefined, how: (listener: RunListener) => void): void {
  try {
    if (listener) how(listener);
  } catch {
    // The contract says that a listener never throws; one that does is not worth a run.
  }
}
