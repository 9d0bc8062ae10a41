import { randomUUID } from 'node:crypto';
import { type Clock, type GameDate, type Row, type RunFacts, type RunIdentity, type RunListener, type Warehouse, processorRunHistory, tableId } from '@nba/kernel';
import { type BlockedReason, describeReason, isHoleReason, reasonCode } from '@nba/dependency-guard';
import { codeVersion } from '../definition/code-version';
import type { PipelineSettings, Processor } from '../definition/processor';
import type { BlockedUnit, PlannedUnit } from '../planning/planned-unit';
import { endByFault, endOfRun, runFacts, tell } from '../telemetry/told-run';
import { notRun, type UnitOutcome } from './unit-outcome';

/** What every run of a session shares. */
export interface RunSurroundings {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly settings: PipelineSettings;
  /** Who or which message asked for the run. */
  readonly trigger: string;
  readonly correlationId: string;
  readonly skipDownstreamTrigger: boolean;
  /** Who is told of runs; by default nobody. */
  readonly listener?: RunListener;
  /** Is told each line of the run history that says how a unit ended, once it is recorded; by default nobody is. */
  readonly onRecorded?: (lines: readonly Row[]) => void;
}

/** Why a unit failed. */
export interface Failure {
  readonly code: string | null;
  readonly errors: string | null;
  /** The documents that were found wanting, as the history writes them; null where the fault is not theirs. */
  readonly documents: string | null;
}

/** What a row says beside who wrote it. */
type RowEnd = Readonly<Record<string, string | null>>;

/** A run and the units it is for. */
export interface StartedRun {
  readonly run: Run;
  readonly units: readonly PlannedUnit[];
}

/** One run: some units of one processor, and every attempt at them. All its rows in the history carry its id. */
export class Run {
  readonly id: string;
  private attempts = 0;
  /** What whoever listens has been told and waits to hear the end of; undefined when nobody does. */
  private told: RunFacts | undefined;

  constructor(
    private readonly processor: Processor,
    private readonly surroundings: RunSurroundings,
  ) {
    const now = surroundings.clock.now().toISOString();
    this.id = `${now.replace(/[-:]|\.\d+/g, '')}-${randomUUID().slice(0, 8)}`;
  }

  /** Who writes, for the next attempt. */
  nextAttempt(): RunIdentity {
    this.attempts += 1;
    return this.identity();
  }

  private identity(): RunIdentity {
    const { processor, surroundings } = this;
    return {
      runId: this.id,
      processorName: processor.name,
      phase: processor.phase,
      attempt: Math.max(1, this.attempts),
      startedAt: surroundings.clock.now().toISOString(),
      codeVersion: codeVersion(processor, surroundings.settings),
      trigger: surroundings.trigger,
      correlationId: surroundings.correlationId,
      skipDownstreamTrigger: surroundings.skipDownstreamTrigger,
    };
  }

  /**
   * Does the work of some runs, and meanwhile records that their units are at work: to wait for that record would take as long as a small
   * statement. It is there when this ends. Runs that a fault keeps from their turn were told to begin: their end is told, too.
   */
  static async atWork(started: readonly StartedRun[], surroundings: RunSurroundings, work: () => Promise<void>): Promise<void> {
    if (surroundings.listener) for (const { run, units } of started) run.tellStart(units);
    const recorded = Run.recordStarts(started, surroundings);
    const ends = await Promise.allSettled([work(), recorded]);
    const fault = ends.find((end) => end.status === 'rejected');
    if (!fault) return;
    for (const { run } of started) run.tell((listener, facts) => listener.ended(facts, { ...endByFault(fault.reason, run.now()), kind: 'aborted' }));
    throw fault.reason;
  }

  /** Dated a millisecond back: whoever asks for the newest row by `started_at` alone, as the runbook does, must find how a unit ended and not that it began. */
  private static async recordStarts(started: readonly StartedRun[], { warehouse, clock }: RunSurroundings): Promise<void> {
    const before = new Date(clock.now().getTime() - 1).toISOString();
    await warehouse.append(processorRunHistory, started.flatMap(({ run, units }) => run.rows(units, () => ({ status: 'running', started_at: before }))));
  }

