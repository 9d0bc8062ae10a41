import {
  assertRowsWithin, identifier, NbaError, receiptOf, rowsElsewhere, scriptParameters, sql, stagedUnit, STAGED_UNIT_COLUMNS,
  type Lease, type Parameters, type PartitionReplacement, type Sql, type TableDefinition, type UnitReceipt,
} from '@nba/kernel';
import { JobAtLarge } from './faults';
import { replacementJobName, type JobName } from './job-identity';
import { runLabels, type JobLabels } from './job-labels';
import type { JobOptions } from './jobs';
import { joinParameters, refuseOtherTypes } from './query-types';
import { INPUTS_MOVED, LEASE_RAN_OUT, replacementText, ROWS_ELSEWHERE, type RowSource } from './replacement-text';
import { assertRowsFit } from './rows';
import { STAGING_DATASET } from './schema';
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
  const options: JobOptions = { name, labels, timeoutMs: window.timeoutMs, lists: { units: { rows: replacement.units.map(stagedUnit), columns: STAGED_UNIT_COLUMNS } } };
  // Opened when everything else is ready: loading may take its time.
  const begin_by = await window.open();
  let isOver = true;
  try {
    return (await place.jobs.query({ text, parameters: { ...parameters, begin_by } }, options)).map(receiptOf);
  } catch (fault) {
    isOver = !(fault instanceof NbaError && fault.cause instanceof JobAtLarge);
    throw isOver ? explained(fault, replacement, window) : atLarge(fault, window);
  } finally {
    // A job that nobody could ask about may still write: until its time is up the table is given to nobody, and what it reads stays.
    if (isOver) {
      await window.close();
      if ('loaded' in source) await place.jobs.client.dataset(STAGING_DATASET).table(stagingTable(name)).delete().catch(() => undefined);
    }
  }
}

const stagingTable = (name: JobName): string => name('rows', 0);

async function sourceOf(place: Workplace, replacement: PartitionReplacement, name: JobName, labels: JobLabels): Promise<RowSource> {
  const { table, source } = replacement;
  if ('statement' in source) {
    await refuseOtherTypes(place.jobs, table, source.statement);
    return { query: { text: source.statement.text } };
  }
  assertRowsWithin(replacement, source.rows);
  assertRowsFit(table, source.rows);
  if (source.rows.length === 0) return { query: nothing(table) };
  await place.loadRows(source.rows, table.columns, stagingTable(name), { name, labels });
  return { loaded: sql`${identifier(STAGING_DATASET)}.${identifier(stagingTable(name))}` };
}

/** A query for no rows: without any there is nothing to load. */
const nothing = (table: TableDefinition): Sql => sql`SELECT * FROM ${table} WHERE ${identifier(table.partition)} = CAST(@from AS DATE) AND FALSE`;

const parametersOf = ({ jobs }: Workplace, replacement: PartitionReplacement): Parameters =>
  joinParameters({ ...scriptParameters(replacement), finished_at: jobs.clock.now().toISOString() }, replacement.spine.parameters, 'statement' in replacement.source ? replacement.source.statement.parameters : {});

function explained(fault: unknown, replacement: PartitionReplacement, { lease }: WriteWindow): unknown {
  // What BigQuery said, without the head of the statement: that holds these words in any case.
  const message = fault instanceof Error && fault.cause instanceof Error ? fault.cause.message : '';
  if (message.includes(ROWS_ELSEWHERE)) {
    return rowsElsewhere(replacement, `rows were written for ${replacement.range.from} to ${replacement.range.to} that belong to none of the units`, fault);
  }
  if (message.includes(INPUTS_MOVED)) {
    return new NbaError('WAREHOUSE_UNAVAILABLE', `${lease.table}: what its rows were computed from has been written by another run meanwhile. Nothing was stored.`, {
      table: lease.table, next: 'run the same command again',
    }, fault);
  }
  if (message.includes(LEASE_RAN_OUT)) {
    return new NbaError('LEASE_LOST', `${lease.table} may not be written: the lease of ${lease.holder} had run out before its job began. Nothing was stored.`, {
      table: lease.table, next: 'run the same command again: it does what is left',
    }, fault);
  }
  return fault;
}

/** Not WAREHOUSE_UNAVAILABLE: the runner would try again at once, by a job of another name, beside one that may not have ended. */
const atLarge = (fault: unknown, { lease, timeoutMs }: WriteWindow): NbaError =>
  new NbaError('LEASE_LOST', `${lease.table}: BigQuery was out of reach while its job was at work, which may still be running. The table is given to nobody for the ${Math.ceil(timeoutMs / 60_000)} minutes that it may take.`, {
    table: lease.table, next: 'run the same command again then: it does what is left',
  }, fault);
