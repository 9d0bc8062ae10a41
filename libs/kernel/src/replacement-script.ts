import { processorRunHistory, partitionChanges } from './state-tables';
import { columnList, identifier, joinSql, literal, sql, type Sql } from './sql';
import { columnNames, type TableDefinition } from './table';
import type { PartitionReplacement } from './warehouse';

/** The temporary tables that the script works on. The adapter fills the first three, the script the last. */
export const STAGED_ROWS = identifier('staged_rows');
export const STAGED_UNITS = identifier('staged_units');
export const EXPECTED_KEYS = identifier('expected_keys');
const READ_BACK = identifier('read_back');

/**
 * The statements, in GoogleSQL, that an adapter runs in one transaction to replace partitions: one text
 * for both engines, so that what a status means is decided once.
 * Parameters: `@from`, `@to`, `@table_name`, `@run_id`; for `appendHistory` also those named there.
 */
export interface ReplacementScript {
  /** How many rows the range holds now: with none, the two steps about old rows may be left out. */
  readonly countOld: Sql;
  /** What differs by key from the stored rows; a partition that held none is one change. Before `deleteOld`, with the new rows staged. */
  readonly recordEdits: Sql;
  readonly deleteOld: Sql;
  readonly insertStaged: Sql;
  /** For a range that held no row, instead of `recordEdits`: every partition is one change. After the insert. */
  readonly recordNewPartitions: Sql;
  /** Counts what is stored now, against the expected keys. After the insert. */
  readonly readBack: Sql;
  /** One history row per unit. */
  readonly appendHistory: Sql;
  /** What was recorded, per unit, as `UnitReceipt` needs it. */
  readonly receipts: Sql;
}

/** @param contentHash an aggregate over the rows of the table, engine-specific, the same whatever their order */
export function replacementScript(replacement: PartitionReplacement, contentHash: Sql): ReplacementScript {
  const { table, inputs } = replacement;
  const columns = columnList(columnNames(table));
  const inRange = within(table);
  return {
    countOld: sql`SELECT COUNT(*) AS rows_stored FROM ${table} WHERE ${inRange}`,
    recordEdits: recordEdits(table),
    deleteOld: sql`DELETE FROM ${table} WHERE ${inRange}`,
    insertStaged: sql`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM ${STAGED_ROWS}`,
    recordNewPartitions: sql`INSERT INTO ${partitionChanges} (table_name, game_date, version, run_id, kind)
      SELECT DISTINCT @table_name, ${identifier(table.partition)}, ${NEXT_VERSION}, @run_id, 'partition'
      FROM ${table} WHERE ${inRange}`,
    readBack: readBack(replacement, contentHash),
    appendHistory: appendHistory(inputs),
    receipts: sql`SELECT data_date, ${STATUS} AS status, rows_stored, rows_expected, rows_missing, unexpected, duplicates, changes
      FROM ${STAGED_UNITS} JOIN ${READ_BACK} USING (data_date) ORDER BY data_date`,
  };
}

const within = (table: TableDefinition) =>
  sql`${identifier(table.partition)} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)`;

const NEXT_VERSION = sql`(SELECT IFNULL(MAX(output_version), 0) + 1 FROM ${processorRunHistory} WHERE output_table = @table_name)`;

/** The claim, lowered by what was read back. Zero rows are right only where zero keys are expected. */
const STATUS = sql`CASE
    WHEN rows_missing + unexpected + duplicates > 0 OR claim = 'partial' THEN 'partial'
    WHEN rows_stored = 0 THEN 'empty_ok'
    ELSE 'success' END`;

function recordEdits(table: TableDefinition): Sql {
  const partition = identifier(table.partition);
  const oldRows = sql`(SELECT * FROM ${table} WHERE ${within(table)})`;
  const key = [table.partition, ...table.key.filter((column) => column !== table.partition)];
  const values = columnNames(table).filter((column) => !key.includes(column));
  const held = sql`(SELECT ${partition} FROM ${table} WHERE ${within(table)})`;
  const same = joinSql(key.map((k) => sql`o.${identifier(k)} = n.${identifier(k)}`), ' AND ');
  const first = identifier(table.key[0] as string);
  const differs = (column: string) => sql`o.${identifier(column)} IS DISTINCT FROM n.${identifier(column)}`;
  const entity = (column: string, type: Sql) =>
    column in table.columns ? sql`IFNULL(n.${identifier(column)}, o.${identifier(column)})` : sql`CAST(NULL AS ${type})`;
  const edited = values.length ? joinSql(values.map(differs), ' OR ') : sql`FALSE`;
  const names = joinSql([...values.map((v) => sql`IF(${differs(v)}, ${literal(v)}, NULL)`), sql`CAST(NULL AS STRING)`]);
  return sql`INSERT INTO ${partitionChanges} (table_name, game_date, version, run_id, kind, game_id, team_id, player_id, columns)
    SELECT @table_name, IFNULL(n.${partition}, o.${partition}), ${NEXT_VERSION}, @run_id,
      CASE WHEN o.${first} IS NULL THEN 'came' WHEN n.${first} IS NULL THEN 'went' ELSE 'edited' END,
      ${entity('game_id', sql`STRING`)}, ${entity('team_id', sql`INT64`)}, ${entity('player_id', sql`INT64`)},
      IF(o.${first} IS NULL OR n.${first} IS NULL, NULL, ARRAY_TO_STRING([${names}], ','))
    FROM ${oldRows} o FULL JOIN (SELECT * FROM ${STAGED_ROWS} WHERE ${partition} IN ${held}) n ON ${same}
    WHERE o.${first} IS NULL OR n.${first} IS NULL OR ${edited}
    UNION ALL SELECT DISTINCT @table_name, ${partition}, ${NEXT_VERSION}, @run_id, 'partition',
      CAST(NULL AS STRING), CAST(NULL AS INT64), CAST(NULL AS INT64), CAST(NULL AS STRING)
    FROM ${STAGED_ROWS} WHERE ${partition} NOT IN ${held}`;
}

