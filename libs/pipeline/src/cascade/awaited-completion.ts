import { type CompletionEvent, type GameDate, type Row, type Warehouse, NEWEST_RUN_FIRST, isWithin, joinSql, literal, processorRunHistory, sql } from '@nba/kernel';
import type { Scope } from '@nba/schedule';
import type { Phase, Processor } from '../definition/processor';
import type { Registry } from '../definition/registry';
import type { Ledger } from '../planning/ledger';
import { type PlanningContext, planUnits } from '../planning/planner';
import type { PhaseOutcome } from '../running/phase-outcome';
import type { UnitOutcome } from '../running/unit-outcome';
import { type Triggered, agendaOf } from './agenda';
import { readCompletions } from './recorded-completions';

export interface AwaitContext {
  readonly registry: Registry;
  readonly warehouse: Warehouse;
  readonly ledger: Ledger;
  /** As those plan who react: strictly. */
  readonly planning: (scope: Scope) => Promise<PlanningContext>;
  /** Of the runs whose followers are waited for. */
  readonly correlationId: string;
  /** Events that this process has published for somebody else: a replayed message. */
  readonly delivered: readonly CompletionEvent[];
  /** Runs of this process: their outcome has been told. */
  readonly ownRuns: ReadonlySet<string>;
  /** What has ended since then has ended because of these runs; ISO 8601, UTC. */
  readonly since: string;
}

/** How far one phase is. */
export interface Awaiting {
  readonly phase: Phase;
  readonly done: number;
  readonly total: number;
}

/**
 * What finished runs have triggered elsewhere, followed by what is recorded of it: nobody is asked and no exit code is
 * trusted. A unit is waited for while it could run and has not ended since; what waits for a hole is not.
 */
export class AwaitedCompletion {
  private readonly most = new Map<Phase, number>();

  constructor(private readonly context: AwaitContext) {}

  /** The earliest phase that is not through; undefined when nothing that was triggered is left to run. */
  async look(): Promise<Awaiting | undefined> {
    const { registry, ledger } = this.context;
    await ledger.readAll();
    const ended = new Set((await this.endings()).filter(({ status }) => status !== 'success' && status !== 'empty_ok').map(unitOf));
    for (const { phase, scope } of await this.triggered()) {
      const left = await this.countLeft(registry.inPhase(phase), scope, ended);
      const total = Math.max(left, this.most.get(phase) ?? 0);
      this.most.set(phase, total);
      if (left > 0) return { phase, done: total - left, total };
    }
    return undefined;
  }

  /** How the units that others have run since have ended, phase by phase. */
  async outcomes(): Promise<PhaseOutcome[]> {
    const endings = await this.endings();
    return ([3, 4] as const).map((phase): PhaseOutcome => {
      const outcomes = this.context.registry.inPhase(phase).flatMap((processor) => endings.filter((row) => row['processor_name'] === processor.name).map((row) => outcomeOf(processor, row)));
      return { phase, cause: 'cascade', outcomes, alreadyComplete: 0, verifications: [] };
    }).filter(({ outcomes }) => outcomes.length > 0);
  }

  /** By the runs of the request, and by what was run elsewhere in Phase 3 on the dates that these trigger. */
  private async triggered(): Promise<Triggered[]> {
    const { warehouse, correlationId, since, delivered } = this.context;
    const own = [...delivered, ...(await readCompletions(warehouse, sql`correlation_id = @correlation_id`, { correlation_id: correlationId }))];
    const summaries = agendaOf(own).find(({ phase }) => phase === 3);
    if (!summaries) return agendaOf(own);
    const later = await readCompletions(warehouse, sql`phase = 3 AND started_at >= CAST(@since AS TIMESTAMP)`, { since });
    const isConcerned = (date: GameDate): boolean => summaries.scope.ranges.some((range) => isWithin(date, range));
    return agendaOf([...own, ...later.filter(({ gameDates }) => gameDates.some(isConcerned))]);
  }

  private async countLeft(processors: readonly Processor[], scope: Scope, ended: ReadonlySet<string>): Promise<number> {
    let left = 0;
    for (const processor of processors) {
      const { groups } = await planUnits(processor, await this.context.planning(scope));
      left += groups.flat().filter(({ date }) => !ended.has(`${processor.name} ${date}`)).length;
    }
    return left;
  }

  /** The newest ending of each unit that others have run, or found blocked, since. */
  private async endings(): Promise<Row[]> {
    const { warehouse, since, ownRuns, registry } = this.context;
    const names = [...registry.inPhase(3), ...registry.inPhase(4)].map(({ name }) => literal(name));
    if (names.length === 0) return [];
    const rows = await warehouse.query(
      sql`SELECT processor_name, data_date, run_id, status, rows_stored, rows_expected, rows_missing, rows_changed, coverage_gaps, errors FROM ${processorRunHistory}
        WHERE processor_name IN (${joinSql(names)}) AND status IN ('success', 'partial', 'empty_ok', 'failed', 'blocked') AND started_at >= CAST(@since AS TIMESTAMP)
        QUALIFY ROW_NUMBER() OVER (PARTITION BY processor_name, data_date ORDER BY ${NEWEST_RUN_FIRST}) = 1 ORDER BY data_date`.text,
      { since },
    );
    return rows.filter((row) => !ownRuns.has(String(row['run_id'])));
  }
}

const unitOf = (row: Row): string => `${row['processor_name']} ${row['data_date']}`;

function outcomeOf(processor: Processor, row: Row): UnitOutcome {
  const count = (column: string): number => Number(row[column] ?? 0);
  return {
    processor, date: row['data_date'] as GameDate, status: row['status'] as UnitOutcome['status'], runId: String(row['run_id']),
    rows: count('rows_stored'), expected: count('rows_expected'), missing: count('rows_missing'), changes: count('rows_changed'),
    findings: [], coverageGaps: row['coverage_gaps'] as string | null, reasons: [], fault: row['errors'] as string | null,
  };
}
