import { type GameDate, type Row, type RunStatus, easternDate, NEWEST_RUN_FIRST, processorRunHistory, sql, tableId, wholeSeasons } from '@nba/kernel';
import { loadCalendar } from '@nba/schedule';
import { type Processor, isSeasonal } from '../definition/processor';
import { findHoles } from '../planning/holes';
import { Ledger } from '../planning/ledger';
import type { PipelineParts } from '../running/pipeline-parts';
import { type Named, type ProblemUnit, type Problems, type UnitName, nameOf } from './root-causes';

/**
 * What is wrong now, as it is recorded: every unit that is still expected and whose newest record is not one of success,
 * and what such units wait for that is simply not there.
 */
export async function readProblems(parts: Omit<PipelineParts, 'lake' | 'bus'>): Promise<Problems> {
  const { registry, warehouse } = parts;
  const processors = new Map(registry.processors.map((processor): [string, Named] => [processor.name, { phase: processor.phase, table: tableId(processor.table) }]));
  const rows = await warehouse.query(NEWEST.text);
  const recorded = rows.map(problemUnit);
  if (recorded.length === 0) return { units: [], gaps: [], processors };
  const dates = recorded.map(({ date }) => date).sort();
  const span = wholeSeasons({ from: dates[0] as GameDate, to: dates.at(-1) as GameDate });
  const calendar = await loadCalendar(warehouse, span, parts.settings.gameTypes);
  const today = easternDate(parts.clock.now());
  const expected = new Map(registry.processors.map((processor) => [processor.name, new Set(calendar.dates(span, processor.games).filter((date) => date <= today))]));
  const seasonal = new Set(registry.processors.filter(isSeasonal).map(({ name }) => name));
  const leases = await warehouse.leases.held();
  const atWork = new Set(leases.map(({ table }) => table));
  const units = recorded.filter((unit) => (seasonal.has(unit.processor) || expected.get(unit.processor)?.has(unit.date)) && !(unit.status === 'running' && atWork.has(unit.table)));

  const ledger = new Ledger(warehouse, span, registry.processors);
  const known = new Set(units.map(nameOf));
  const waitedFor = units.flatMap(({ blockedBy }) => blockedBy).filter((name) => !known.has(nameOf(name)));
  const gaps = new Map<string, UnitName>();
  for (const processor of processorsOf(waitedFor, registry.processors)) {
    const own = waitedFor.filter((name) => name.processor === processor.name && expected.get(processor.name)?.has(name.date));
    const holes = findHoles(processor, own.map(({ date }) => date), await ledger.page(processor), leases);
    // What somebody is writing just now is not missing.
    for (const name of own) if (holes.get(name.date)?.runningBy === null) gaps.set(nameOf(name), name);
  }
  return { units, gaps: [...gaps.values()], processors };
}

/** The newest record of each unit, where it is not one of success. What was skipped is not wrong: it waits for its turn. */
const NEWEST = sql`SELECT * FROM (
    SELECT processor_name, phase, output_table, data_date, status, run_id, error_code, errors, blocked_by FROM ${processorRunHistory} WHERE phase < 5
    QUALIFY ROW_NUMBER() OVER (PARTITION BY processor_name, data_date ORDER BY ${NEWEST_RUN_FIRST}) = 1)
  WHERE status NOT IN ('success', 'empty_ok', 'skipped') ORDER BY phase, processor_name, data_date`;

/** A row of the run history as a problem. */
export function problemUnit(row: Row): ProblemUnit {
  return {
    processor: String(row['processor_name']), phase: Number(row['phase']), table: String(row['output_table']), date: row['data_date'] as GameDate,
    status: row['status'] as Exclude<RunStatus, 'success' | 'empty_ok'>, runId: String(row['run_id']), errorCode: row['error_code'] as string | null,
    errors: row['errors'] as string | null, blockedBy: parseUnits(row['blocked_by'] as string | null),
  };
}

/** Reads `Processor:date,date;Processor:date`. */
function parseUnits(text: string | null): UnitName[] {
  return (text ?? '').split(';').filter(Boolean).flatMap((part) => {
    const [processor = '', dates = ''] = part.split(':');
    return dates.split(',').map((date) => ({ processor, date: date as GameDate }));
  });
}

function processorsOf(names: readonly UnitName[], processors: readonly Processor[]): Processor[] {
  const wanted = new Set(names.map(({ processor }) => processor));
  return processors.filter(({ name }) => wanted.has(name));
}