function readBack({ table, spineKey }: PartitionReplacement, contentHash: Sql): Sql {
  const partition = identifier(table.partition);
  const expectedKey = columnList([table.partition, ...spineKey.filter((column) => column !== table.partition)]);
  const tableKey = columnList([table.partition, ...table.key.filter((column) => column !== table.partition)]);
  return sql`CREATE OR REPLACE TEMP TABLE ${READ_BACK} AS
    WITH stored AS (SELECT ${partition}, COUNT(*) AS n, ${contentHash} AS content_hash FROM ${table} WHERE ${within(table)} GROUP BY ${partition}),
      held AS (SELECT ${tableKey}, COUNT(*) - 1 AS copies FROM ${table} WHERE ${within(table)} GROUP BY ${tableKey} HAVING COUNT(*) > 1),
      copies AS (SELECT ${partition}, SUM(copies) AS n FROM held GROUP BY ${partition}),
      compared AS (
        SELECT ${partition}, SUM(expected) AS expected, SUM(expected * (1 - present)) AS missing, SUM(present * (1 - expected)) AS unexpected
        FROM (SELECT ${expectedKey}, MAX(expected) AS expected, MAX(present) AS present
          FROM (SELECT DISTINCT ${expectedKey}, 1 AS expected, 0 AS present FROM ${EXPECTED_KEYS}
            UNION ALL SELECT DISTINCT ${expectedKey}, 0, 1 FROM ${table} WHERE ${within(table)})
          GROUP BY ${expectedKey})
        GROUP BY ${partition}),
      changed AS (SELECT game_date AS ${partition}, COUNT(*) AS n FROM ${partitionChanges}
        WHERE table_name = @table_name AND run_id = @run_id AND version = ${NEXT_VERSION} GROUP BY game_date),
      dates AS (SELECT ${partition} FROM stored UNION DISTINCT SELECT ${partition} FROM compared UNION DISTINCT SELECT ${partition} FROM changed),
      placed AS (SELECT data_date, ${partition} FROM ${STAGED_UNITS} JOIN dates ON ${partition} BETWEEN from_date AND to_date)
    SELECT data_date, IFNULL(SUM(s.n), 0) AS rows_stored, IFNULL(SUM(c.expected), 0) AS rows_expected, IFNULL(SUM(c.missing), 0) AS rows_missing,
      IFNULL(SUM(c.unexpected), 0) AS unexpected, IFNULL(SUM(d.n), 0) AS duplicates, IFNULL(SUM(g.n), 0) AS changes,
      STRING_AGG(s.content_hash, '' ORDER BY ${partition}) AS content_hash
    FROM ${STAGED_UNITS}
      LEFT JOIN placed USING (data_date)
      LEFT JOIN stored s USING (${partition}) LEFT JOIN compared c USING (${partition})
      LEFT JOIN copies d USING (${partition}) LEFT JOIN changed g USING (${partition})
    GROUP BY data_date`;
}

function appendHistory(inputs: readonly string[]): Sql {
  const versions = inputs.length
    ? sql`(SELECT STRING_AGG(CONCAT(output_table, ':', CAST(version AS STRING)), ',' ORDER BY output_table)
        FROM (SELECT output_table, MAX(output_version) AS version FROM ${processorRunHistory}
          WHERE output_table IN (${joinSql(inputs.map(literal))}) GROUP BY output_table))`
    : sql`CAST(NULL AS STRING)`;
  return sql`INSERT INTO ${processorRunHistory} (${columnList(columnNames(processorRunHistory))})
    SELECT @processor_name, data_date, @run_id, @phase, @attempt, ${STATUS}, CAST(@started_at AS TIMESTAMP), CAST(@finished_at AS TIMESTAMP),
      rows_stored, rows_expected, rows_missing, @table_name, ${NEXT_VERSION}, ${versions}, content_hash, source_documents,
      @code_version, @trigger, @skip_downstream_trigger, coverage_gaps,
      IF(rows_missing + unexpected + duplicates > 0, IFNULL(error_code, 'KEYS_DIFFER'), error_code),
      CASE WHEN rows_missing + unexpected + duplicates > 0
          THEN CONCAT(IFNULL(CONCAT(errors, '; '), ''), CAST(rows_missing AS STRING), ' keys missing, ',
            CAST(unexpected AS STRING), ' unexpected, ', CAST(duplicates AS STRING), ' duplicate')
        ELSE IFNULL(errors, IF(rows_stored = 0, empty_reason, NULL)) END
    FROM ${STAGED_UNITS} JOIN ${READ_BACK} USING (data_date)`;
}
