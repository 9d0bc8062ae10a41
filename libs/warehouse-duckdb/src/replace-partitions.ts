import {
  columnList, columnNames, contentColumns, defineTable, NbaError, replacementScript, sql, tableId, column, processorRunHistory, STAGED_ROWS, STAGED_UNITS,
  type Clock, type Parameters, type PartitionReplacement, type ReplacedUnit, type Row, type RunStatus, type GameDate, type Sql, type TableDefinition, type UnitReceipt,
} from '@nba/kernel';
import { appendRows } from './append-rows';
import { refuseOtherTypes } from './query-types';
import { columnDefinitions } from './schema';
import type { Session } from './session';

/** The hash of a table's rows, whatever their order: a sum of row hashes. Floats enter by their bits, never as text. */
export function contentHash(table: TableDefinition): Sql {
  return sql`CAST(SUM(hash(${columnList(contentColumns(table))})) AS STRING)`;
}

const stagedUnits = defineTable({
  dataset: 'temp',
  name: STAGED_UNITS.text,
  description: 'The units of the replacement in hand.',
  key: ['data_date'],
  partition: 'data_date',
  columns: {
    data_date: column.date('Unit'), from_date: column.date('First partition'), to_date: column.date('Last partition'), claim: column.text('success or partial'),
    errors: column.text('Findings'), error_code: column.text('Code'), source_documents: column.text('Documents'),
    coverage_gaps: column.text('Holes'), empty_reason: column.text('Why no rows'),
    is_lost: column.flag('Whether something else was stored than recorded'), lost_hash: column.text('Hash of what was recorded'),
  },
});
const temporary = (table: string) => ({ catalog: 'temp', schema: 'main', table });

/** For every session once: the table of units keeps its shape. */
export const STAGING_PRELUDE = `CREATE OR REPLACE TEMP TABLE ${stagedUnits.name} (${columnDefinitions(stagedUnits)})`;

/** Runs one replacement in one transaction; on any fault nothing has happened. */
export async function replacePartitions(session: Session, clock: Clock, replacement: PartitionReplacement): Promise<readonly UnitReceipt[]> {
  const { table, range, run, source } = replacement;
  const script = replacementScript(replacement, contentHash(table));
  const shared: Parameters = { from: range.from, to: range.to, table_name: tableId(table), run_id: run.runId };
  if ('statement' in source) await refuseOtherTypes(session, table, source.statement.text);
  else refuseOtherDates(replacement, source.rows);

  return session.transaction(async () => {
    await session.run(`DELETE FROM ${stagedUnits.name}`);
    await appendRows(session, { table: stagedUnits, name: temporary(stagedUnits.name) }, replacement.units.map(unitRow));
    const [snapshot] = await session.query(script.snapshot.text, shared);
    const bound: Parameters = { ...shared, version: snapshot?.['version'] ?? 1, input_versions: snapshot?.['input_versions'] ?? null };
    const held = Number(snapshot?.['rows_held']) > 0;
    if (held) {
      await stage(session, replacement, script.owned);
      await session.run(script.recordEdits.text, bound);
      await session.run(script.deleteOld.text, bound);
    }
    const inserted = held ? (await session.run(script.insertStaged.text)).rowsChanged : await insertStraight(session, replacement, script.owned);
    if (!held && inserted > 0) await session.run(script.recordNewPartitions.text, bound);
    if (replacement.units.some(({ lost }) => lost)) await session.run(script.recordLost.text, bound);

    const units = await session.query(script.history.text, { ...replacement.spine.parameters, ...bound, ...runParameters(replacement, clock) });
    refuseRowsElsewhere(replacement, inserted, units);
    await appendRows(session, { table: processorRunHistory }, units.map(({ unexpected: _u, duplicates: _d, ...recorded }) => recorded));
    return units.map(receipt);
  });
}

/** Where nothing is held there is nothing to compare: the rows go straight into the table. */
async function insertStraight(session: Session, { table, source }: PartitionReplacement, owned: Sql): Promise<number> {
  if ('rows' in source) {
    await appendRows(session, { table }, source.rows);
    return source.rows.length;
  }
  const columns = columnList(columnNames(table));
  const text = sql`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM (${{ text: source.statement.text }}) WHERE ${owned}`.text;
  return (await session.run(text, source.statement.parameters)).rowsChanged;
}

async function stage(session: Session, { table, source }: PartitionReplacement, owned: Sql): Promise<void> {
  // Typed as the table is, so that old and new are compared as they are stored.
  await session.runNative(`CREATE OR REPLACE TEMP TABLE ${STAGED_ROWS.text} (${columnDefinitions(table)})`);
  if ('rows' in source) return appendRows(session, { table, name: temporary(STAGED_ROWS.text) }, source.rows);
  const columns = columnList(columnNames(table)).text;
  await session.run(`INSERT INTO ${STAGED_ROWS.text} (${columns}) SELECT ${columns} FROM (${source.statement.text}) WHERE ${owned.text}`, source.statement.parameters);
}

function unitRow(unit: ReplacedUnit): Row {
  return {
    data_date: unit.dataDate, from_date: unit.partitions.from, to_date: unit.partitions.to, claim: unit.claim, errors: unit.errors,
    error_code: unit.errorCode, source_documents: unit.sourceDocuments, coverage_gaps: unit.coverageGaps, empty_reason: unit.emptyReason,
    is_lost: unit.lost !== null, lost_hash: unit.lost?.hash ?? null,
  };
}

function runParameters({ run }: PartitionReplacement, clock: Clock): Parameters {
  return {
    processor_name: run.processorName, phase: run.phase, attempt: run.attempt, started_at: run.startedAt, finished_at: clock.now().toISOString(),
    code_version: run.codeVersion, trigger: run.trigger, correlation_id: run.correlationId, skip_downstream_trigger: run.skipDownstreamTrigger,
  };
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

/** A query may not write beside the units it was asked for: nobody would ever account for those rows. */
function refuseRowsElsewhere({ table, range }: PartitionReplacement, inserted: number, units: readonly Row[]): void {
  const accounted = units.reduce((sum, unit) => sum + (unit['rows_stored'] as number), 0);
  if (accounted !== inserted) throw outside(table, `${inserted} rows were written for ${range.from} to ${range.to}, and the units hold ${accounted}`);
}

const outside = (table: TableDefinition, what: string) =>
  new NbaError('WAREHOUSE_STATEMENT_FAILED', `${tableId(table)}: ${what}. Nothing was stored.`, { table: tableId(table), field: table.partition });
