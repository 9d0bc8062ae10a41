import {
  column, columnList, columnNames, identifier, joinSql, literal, processorRunHistory, replacementScript, sharedColumns, sql, STAGED_ROWS, STAGED_UNIT_COLUMNS, STAGED_UNITS,
  type PartitionReplacement, type Sql, type TableDefinition,
} from '@nba/kernel';
import { rowHash } from './content-hash';

/** What the errors of the script say, so that they are recognised when they come back. */
export const LEASE_RAN_OUT = 'NBA_LEASE_RAN_OUT';
export const ROWS_ELSEWHERE = 'NBA_ROWS_ELSEWHERE';
export const INPUTS_MOVED = 'NBA_INPUTS_MOVED';

/** The variables that hold the row of the snapshot: as the new rows were computed, and as they are written. */
const [READ, BEFORE] = [sql`computed_from`, sql`replaced`];
const SNAPSHOT = sql`STRUCT<version INT64, input_versions STRING, rows_held INT64>`;
/**
 * Within a transaction BigQuery's clock stands at its beginning, so what takes long is done before: then that is when a run has as good as ended.
 * By the time that has passed, not by the instant: the pipeline's own clock may stand elsewhere.
 */
const FINISHED_AT = sql`TIMESTAMP_ADD(CAST(@finished_at AS TIMESTAMP), INTERVAL TIMESTAMP_DIFF(CURRENT_TIMESTAMP(), begun_at, MICROSECOND) MICROSECOND)`;
/** A line of the run history for every unit, with what only the receipt tells. */
const RECEIPTS = identifier('unit_receipts');
const RECEIPT_COLUMNS: TableDefinition['columns'] = { ...processorRunHistory.columns, unexpected: column.integer('Keys stored that the spine does not ask for'), duplicates: column.integer('Rows too many') };

/** Where the new rows come from: a query, or the table into which a load job has put them. */
export type RowSource = { readonly query: Sql } | { readonly loaded: Sql };

/**
 * The replacement as one script, one transaction in it. The new rows are computed before, from what the snapshot says is there; when that has moved on
 * until they are to be written, they are not. An error anywhere ends the script, and BigQuery then rolls the open transaction back: nothing has happened.
 * No handler is needed for that, and none could do more than raise the error again.
 * Temporary tables belong to the job, so two replacements never see each other's; they are made before the transaction, which then holds nothing but reads and writes.
 * Parameters besides the kernel's: `@units`, `@begin_by`, and those of the query and the spine.
 */
export function replacementText(replacement: PartitionReplacement, source: RowSource): Sql {
  const { table } = replacement;
  const version = sql`${BEFORE}.version`;
  const script = replacementScript(replacement, rowHash(table), version);
  const shared = Object.entries(sharedColumns({ version, inputVersions: sql`CAST(${BEFORE}.input_versions AS STRING)`, finishedAt: FINISHED_AT })).map(([name, value]) => sql`${value} AS ${identifier(name)}`);
  const snapshot = sql`(SELECT AS STRUCT version, input_versions, rows_held FROM (SELECT IFNULL(MAX(IF(output_table = @table_name, version, NULL)), 0) + 1 AS version,
      STRING_AGG(${inputVersion(replacement)}, ',' ORDER BY output_table) AS input_versions, (${script.held}) AS rows_held FROM (${script.versions})))`;
  const columns = columnList(columnNames(table));
  const staged = 'loaded' in source ? sql`${source.loaded}` : sql`(${source.query}) WHERE ${script.owned}`;
  const lost = replacement.units.some((unit) => unit.lost !== null) ? [script.recordLost] : [];
  const history = columnList(columnNames(processorRunHistory));
  const receipts = columnList(Object.keys(RECEIPT_COLUMNS));
  return lines([
    sql`DECLARE begun_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP()`,
    sql`DECLARE ${READ} ${SNAPSHOT}`,
    sql`DECLARE ${BEFORE} ${SNAPSHOT}`,
    // Who was stopped for so long that the window is over may not begin: somebody else may be writing. It is asked here, because within
    // a transaction BigQuery's clock stands at its beginning; how long it takes from here is bounded by the job's timeout.
    sql`IF CURRENT_TIMESTAMP() >= CAST(@begin_by AS TIMESTAMP) THEN
      RAISE USING MESSAGE = '${{ text: LEASE_RAN_OUT }}';
    END IF`,
    sql`CREATE OR REPLACE TEMP TABLE ${STAGED_UNITS} AS SELECT ${columnList(Object.keys(STAGED_UNIT_COLUMNS), 'unit')} FROM UNNEST(@units) AS unit`,
    sql`CREATE OR REPLACE TEMP TABLE ${STAGED_ROWS} (${definitions(table.columns)})`,
    sql`CREATE OR REPLACE TEMP TABLE ${RECEIPTS} (${definitions(RECEIPT_COLUMNS)})`,
    sql`SET ${READ} = ${snapshot}`,
    // Typed as the table is, so that old and new are compared as they are stored.
    sql`INSERT INTO ${STAGED_ROWS} (${columns}) SELECT ${columns} FROM ${staged}`,
    sql`BEGIN TRANSACTION`,
    sql`SET ${BEFORE} = ${snapshot}`,
    // A version only rises: the same before and after says that nobody has written what the rows were computed from.
    sql`IF ${BEFORE}.version <> ${READ}.version OR ${BEFORE}.input_versions IS DISTINCT FROM ${READ}.input_versions THEN
      RAISE USING MESSAGE = '${{ text: INPUTS_MOVED }}';
    END IF`,
    sql`IF ${BEFORE}.rows_held > 0 THEN
      ${script.recordEdits(sql`(${script.edits})`)};
      ${script.deleteOld};
    END IF`,
    script.insertStaged,
    sql`IF ${BEFORE}.rows_held = 0 THEN
      ${script.recordNewPartitions};
    END IF`,
    ...lost,
    sql`INSERT INTO ${RECEIPTS} (${receipts}) SELECT ${receipts} FROM (SELECT *, ${joinSql(shared)} FROM (${script.endings}))`,
    // A query may not write beside the units it was asked for: nobody would ever account for those rows.
    sql`IF (SELECT COUNT(*) FROM ${STAGED_ROWS}) <> (SELECT IFNULL(SUM(rows_stored), 0) FROM ${RECEIPTS}) THEN
      RAISE USING MESSAGE = '${{ text: ROWS_ELSEWHERE }}';
    END IF`,
    sql`INSERT INTO ${processorRunHistory} (${history}) SELECT ${history} FROM ${RECEIPTS}`,
    sql`COMMIT TRANSACTION`,
    sql`SELECT ${receipts} FROM ${RECEIPTS} ORDER BY data_date`,
  ]);
}

/** Of a table that is read, as the history writes it; NULL of others. */
function inputVersion({ inputs }: PartitionReplacement): Sql {
  if (inputs.length === 0) return sql`CAST(NULL AS STRING)`;
  return sql`IF(output_table IN (${joinSql(inputs.map(literal))}), CONCAT(output_table, ':', CAST(version AS STRING)), NULL)`;
}

const lines = (statements: readonly Sql[]): Sql => ({ text: statements.map(({ text }) => `${text};\n`).join('') });

const definitions = (columns: TableDefinition['columns']): Sql => joinSql(Object.entries(columns).map(([name, { type }]) => sql`${identifier(name)} ${identifier(type)}`));
