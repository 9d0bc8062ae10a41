import type { ReportCondition, ReportData, ReportTable, UnitTuple } from '../report-data';

/** A unit with everything that its numbers stand for. */
export interface ShownUnit {
  readonly table: ReportTable;
  readonly condition: ReportCondition;
  readonly rows: number;
  readonly keysPresent: number;
  readonly keysExpected: number;
  readonly statementMs: number;
  readonly unitsTogether: number;
  readonly runId: string;
  readonly startedAt: string;
  readonly why: readonly string[];
  readonly fixes: readonly string[];
  readonly notes: readonly string[];
}

/** Looks up what a unit's indexes mean. */
export function unitOf(_: unknown, data: ReportData, table: number, unit: UnitTuple): ShownUnit {
  const [, condition, rows, keysPresent, keysExpected, statementMs, unitsTogether, run, why, fixes, notes] = unit;
  const texts = (indexes: readonly number[]): string[] => indexes.map((i) => data.texts[i] ?? '');
  const [runId, startedAt] = data.runs[run] ?? ['', ''];
  return {
    table: data.tables[table] as ReportTable, condition: data.conditions[condition] as ReportCondition, rows, keysPresent, keysExpected, statementMs, unitsTogether,
    runId, startedAt, why: texts(why), fixes: texts(fixes), notes: texts(notes),
  };
}
