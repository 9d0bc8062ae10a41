import type { CompletenessReport, Counts } from '@nba/completeness';
import { type DateRange, type GameDate, tableId } from '@nba/kernel';
import { describeReason } from '@nba/dependency-guard';
import { type Processor, isSeasonal } from '../definition/processor';
import type { Outlook } from '../planning/outlook';
import { whyIncomplete } from './why-incomplete';
import { upstreamsOf } from '../definition/upstreams-of';
import type { Fixes } from './find-fixes';
import type { TableSurvey, UnitRun, UnitSurvey } from './pipeline-survey';

/** What is known of a season beside the outlook of one table. */
export interface SeasonFacts {
  /** Every game date asked for. */
  readonly dates: readonly GameDate[];
  /** Those on which the table should have rows by now. */
  readonly due: readonly GameDate[];
  readonly span: DateRange;
  readonly fixes: Fixes;
  /** Of all tables. */
  readonly reports: readonly CompletenessReport[];
  /** Units of this table whose content is another than recorded: game dates, of the schedule the season. */
  readonly edited: readonly string[];
  readonly documented: (outlook: Outlook, date: GameDate) => Promise<boolean>;
  /** The tables that have been surveyed before this one: all it reads is among them. */
  readonly tables: readonly TableSurvey[];
  readonly stored: ReadonlyMap<GameDate, number>;
  readonly runs: ReadonlyMap<GameDate, UnitRun>;
}

/** The units of one table in one season, due or not. */
export async function surveyTable(outlook: Outlook, facts: SeasonFacts): Promise<TableSurvey> {
  const { processor, plan } = outlook;
  const { stored, runs, fixes } = facts;
  const seasonal = isSeasonal(processor);
  const rowsOn = (date: GameDate): number => (seasonal ? [...stored.values()].reduce((sum, rows) => sum + rows, 0) : (stored.get(date) ?? 0));
  const own = facts.reports.filter(({ table }) => table === tableId(processor.table));
  const differing = countGaps(own);
  const units = new Map<GameDate, UnitSurvey>();
  const set = (date: GameDate, condition: UnitSurvey['condition'], why: readonly string[] = [], toType: readonly string[] = []): unknown =>
    units.set(date, { date, condition, why, fixes: toType, storedRows: rowsOn(date), run: runs.get(date) });

  if (!seasonal) for (const date of facts.dates) set(date, 'later');
  for (const date of seasonal ? [facts.span.from] : facts.due) set(date, 'complete');
  for (const { date, state } of plan.groups.flat()) {
    const why = whyIncomplete(state, { run: runs.get(date), documented: await facts.documented(outlook, date) });
    set(date, state.kind, why, fixes.forReady(processor, date));
  }
  for (const { date, reasons } of plan.blocked) set(date, 'blocked', reasons.map(describeReason), fixes.forBlocked(processor, date));
  for (const [date, gaps] of differing) {
    if (units.get(date)?.condition !== 'complete') continue;
    const why = `its record says complete, and ${gaps} ${gaps === 1 ? 'key is' : 'keys are'} not as they should be`;
    const before = unsettledBefore(outlook, date, facts.tables);
    if (before) set(date, 'rows-differ', [why, `${tableId(before.processor.table)} ${before.unit.date}, which it reads, is not complete`], before.unit.fixes);
    else set(date, 'rows-differ', [why], [`nx run backfill:phase${processor.phase} --processor=${processor.table.name} --dates=${date} --force`]);
  }
  for (const unit of facts.edited) {
    const date = seasonal ? facts.span.from : (unit as GameDate);
    const where = seasonal ? `--season=${unit}` : `--dates=${unit}`;
    if (units.get(date)?.condition !== 'complete') continue;
    set(date, 'rows-differ', ['as many rows as recorded, but their content has been changed since'], [`nx run backfill:phase${processor.phase} --processor=${processor.table.name} ${where} --force`]);
  }
  return { processor, keys: worst(own), units: [...units.values()].sort((a, b) => (a.date < b.date ? -1 : 1)) };
}

/** What keys a unit should have is told by what it reads: while that is not right, it is to be mended first. The nearest one. */
function unsettledBefore({ processor }: Outlook, date: GameDate, tables: readonly TableSurvey[]): { processor: Processor; unit: UnitSurvey } | undefined {
  const read = upstreamsOf(processor);
  const unsettled = tables.filter((table) => read.includes(table.processor)).flatMap((table) =>
    table.units.filter((unit) => unit.date <= date && unit.condition !== 'complete' && unit.condition !== 'later').map((unit) => ({ processor: table.processor, unit })));
  return unsettled.sort((a, b) => (a.unit.date > b.unit.date ? -1 : a.unit.date < b.unit.date ? 1 : 0))[0];
}

function countGaps(reports: readonly CompletenessReport[]): Map<GameDate, number> {
  const counts = new Map<GameDate, number>();
  for (const { gaps } of reports) for (const { date } of gaps) counts.set(date, (counts.get(date) ?? 0) + 1);
  return counts;
}

/** A table is compared with the schedule's teams and with its spine, range by range: the comparison that looks worse counts. */
function worst(reports: readonly (CompletenessReport & { readonly per?: string })[]): Counts | undefined {
  const sums = new Map<string, Counts>();
  for (const { coverage, per = '' } of reports) {
    const sum = sums.get(per) ?? { present: 0, expected: 0 };
    sums.set(per, { present: sum.present + coverage.present, expected: sum.expected + coverage.expected });
  }
  const share = ({ present, expected }: Counts): number => (expected === 0 ? 1 : present / expected);
  return [...sums.values()].sort((a, b) => share(a) - share(b) || b.expected - a.expected)[0];
}
