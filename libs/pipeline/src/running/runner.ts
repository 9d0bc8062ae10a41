import { randomUUID } from 'node:crypto';
import {
  type Clock, type ReplacedUnit, type RunIdentity, type Statement, type UnitReceipt, type Warehouse, NbaError, processorRunHistory, rangeParameters, tableId,
} from '@nba/kernel';
import { describeReason } from '@nba/dependency-guard';
import { codeVersion } from '../definition/code-version';
import type { LakeIndex } from '../planning/lake-index';
import type { BlockedUnit, PlannedUnit } from '../planning/planned-unit';
import type { DocumentProcessor, Finding, PipelineSettings, Processor } from '../definition/processor';
import { type InterpretedUnit, interpretUnits } from './raw-units';
import { renderQuery, renderSpine } from '../definition/relation';
import type { UnitOutcome } from './unit-outcome';

export interface RunnerContext {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly lake: LakeIndex;
  readonly settings: PipelineSettings;
  readonly workers: number;
  /** Who or which message asked for the run. */
  readonly trigger: string;
  readonly skipDownstreamTrigger: boolean;
}

/**
 * Runs one group of units of one processor: rows, changes and history land together or not at all. When the statement
 * of a group fails, the group is halved until the unit at fault stands alone; the others land.
 */
export async function runGroup(processor: Processor, units: readonly PlannedUnit[], context: RunnerContext): Promise<UnitOutcome[]> {
  if (processor.kind === 'document') return runDocuments(processor, units, context);
  return halving(processor, units, context, (some, run) => runQuery(processor, some, run, context));
}

async function halving<U extends PlannedUnit>(
  processor: Processor,
  units: readonly U[],
  context: RunnerContext,
  attempt: (units: readonly U[], run: RunIdentity) => Promise<UnitOutcome[]>,
): Promise<UnitOutcome[]> {
  const run = runIdentity(processor, context);
  try {
    return await attempt(units, run);
  } catch (fault) {
    if (!(fault instanceof NbaError) || fault.code === 'WAREHOUSE_LOCKED') throw fault;
    if (units.length === 1) return recordEnd(processor, units, run, context, 'failed', () => ({ code: fault.code, errors: fault.message }));
    const half = Math.ceil(units.length / 2);
    const first = await halving(processor, units.slice(0, half), context, attempt);
    return [...first, ...(await halving(processor, units.slice(half), context, attempt))];
  }
}

/** Records that units were kept from running, and why. Nothing else is written. */
export function recordBlocked(processor: Processor, units: readonly BlockedUnit[], context: RunnerContext): Promise<UnitOutcome[]> {
  const run = runIdentity(processor, context);
  return recordEnd(processor, units, run, context, 'blocked', ({ reasons }) => ({ code: 'DATA_GAPS', errors: reasons.map(describeReason).join('; ') }));
}

function runIdentity(processor: Processor, { clock, settings, trigger, skipDownstreamTrigger }: RunnerContext): RunIdentity {
  const startedAt = clock.now().toISOString();
  return {
    runId: `${startedAt.replace(/[-:]|\.\d+/g, '')}-${randomUUID().slice(0, 8)}`,
    processorName: processor.name,
    phase: processor.phase,
    attempt: 1,
    startedAt,
    codeVersion: codeVersion(processor, settings),
    trigger,
    skipDownstreamTrigger,
  };
}

async function runQuery(processor: Processor, units: readonly PlannedUnit[], run: RunIdentity, context: RunnerContext): Promise<UnitOutcome[]> {
  const statement = overUnits(renderQuery(processor, context.settings).text, units);
  const replaced = units.map((unit) => replacedUnit(processor, unit, [], null));
  const receipts = await replace(processor, units, { statement }, replaced, run, context);
  return receipts.map((receipt) => outcome(processor, run, receipt, []));
}

async function runDocuments(processor: DocumentProcessor, units: readonly PlannedUnit[], context: RunnerContext): Promise<UnitOutcome[]> {
  const outcomes: UnitOutcome[] = [];
  for (const segment of segments(await interpretUnits(processor, units, context))) {
    const ended = isUnusable(segment[0] as InterpretedUnit)
      ? recordUnusable(processor, segment, context)
      : halving(processor, segment, context, (some, run) => storeInterpreted(processor, some, run, context));
    outcomes.push(...(await ended));
  }
  return outcomes;
}

/** What is stored stays: an unreadable document must not empty a partition that an earlier one filled. */
async function recordUnusable(processor: DocumentProcessor, units: readonly InterpretedUnit[], context: RunnerContext): Promise<UnitOutcome[]> {
  const ended = await recordEnd(processor, units, runIdentity(processor, context), context, 'failed', (unit) => failure(unit.output.findings));
  return ended.map((one, i) => ({ ...one, findings: units[i]?.output.findings ?? [] }));
}

