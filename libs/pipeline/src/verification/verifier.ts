import { type Clock, type DateRange, easternDate, tableId } from '@nba/kernel';
import { CompletenessChecker, type CompletenessReport, type Invariant, type Violation, RAW_INVARIANTS, checkInvariants, expectedBy } from '@nba/completeness';
import { ANALYTICS_INVARIANTS } from './analytics-invariants';
import type { Phase, PipelineSettings, Processor } from '../definition/processor';
import type { Registry } from '../definition/registry';
import { renderSpine } from '../definition/relation';
import { asRequest } from '../telemetry/requests';
import { type RecordDifference, type StoredRows, checkRecord } from './record-check';

/** What was found when one phase was verified over one range. */
export interface PhaseVerification {
  readonly phase: Phase;
  readonly range: DateRange;
  readonly reports: readonly TableVerification[];
  readonly violations: readonly Violation[];
  /** Units whose stored rows are not those that were recorded. */
  readonly unlikeRecord: readonly RecordDifference[];
  /** No gap anywhere, no violation that fails, and all as it was recorded. */
  readonly complete: boolean;
}

export interface TableVerification extends CompletenessReport {
  /** What the finest keys are: teams of games as the schedule expects them, or rows as the spine asks for them. */
  readonly per: 'team' | 'player';
}

/** How closely is looked. */
export interface VerificationOptions {
  /** Compare the content of the stored rows with the record, not only their number. Default is false. */
  readonly isDeep?: boolean;
}

const INVARIANTS: Readonly<Record<Phase, readonly Invariant[]>> = { 2: RAW_INVARIANTS, 3: ANALYTICS_INVARIANTS, 4: [] };

/**
 * Compares what is stored with what should be, now and from the rows themselves: no run's word is taken for it. And with
 * what was recorded: rows that are there and right, but not those that a run has stored, are told as well.
 */
export class Verifier {
  private readonly checker: CompletenessChecker;

  /** @param clock what is scheduled after its day is not expected yet; without one all that is scheduled is */
  constructor(
    private readonly registry: Registry,
    private readonly warehouse: StoredRows,
    private readonly settings: PipelineSettings,
    private readonly clock?: Clock,
  ) {
    this.checker = new CompletenessChecker(warehouse, settings);
  }

  /** Verifies every table of a phase over a range of dates. */
  verifyPhase(phase: Phase, range: DateRange, options: VerificationOptions = {}): Promise<PhaseVerification> {
    return asRequest({ kind: 'verification', range }, () => this.verify(phase, range, options));
  }

  private async verify(phase: Phase, range: DateRange, { isDeep = false }: VerificationOptions): Promise<PhaseVerification> {
    const processors = this.registry.inPhase(phase);
    const [tables, records, violations] = await Promise.all([
      Promise.all(processors.map((processor) => this.verifyTable(processor, range))),
      Promise.all(processors.map((processor) => checkRecord(processor, range, this.warehouse, isDeep))),
      checkInvariants(this.warehouse, this.invariants(phase), range),
    ]);
    const [reports, unlikeRecord] = [tables.flat(), records.flat()];
    const complete = reports.every((report) => !report.hasGaps) && violations.every(({ severity }) => severity === 'reports') && unlikeRecord.length === 0;
    return { phase, range, reports, violations, unlikeRecord, complete };
  }

  /** Those of tables that this pipeline keeps: another team's may have tables of its own only. */
  private invariants(phase: Phase): Invariant[] {
    const kept = new Set(this.registry.processors.map(({ table }) => tableId(table)));
    return INVARIANTS[phase].filter(({ reads }) => reads.every((table) => kept.has(table)));
  }

  /**
   * The schedule's teams for tables about played games, and the spine's keys for every table that has a spine of its
   * own: the first finds what is missing upstream too, the second finds one missing player.
   */
  private async verifyTable(processor: Processor, range: DateRange): Promise<TableVerification[]> {
    const { table, key } = { table: tableId(processor.table), key: processor.table.key };
    const dateColumn = processor.table.partition;
    const perPlayer = key.includes('player_id');
    const reports: TableVerification[] = [];
    if (processor.games === 'final') {
      const check = { table, dateColumn, startDate: range.from, endDate: range.to, rowKey: key };
      reports.push({ ...(await this.checker.checkDateRange(check)), per: 'team' });
    }
    const until = this.untilToday(range);
    if (processor.kind === 'query' && (perPlayer || processor.games === 'scheduled') && until) {
      const expected = expectedBy({ query: renderSpine(processor, this.settings).text, key: processor.spineKey, readsSchedule: true });
      const report = await this.checker.checkDateRange({ table, dateColumn, startDate: until.from, endDate: until.to, expected, rowKey: key });
      reports.push({ ...report, per: perPlayer ? 'player' : 'team' });
    }
    return reports;
  }

  /** The part of the range whose rows can be there already: no unit lies after today. */
  private untilToday({ from, to }: DateRange): DateRange | undefined {
    const today = this.clock ? easternDate(this.clock.now()) : to;
    return from > today ? undefined : { from, to: to < today ? to : today };
  }
}
