import {
  identifier, NbaError, sql, tableId,
  type GameDate, type Lease, type Parameters, type PartitionReplacement, type Row, type RunStatus, type Sql, type TableDefinition, type UnitReceipt,
} from '@nba/kernel';
import { replacementJobName, type JobName } from './job-identity';
import { runLabels, type JobLabels } from './job-labels';
import type { JobOptions } from './jobs';
import { joinParameters, refuseOtherTypes } from './query-types';
import { LEASE_RAN_OUT, replacementText, ROWS_ELSEWHERE, type RowSource } from './replacement-text';
import { assertRowsFit } from './rows';
import { STAGING_DATASET } from './schema';
import { STAGED_UNIT_COLUMNS, unitRow } from './staged-units';
import type { Workplace } from './workplace';

/** The time in which a replacement may write, kept by its lease. */
export interface WriteWindow {
  readonly lease: Lease;
  /** The longest its job may take. */
  readonly timeoutMs: number;
  /** Keeps the table from being given away. @returns until when the job must have begun, by Google's own clock: ISO 8601, UTC */
  open(): Promise<string>;
  /** The job has ended. */
  close(): Promise<void>;
}

/** Runs one replacement in one transaction; on any fault nothing has happened. */
export async function replacePartitions(place: Workplace, replacement: PartitionReplacement, window: WriteWindow): Promise<readonly UnitReceipt[]> {
  const { run } = replacement;
  const name = replacementJobName(replacement, window.lease);
  const labels = runLabels(run);
  const parameters = parametersOf(place, replacement);
  const source = await sourceOf(place, replacement, name, labels);
  const text = replacementText(replacement, source).text;
  const options: JobOptions = { name, labels, timeoutMs: window.timeoutMs, lists: { units: { rows: replacement.units.map(unitRow), columns: STAGED_UNIT_COLUMNS } } };
  try {
    // Opened when everything else is ready: loading may take its time.
    const begin_by = await window.open();
    return (await place.jobs.query({ text, parameters: { ...parameters, begin_by } }, options)).map(receipt);
  } catch (fault) {
    throw explained(fault, replacement, window);
  } finally {
    await window.close();
    if ('loaded' in source) await place.jobs.client.dataset(STAGING_DATASET).table(stagingTable(name)).delete().catch(() => undefined);
  }
}

const stagingTable = (name: JobName): string => name('rows', 0);

async function sourceOf(place: Workplace, replacement: PartitionReplacement, name: JobName, labels: JobLabels): Promise<RowSource> {
  const { table, source } = replacement;
  if ('statement' in source) {
    await refuseOtherTypes(place.jobs, table, source.statement);
    return { query: { text: source.statement.text } };
  }
  refuseOtherDates(replacement, source.rows);
  assertRowsFit(table, source.rows);
  if (source.rows.length === 0) return { query: nothing(table) };
  await place.loadRows(source.rows, table.columns, stagingTable(name), { name, labels });
  return { loaded: sql`${identifier(STAGING_DATASET)}.${identifier(stagingTable(name))}` };
}

/** A query for no rows: without any there is nothing to load. */
const nothing = (table: TableDefinition): Sql => sql`SELECT * FROM ${table} WHERE ${identifier(table.partition)} = CAST(@from AS DATE) AND FALSE`;

function parametersOf({ jobs }: Workplace, { table, range, run, source, spine }: PartitionReplacement): Parameters {
  return joinParameters(
    { from: range.from, to: range.to, table_name: tableId(table), run_id: run.runId },
    {
      processor_name: run.processorName, phase: run.phase, attempt: run.attempt, started_at: run.startedAt, finished_at: jobs.clock.now().toISOString(),
      code_version: run.codeVersion, trigger: run.trigger, correlation_id: run.correlationId, skip_downstream_trigger: run.skipDownstreamTrigger,
    },
    spine.parameters,
    'statement' in source ? source.statement.parameters : {},
  );
}

function receipt(row: Row): UnitReceipt {
  return {
    dataDate: row['data_date'] as GameDate, status: row['status'] as RunStatus, rows: row['rows_stored'] as number,
    expected: row['rows_expected'] as number, missing: row['rows_missing'] as number, unexpected: row['unexpected'] as number,
    duplicates: row['duplicates'] as number, changes: row['rows_changed'] as number,
  };
}

function refuseOtherDates({ table, range }: PartitionReplacement, rows: readonly Row[]): void {
  const stray = rows.find((row) => !(String(row[table.partition]) >= range.from && String(row[table.partition]) <= range.to));
  if (stray) throw outside(table, `a row of ${stray[table.partition]} was given for ${range.from} to ${range.to}`);
}

const outside = (table: TableDefinition, what: string, cause?: unknown) =>
  new NbaError('WAREHOUSE_STATEMENT_FAILED', `${tableId(table)}: ${what}. Nothing was stored.`, { table: tableId(table), field: table.partition }, cause);

function explained(fault: unknown, { table, range }: PartitionReplacement, { lease }: WriteWindow): unknown {
  // What BigQuery said, without the head of the statement: that holds these words in any case.
  const message = fault instanceof Error && fault.cause instanceof Error ? fault.cause.message : '';
  if (message.includes(ROWS_ELSEWHERE)) return outside(table, `rows were written for ${range.from} to ${range.to} that belong to none of the units`, fault);
  if (message.includes(LEASE_RAN_OUT)) {
    return new NbaError('LEASE_LOST', `${lease.table} may not be written: the lease of ${lease.holder} had run out before its job began. Nothing was stored.`, {
      table: lease.table, next: 'run the same command again: it does what is left',
    }, fault);
  }
  return fault;
}