async function storeInterpreted(processor: DocumentProcessor, units: readonly InterpretedUnit[], run: RunIdentity, context: RunnerContext): Promise<UnitOutcome[]> {
  const replaced = units.map((unit) => replacedUnit(processor, unit, unit.output.findings, unit.considered.join(',') || null));
  const rows = units.flatMap((unit) => unit.output.rows);
  const receipts = await replace(processor, units, { rows }, replaced, run, context);
  return receipts.map((receipt, i) => outcome(processor, run, receipt, units[i]?.output.findings ?? []));
}

/** Nothing could be read, and something should have been. */
const isUnusable = ({ output }: InterpretedUnit): boolean => output.rows.length === 0 && output.findings.some(isError);
const isError = (finding: Finding): boolean => finding.severity === 'error';

/** Neighbours that are all usable, or all not: a replaced range must not touch a unit that is left as it is. */
function segments(units: readonly InterpretedUnit[]): InterpretedUnit[][] {
  const result: InterpretedUnit[][] = [];
  for (const unit of units) {
    const open = result.at(-1);
    if (open?.[0] && isUnusable(open[0]) === isUnusable(unit)) open.push(unit);
    else result.push([unit]);
  }
  return result;
}

function replacedUnit(processor: Processor, unit: PlannedUnit, findings: readonly Finding[], sourceDocuments: string | null): ReplacedUnit {
  const { code, errors } = failure(findings);
  return {
    dataDate: unit.date,
    partitions: unit.partitions,
    claim: findings.some(isError) ? 'partial' : 'success',
    errors,
    errorCode: code,
    sourceDocuments,
    coverageGaps: unit.coverageGaps,
    emptyReason: processor.emptyReason,
  };
}

function failure(findings: readonly Finding[]): { code: string | null; errors: string | null } {
  const lines = findings.map(({ severity, message }) => (severity === 'warning' ? `warning: ${message}` : message));
  return { code: findings.find(isError)?.code ?? null, errors: lines.length > 0 ? lines.join('\n') : null };
}

function replace(
  processor: Processor,
  units: readonly PlannedUnit[],
  source: { readonly statement: Statement } | { readonly rows: InterpretedUnit['output']['rows'] },
  replaced: readonly ReplacedUnit[],
  run: RunIdentity,
  { warehouse, settings }: RunnerContext,
): Promise<readonly UnitReceipt[]> {
  return warehouse.replacePartitions({
    table: processor.table,
    range: rangeOf(units),
    source,
    spine: overUnits(renderSpine(processor, settings).text, units),
    spineKey: processor.spineKey,
    inputs: [...new Set(Object.values(processor.upstreams).map(({ processor: upstream }) => tableId(upstream.table)))],
    run,
    units: replaced,
  });
}

const rangeOf = (units: readonly PlannedUnit[]) => ({
  from: (units[0] as PlannedUnit).partitions.from,
  to: (units.at(-1) as PlannedUnit).partitions.to,
});

function overUnits(text: string, units: readonly PlannedUnit[]): Statement {
  return { text, parameters: rangeParameters(rangeOf(units)) };
}

function outcome(processor: Processor, run: RunIdentity, receipt: UnitReceipt, findings: readonly Finding[]): UnitOutcome {
  const { dataDate: date, rows, expected, missing, changes } = receipt;
  const status = receipt.status as UnitOutcome['status'];
  return { processor, date, status, runId: run.runId, rows, expected, missing, changes, findings, reasons: [], fault: null };
}

/** Appends one history row per unit that wrote no rows. */
async function recordEnd<U extends { readonly date: PlannedUnit['date']; readonly reasons?: BlockedUnit['reasons'] }>(
  processor: Processor,
  units: readonly U[],
  run: RunIdentity,
  { warehouse, clock }: RunnerContext,
  status: 'failed' | 'blocked',
  why: (unit: U) => { readonly code: string | null; readonly errors: string | null },
): Promise<UnitOutcome[]> {
  const finished = clock.now().toISOString();
  await warehouse.append(
    processorRunHistory,
    units.map((unit) => {
      const { code, errors } = why(unit);
      return {
        processor_name: run.processorName, data_date: unit.date, run_id: run.runId, phase: run.phase, attempt: run.attempt, status,
        started_at: run.startedAt, finished_at: finished, output_table: tableId(processor.table), code_version: run.codeVersion,
        trigger: run.trigger, skip_downstream_trigger: run.skipDownstreamTrigger, error_code: code, errors,
      };
    }),
  );
  return units.map((unit) => ({
    processor, date: unit.date, status, runId: run.runId, rows: 0, expected: 0, missing: 0, changes: 0, findings: [],
    reasons: unit.reasons ?? [],
    fault: status === 'failed' ? why(unit).errors : null,
  }));
}
