import { date, flag, text } from './columns';
import type { GameDate } from './game-date';
import { NbaError } from './nba-error';
import type { Parameters, Row } from './query-port';
import { type TableDefinition, tableId } from './table';
import type { PartitionReplacement, ReplacedUnit, RunStatus, UnitReceipt } from './warehouse';

/** The columns of `STAGED_UNITS`: the units of the replacement in hand, one line each. */
export const STAGED_UNIT_COLUMNS: TableDefinition['columns'] = {
  data_date: date('Unit'), from_date: date('First partition'), to_date: date('Last partition'), claim: text('success or partial'),
  errors: text('Findings'), error_code: text('Code'), source_documents: text('Documents'),
  coverage_gaps: text('Holes'), empty_reason: text('Why no rows'),
  is_lost: flag('Whether something else was stored than recorded'), lost_hash: text('Hash of what was recorded'),
};

/** A unit as its line in `STAGED_UNITS`. */
export function stagedUnit(unit: ReplacedUnit): Row {
  return {
    data_date: unit.dataDate, from_date: unit.partitions.from, to_date: unit.partitions.to, claim: unit.claim, errors: unit.errors,
    error_code: unit.errorCode, source_documents: unit.sourceDocuments, coverage_gaps: unit.coverageGaps, empty_reason: unit.emptyReason,
    is_lost: unit.lost !== null, lost_hash: unit.lost?.hash ?? null,
  };
}

/** What the script's statements and `sharedColumns` ask for by name, beside the parameters of the query and the spine and what is made of `versions`. */
export function scriptParameters({ table, range, run }: PartitionReplacement): Parameters {
  return {
    from: range.from, to: range.to, table_name: tableId(table), run_id: run.runId,
    processor_name: run.processorName, phase: run.phase, attempt: run.attempt, started_at: run.startedAt,
    code_version: run.codeVersion, trigger: run.trigger, correlation_id: run.correlationId, skip_downstream_trigger: run.skipDownstreamTrigger,
  };
}

/** What a replacement reads, and the version that it makes. */
export interface ReplacementVersions {
  readonly version: number;
  /** As the run history writes them: `dataset.table:version`, comma-separated, by table; null when it reads nothing that was ever written. */
  readonly inputVersions: string | null;
}

/** The rows of the script's `versions`, put together. */
export function versionsOf({ table, inputs }: PartitionReplacement, rows: readonly Row[]): ReplacementVersions {
  const newest = new Map(rows.map((row) => [String(row['output_table']), Number(row['version'])]));
  const read = inputs.filter((input) => newest.has(input)).sort().map((input) => `${input}:${newest.get(input)}`);
  return { version: (newest.get(tableId(table)) ?? 0) + 1, inputVersions: read.join(',') || null };
}

/**
 * The columns of the run history in which the units of a replacement do not differ: the values of `sharedColumns`.
 * @param finishedAt when the rows were in place, ISO 8601, UTC; a run whose own clock is ahead of it counts as having taken no time
 */
export function sharedLine({ table, run }: PartitionReplacement, { version, inputVersions }: ReplacementVersions, finishedAt: string): Row {
  return {
    processor_name: run.processorName, run_id: run.runId, phase: run.phase, attempt: run.attempt,
    started_at: run.startedAt, finished_at: Date.parse(run.startedAt) > Date.parse(finishedAt) ? run.startedAt : finishedAt,
    output_table: tableId(table), output_version: version, input_versions: inputVersions, code_version: run.codeVersion, trigger: run.trigger,
    correlation_id: run.correlationId, skip_downstream_trigger: run.skipDownstreamTrigger, blocked_by: null,
  };
}

/** A line of the run history, with `unexpected` and `duplicates` beside it, as what the port answers. */
export function receiptOf({ unexpected, duplicates, ...recorded }: Row): UnitReceipt {
  return {
    recorded,
    dataDate: recorded['data_date'] as GameDate, status: recorded['status'] as RunStatus, rows: recorded['rows_stored'] as number,
    expected: recorded['rows_expected'] as number, missing: recorded['rows_missing'] as number, unexpected: unexpected as number,
    duplicates: duplicates as number, changes: recorded['rows_changed'] as number,
  };
}

/** @throws NbaError WAREHOUSE_STATEMENT_FAILED when a row was given for a date that the replacement is not about */
export function assertRowsWithin(replacement: PartitionReplacement, rows: readonly Row[]): void {
  const { table, range } = replacement;
  const stray = rows.find((row) => !(String(row[table.partition]) >= range.from && String(row[table.partition]) <= range.to));
  if (stray) throw rowsElsewhere(replacement, `a row of ${stray[table.partition]} was given for ${range.from} to ${range.to}`);
}

/** A query may not write beside the units it was asked for: nobody would ever account for those rows. */
export const rowsElsewhere = ({ table }: PartitionReplacement, what: string, cause?: unknown): NbaError =>
  new NbaError('WAREHOUSE_STATEMENT_FAILED', `${tableId(table)}: ${what}. Nothing was stored.`, { table: tableId(table), field: table.partition }, cause);
