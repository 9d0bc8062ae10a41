import { type GameDate, type QueryPort, NEWEST_RUN_FIRST, describeReach, processorRunHistory, seasonOf, seasonSpan, sql, tableId } from '@nba/kernel';
import { describeReason } from '@nba/dependency-guard';
import { type GameCalendar, resolveWindow } from '@nba/schedule';
import { type Processor, isSeasonal } from '../definition/processor';
import { describeState } from '../planning/describe-state';
import type { Outlook } from '../planning/outlook';

/** One lookback of a unit, resolved to dates. */
export interface ExplainedWindow {
  /** `dataset.table`. */
  readonly table: string;
  /** `last 15 games per player`. */
  readonly reach: string;
  readonly effect: 'blocks' | 'informs';
  readonly columns: readonly string[];
  /** Dates of the window, in order, and games on them. */
  readonly dates: readonly GameDate[];
  readonly games: number;
}

/** One run at a unit. */
export interface RecordedAttempt {
  readonly runId: string;
  readonly status: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly rows: number | null;
  /** Versions of the tables it read, as recorded. */
  readonly inputVersions: string | null;
  readonly sourceDocuments: string | null;
  readonly coverageGaps: string | null;
  readonly errors: string | null;
}

/** Why a unit is or is not to be run. */
export interface UnitExplanation {
  readonly processor: string;
  readonly date: GameDate;
  /** Whether the calendar has such games on the date. */
  readonly isExpected: boolean;
  readonly verdict: 'to run' | 'blocked' | 'may follow' | 'complete' | 'nothing to do';
  /** In words: why it is to be run, or what it waits for. */
  readonly reasons: readonly string[];
  readonly windows: readonly ExplainedWindow[];
  /** The newest run at it; null when there was none. */
  readonly newestRun: RecordedAttempt | null;
}

export async function explainUnit(
  processor: Processor, date: GameDate, outlooks: readonly Outlook[], { calendar, port }: { readonly calendar: GameCalendar; readonly port: QueryPort },
): Promise<UnitExplanation> {
  const seasonal = isSeasonal(processor);
  const unit = seasonal ? seasonSpan(seasonOf(date)).from : date;
  const isExpected = seasonal || calendar.on(date, processor.games).length > 0;
  const outlook = outlooks.find((one) => one.processor === processor);
  const ready = outlook?.plan.groups.flat().find((one) => one.date === unit);
  const blocked = outlook?.plan.blocked.find((one) => one.date === unit);
  const base = { processor: processor.name, date: unit, isExpected, windows: seasonal ? [] : windowsOf(processor, date, calendar), newestRun: await newestRun(processor, unit, port) };
  if (ready) return { ...base, verdict: 'to run', reasons: [describeState(ready.state), ...(ready.coverageGaps ? [`beside holes in ${ready.coverageGaps}`] : [])] };
  if (blocked) return { ...base, verdict: 'blocked', reasons: blocked.reasons.map(describeReason) };
  if (outlook?.mayFollow.includes(unit)) return { ...base, verdict: 'may follow', reasons: ['it is complete, and reads something that is to be run: it follows if that turns out other than it was'] };
  return isExpected ? { ...base, verdict: 'complete', reasons: [] } : { ...base, verdict: 'nothing to do', reasons: [`no ${processor.games === 'final' ? 'game that counts has been played' : 'game that counts is scheduled'} on the date`] };
}

function windowsOf(processor: Processor, date: GameDate, calendar: GameCalendar): ExplainedWindow[] {
  return Object.values(processor.upstreams).flatMap(({ processor: upstream, lookbacks }) => lookbacks.map(({ reach, effect, columns }) => {
    const games = resolveWindow(reach, date, calendar);
    return { table: tableId(upstream.table), reach: describeReach(reach), effect, columns, dates: [...new Set(games.map((game) => game.date))], games: games.length };
  }));
}

async function newestRun(processor: Processor, date: GameDate, port: QueryPort): Promise<RecordedAttempt | null> {
  const [row] = await port.query(
    sql`SELECT run_id, status, started_at, rows_stored, input_versions, source_documents, coverage_gaps, errors FROM ${processorRunHistory}
      WHERE processor_name = @processor AND data_date = CAST(@date AS DATE) ORDER BY ${NEWEST_RUN_FIRST} LIMIT 1`.text,
    { processor: processor.name, date },
  );
  const text = (name: string): string | null => (row?.[name] ?? null) as string | null;
  return row ? {
    runId: String(row['run_id']), status: String(row['status']), startedAt: String(row['started_at']), rows: row['rows_stored'] as number | null,
    inputVersions: text('input_versions'), sourceDocuments: text('source_documents'), coverageGaps: text('coverage_gaps'), errors: text('errors'),
  } : null;
}