  /** Says that units were meant to run and did not, and why. */
  async recordSkipped(units: readonly { readonly date: GameDate }[], why: string): Promise<void> {
    await this.append(units, () => ({ status: 'skipped', finished_at: this.now(), error_code: 'SKIPPED', errors: why }));
    this.tell((listener, run) => listener.ended(run, { kind: 'aborted', at: this.now(), rows: 0, fault: why }));
  }

  /** Appends one row per unit that ended without writing rows of its own. */
  async recordFailed<U extends { readonly date: GameDate }>(units: readonly U[], why: (unit: U) => Failure): Promise<UnitOutcome[]> {
    await this.append(units, (unit) => ({ status: 'failed', finished_at: this.now(), error_code: why(unit).code, errors: why(unit).errors, source_documents: why(unit).documents }));
    return units.map((unit) => notRun(this.processor, unit.date, 'failed', { runId: this.id, fault: why(unit).errors }));
  }

  /** Records that units were kept from running, and why. */
  async recordBlocked(units: readonly BlockedUnit[]): Promise<UnitOutcome[]> {
    await this.append(units, ({ reasons }) => ({
      status: 'blocked', finished_at: this.now(), error_code: reasons[0] ? reasonCode(reasons[0]) : null,
      errors: reasons.map(describeReason).join('; '), blocked_by: blockedBy(reasons),
    }));
    return units.map(({ date, reasons }) => notRun(this.processor, date, 'blocked', { runId: this.id, reasons }));
  }

  /** Tells whoever listens how the units ended, or which fault has put an end to all of them. */
  tellEnd(outcomes: readonly UnitOutcome[]): void {
    this.tell((listener, run) => listener.ended(run, endOfRun(outcomes, this.now())));
  }

  tellFault(fault: unknown): void {
    this.tell((listener, run) => listener.ended(run, endByFault(fault, this.now())));
  }

  private tellStart(units: readonly PlannedUnit[]): void {
    const { processor, surroundings: { settings } } = this;
    const told = runFacts(processor, units, settings, this.identity());
    this.told = told;
    tell(this.surroundings.listener, (listener) => listener.started(told));
  }

  /** Tells of the end, of which there is one. */
  private tell(how: (listener: RunListener, run: RunFacts) => void): void {
    const { told } = this;
    this.told = undefined;
    if (told) tell(this.surroundings.listener, (listener) => how(listener, told));
  }

  private async append<U extends { readonly date: GameDate }>(units: readonly U[], end: (unit: U) => RowEnd): Promise<void> {
    const rows = this.rows(units, end);
    await this.surroundings.warehouse.append(processorRunHistory, rows);
    this.surroundings.onRecorded?.(rows);
  }

  private rows<U extends { readonly date: GameDate }>(units: readonly U[], end: (unit: U) => RowEnd): Row[] {
    const run = this.identity();
    return units.map((unit) => ({
      processor_name: run.processorName, data_date: unit.date, run_id: run.runId, phase: run.phase, attempt: run.attempt, started_at: run.startedAt, output_table: tableId(this.processor.table),
      code_version: run.codeVersion, trigger: run.trigger, correlation_id: run.correlationId, skip_downstream_trigger: run.skipDownstreamTrigger, ...end(unit),
    }));
  }

  private now(): string {
    return this.surroundings.clock.now().toISOString();
  }
}

/** `Processor:date,date;Processor:date`; null when no upstream unit is waited for. */
function blockedBy(reasons: readonly BlockedReason[]): string | null {
  const dates = new Map<string, Set<GameDate>>();
  for (const { processor, missingDates } of reasons.filter(isHoleReason)) {
    const known = dates.get(processor) ?? new Set();
    dates.set(processor, known);
    for (const date of missingDates) known.add(date);
  }
  return dates.size > 0 ? [...dates].map(([processor, waitedFor]) => `${processor}:${[...waitedFor].sort().join(',')}`).join(';') : null;
}
