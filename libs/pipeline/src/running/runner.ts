import { type Lease, type ReplacedUnit, type RunIdentity, type Statement, type UnitReceipt, NbaError, isTransient, rangeParameters, tableId } from '@nba/kernel';
import type { LakeIndex } from '../planning/lake-index';
import type { PlannedUnit } from '../planning/planned-unit';
import { describeFinding } from '../definition/describe-finding';
import type { DocumentProcessor, Finding, Processor } from '../definition/processor';
import { renderQuery, renderSpine } from '../definition/relation';
import { withAttempts } from './attempts';
import { type InterpretedUnit, interpretUnits } from './raw-units';
import type { Failure, Run, RunSurroundings, StartedRun } from './run';
import type { UnitOutcome } from './unit-outcome';

export interface RunnerContext extends RunSurroundings {
  readonly lake: LakeIndex;
  readonly workers: number;
  /** The lease on the processor's table, under which everything is written. */
  readonly lease: Lease;
  /** From 0 to 1, for spacing attempts. */
  readonly random: () => number;
}

/** One for all: of forty seasons there are seventy thousand outcomes. */
const NONE = [] as const;

/** One statement's units and the run they belong to. */
interface Work {
  readonly processor: Processor;
  readonly run: Run;
  readonly context: RunnerContext;
}

/**
 * Runs one group of units of one processor: rows, changes and history land together or not at all. When the statement
 * of a group fails, the group is halved until the unit at fault stands alone; the others land.
 */
export async function runGroup(processor: Processor, { run, units }: StartedRun, context: RunnerContext): Promise<UnitOutcome[]> {
  const work = { processor, run, context };
  if (processor.kind === 'document') return runDocuments(processor, units, work);
  return halving(work, units, (some, identity) => runQuery(work, some, identity));
}

async function halving<U extends PlannedUnit>(
  work: Work,
  units: readonly U[],
  attempt: (units: readonly U[], identity: RunIdentity) => Promise<UnitOutcome[]>,
): Promise<UnitOutcome[]> {
  const { run, context } = work;
  try {
    return await withAttempts(context.clock, context.random, () => attempt(units, run.nextAttempt()));
  } catch (fault) {
    if (!(fault instanceof NbaError) || fault.code === 'WAREHOUSE_LOCKED' || fault.code === 'LEASE_LOST') throw fault;
    // A place that is out of reach is out of reach for each half as well.
    if (units.length === 1 || isTransient(fault)) return run.recordFailed(units, () => ({ code: fault.code, errors: fault.message, documents: null }));
    const half = Math.ceil(units.length / 2);
    const first = await halving(work, units.slice(0, half), attempt);
    return [...first, ...(await halving(work, units.slice(half), attempt))];
  }
}

async function runQuery(work: Work, units: readonly PlannedUnit[], identity: RunIdentity): Promise<UnitOutcome[]> {
  const { processor, context } = work;
  const statement = overUnits(renderQuery(processor, context.settings).text, units);
  const receipts = await replace(work, units, { statement }, units.map((unit) => replacedUnit(processor, unit, [], null)), identity);
  return receipts.map((receipt, i) => outcome(work, receipt, units[i], NONE));
}

async function runDocuments(processor: DocumentProcessor, units: readonly PlannedUnit[], work: Work): Promise<UnitOutcome[]> {
  const interpreted = await interpretUnits(processor, units, work.context);
  const usable = interpreted.filter((unit) => !isUnusable(unit));
  const stored = usable.length > 0 ? await halving(work, usable, (some, identity) => storeInterpreted(work, some, identity)) : [];
  const unusable = interpreted.filter(isUnusable);
  const failed = unusable.length > 0 ? await recordUnusable(unusable, work) : [];
  return [...stored, ...failed].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** What is stored stays: an unreadable document must not empty a partition that an earlier one filled. */
async function recordUnusable(units: readonly InterpretedUnit[], { run }: Work): Promise<UnitOutcome[]> {
  const ended = await run.recordFailed(units, (unit) => ({ ...failure(unit.output.findings), documents: unit.sourceDocuments }));
  return ended.map((one, i) => ({ ...one, findings: units[i]?.output.findings ?? [] }));
}

async function storeInterpreted(work: Work, units: readonly InterpretedUnit[], identity: RunIdentity): Promise<UnitOutcome[]> {
  const replaced = units.map((unit) => replacedUnit(work.processor, unit, unit.output.findings, unit.sourceDocuments));
  const rows = units.flatMap((unit) => unit.output.rows);
  const receipts = await replace(work, units, { rows }, replaced, identity);
  return receipts.map((receipt, i) => outcome(work, receipt, units[i], units[i]?.output.findings ?? []));
}

/** Nothing could be read, and something should have been. */
const isUnusable = ({ output }: InterpretedUnit): boolean => output.rows.length === 0 && output.findings.some(isError);
const isError = (finding: Finding): boolean => finding.severity === 'error';

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
    lost: unit.lost,
  };
}

function failure(findings: readonly Finding[]): Omit<Failure, 'documents'> {
  return { code: findings.find(isError)?.code ?? null, errors: findings.map(describeFinding).join('\n') || null };
}

async function replace(
  { processor, context: { warehouse, settings, lease, onRecorded } }: Work,
  units: readonly PlannedUnit[],
  source: { readonly statement: Statement } | { readonly rows: InterpretedUnit['output']['rows'] },
  replaced: readonly ReplacedUnit[],
  run: RunIdentity,
): Promise<readonly UnitReceipt[]> {
  const replacement = {
    table: processor.table,
    range: rangeOf(units),
    source,
    spine: overUnits(renderSpine(processor, settings).text, units),
    spineKey: processor.spineKey,
    inputs: [...new Set(Object.values(processor.upstreams).map(({ processor: upstream }) => tableId(upstream.table)))],
    run,
    units: replaced,
  };
  const receipts = await warehouse.replacePartitions(replacement, lease);
  onRecorded?.(receipts.map(({ recorded }) => recorded));
  return receipts;
}

const rangeOf = (units: readonly PlannedUnit[]) => ({
  from: (units[0] as PlannedUnit).partitions.from,
  to: (units.at(-1) as PlannedUnit).partitions.to,
});

function overUnits(text: string, units: readonly PlannedUnit[]): Statement {
  return { text, parameters: rangeParameters(rangeOf(units)) };
}

function outcome({ processor, run }: Work, receipt: UnitReceipt, unit: PlannedUnit | undefined, findings: readonly Finding[]): UnitOutcome {
  const { dataDate: date, rows, expected, missing, changes } = receipt;
  const status = receipt.status as UnitOutcome['status'];
  return { processor, date, status, runId: run.id, rows, expected, missing, changes, findings, coverageGaps: unit?.coverageGaps ?? null, reasons: NONE, fault: null };
}
