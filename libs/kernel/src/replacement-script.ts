import { processorRunHistory, partitionChanges } from './state-tables';
import { columnList, identifier, joinSql, literal, sql, type Sql } from './sql';
import { columnNames, contentColumns, keyColumns, tableId, type TableDefinition } from './table';
import type { PartitionReplacement, ReplacedUnit } from './warehouse';

/** The temporary tables that the script reads. The adapter fills them: rows as the table is typed, one line per unit. */
export const STAGED_ROWS = identifier('staged_rows');
export const STAGED_UNITS = identifier('staged_units');
/** The answer of the script's `edits`, for an adapter that asks once what differs. */
export const STAGED_EDITS = identifier('staged_edits');

/**
 * The statements, in GoogleSQL, that an adapter runs in one transaction to replace partitions: one text
 * for both engines, so that what a status means is decided once.
 * Parameters: `@from`, `@to`, `@table_name`, `@run_id`, and the version that `versions` leads to.
 */
export interface ReplacementScript {
  /** The condition on a table's partition, or on a query's, that a unit of the replacement owns it. With the units staged. */
  readonly owned: Sql;
  /** First of all: the newest `version` of the table and of each that it reads, by `output_table`; what has never been written is left out. */
  readonly versions: Sql;
  /** One row: how many rows the units hold (`rows_held`). With none there is nothing to compare: what is about `edits` and old rows may be left out. */
  readonly held: Sql;
  /** By key, what differs between the stored rows and the new ones. Before either of the two ways to replace them, with the new rows staged. */
  readonly edits: Sql;
  /** The same, with where the rows are: `old_place` and `new_place`, null where there is none. @param place what an engine calls the place of a row, for one that can tell */
  readonly placedEdits: (place: Sql) => Sql;
  /** Records what differs; a partition that held no row is one change. Before the rows are replaced. @param edits the query, or the table that holds its answer */
  readonly recordEdits: (edits: Sql) => Sql;
  /** Every row is replaced: by this and `insertStaged`. */
  readonly deleteOld: Sql;
  readonly insertStaged: Sql;
  /** For units that held no row, instead of `recordEdits`: every partition is one change. After the insert. */
  readonly recordNewPartitions: Sql;
  /**
   * For units that did not hold what was recorded: the partition is one change, of everybody stored in it when what was
   * recorded is back, else of nobody knows whom. After the insert; needed only when there are such units.
   */
  readonly recordLost: Sql;
  /**
   * Last, one row per unit, by date: what is stored now against the keys the spine asks for, as the columns of the run
   * history in which units differ, then `unexpected` and `duplicates`. With the columns that they share, as `sharedLine` has
   * them or {@link sharedColumns}, they are lines of the history, which the adapter appends. The spine stands in it: its
   * parameters are wanted as well.
   */
  readonly endings: Sql;
}

/**
 * @param rowHash a whole number for a row of the table, engine-specific, in a type that holds the sum over all rows: so a content's hash is the same whatever their order
 * @param version how the statements name the version that the replacement makes: a parameter, or the variable of a script
 */
export function replacementScript(replacement: PartitionReplacement, rowHash: Sql, version: Sql = sql`@version`): ReplacementScript {
  const { table } = replacement;
  const columns = columnList(columnNames(table));
  const owned = ownedBy(replacement);
  return {
    versions: versions(replacement),
    held: sql`SELECT COUNT(*) AS rows_held FROM ${table} WHERE ${owned}`,
    owned,
    edits: edits(replacement, sql`*`, sql``),
    placedEdits: (place) => edits(replacement, sql`*, ${place} AS old_place`, sql`, o.old_place, n.${place} AS new_place`),
    recordEdits: (from) => recordEdits(replacement, version, from),
    deleteOld: sql`DELETE FROM ${table} WHERE ${owned}`,
    insertStaged: sql`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM ${STAGED_ROWS}`,
    recordNewPartitions: recordNewPartitions(replacement, version),
    recordLost: recordLost(replacement, rowHash, version),
    endings: endings(replacement, rowHash, version),
  };
}

/** Most units own one partition each, and there may be others between them. A season owns every date from its first to its last. */
const isSingle = ({ partitions }: ReplacedUnit): boolean => partitions.from === partitions.to;

function ownedBy({ table, units }: Pick<PartitionReplacement, 'table' | 'units'>): Sql {
  const partition = identifier(table.partition);
  const range = sql`${partition} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)`;
  return units.length > 1 && units.every(isSingle) ? sql`${range} AND ${partition} IN (SELECT from_date FROM ${STAGED_UNITS})` : range;
}

function versions({ table, inputs }: PartitionReplacement): Sql {
  return sql`SELECT output_table, MAX(output_version) AS version FROM ${processorRunHistory}
      WHERE output_table IN (${joinSql([tableId(table), ...inputs].map(literal))}) AND output_version IS NOT NULL GROUP BY output_table`;
}

const sameKey = (table: TableDefinition): Sql => joinSql(keyColumns(table).map((k) => sql`o.${identifier(k)} = n.${identifier(k)}`), ' AND ');

/** Whom a row is about, as far as its table says. */
const ENTITIES = { game_id: sql`STRING`, team_id: sql`INT64`, player_id: sql`INT64` } as const;

/** @param stored what is read of the stored rows. @param places what is answered beside whose row it is and how it differs */
function edits(replacement: PartitionReplacement, stored: Sql, places: Sql): Sql {
  const { table } = replacement;
  const key = keyColumns(table);
  const values = contentColumns(table).filter((column) => !key.includes(column));
  const first = identifier(table.key[0] as string);
  const differs = (column: string) => sql`o.${identifier(column)} IS DISTINCT FROM n.${identifier(column)}`;
  const either = [...new Set([...key, ...Object.keys(ENTITIES).filter((column) => column in table.columns)])].map((column) => sql`IFNULL(n.${identifier(column)}, o.${identifier(column)}) AS ${identifier(column)}`);
  const edited = values.length ? joinSql(values.map(differs), ' OR ') : sql`FALSE`;
  const names = joinSql([...values.map((v) => sql`IF(${differs(v)}, ${literal(v)}, NULL)`), sql`CAST(NULL AS STRING)`]);
  return sql`SELECT ${joinSql(either)},
      CASE WHEN o.${first} IS NULL THEN 'came' WHEN n.${first} IS NULL THEN 'went' ELSE 'edited' END AS edit_kind,
      IF(o.${first} IS NULL OR n.${first} IS NULL, NULL, ARRAY_TO_STRING([${names}], ',')) AS edited_columns${places}
    FROM (SELECT ${stored} FROM ${table} WHERE ${ownedBy(replacement)}) o
      FULL JOIN ${STAGED_ROWS} AS n ON ${sameKey(table)}
    WHERE o.${first} IS NULL OR n.${first} IS NULL OR ${edited}`;
}

function recordEdits(replacement: PartitionReplacement, version: Sql, from: Sql): Sql {
  const { table } = replacement;
  const partition = identifier(table.partition);
  const held = sql`(SELECT ${partition} FROM ${table} WHERE ${ownedBy(replacement)})`;
  const entities = Object.entries(ENTITIES).map(([column, type]) => (column in table.columns ? identifier(column) : sql`CAST(NULL AS ${type})`));
  return sql`INSERT INTO ${partitionChanges} (table_name, game_date, version, run_id, kind, game_id, team_id, player_id, columns)
    SELECT @table_name, ${partition}, ${version}, @run_id, edit_kind, ${joinSql(entities)}, edited_columns FROM ${from} AS edits WHERE ${partition} IN ${held}
    UNION ALL SELECT DISTINCT @table_name, ${partition}, ${version}, @run_id, 'partition',
      CAST(NULL AS STRING), CAST(NULL AS INT64), CAST(NULL AS INT64), CAST(NULL AS STRING)
    FROM ${STAGED_ROWS} WHERE ${partition} NOT IN ${held}`;
}

/** Where something is lost, `recordLost` has more to say. */
function recordNewPartitions({ table, units }: PartitionReplacement, version: Sql): Sql {
  const partition = identifier(table.partition);
  const others = units.some(({ lost }) => lost) ? sql` AND ${partition} NOT IN (SELECT from_date FROM ${STAGED_UNITS} WHERE is_lost)` : sql``;
  return sql`INSERT INTO ${partitionChanges} (table_name, game_date, version, run_id, kind)
    SELECT @table_name, ${partition}, ${version}, @run_id, 'partition' FROM ${table} WHERE ${ownedBy({ table, units })}${others} GROUP BY ${partition}`;
}

/** A season's unit names every date that it holds: of those it has lost wholly the calendar tells their readers. */
function recordLost({ table }: PartitionReplacement, rowHash: Sql, version: Sql): Sql {
  const partition = identifier(table.partition);
  return sql`INSERT INTO ${partitionChanges} (table_name, game_date, version, run_id, kind)
    SELECT @table_name, from_date, ${version}, @run_id, IF(content_hash = lost_hash, 'partition', 'unknown')
    FROM (SELECT from_date, lost_hash FROM ${STAGED_UNITS} WHERE is_lost AND from_date = to_date)
      LEFT JOIN (SELECT ${partition} AS held_date, CAST(SUM(${rowHash}) AS STRING) AS content_hash FROM ${table}
        WHERE ${partition} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) GROUP BY ${partition}) ON held_date = from_date
    UNION ALL
    SELECT DISTINCT @table_name, ${partition}, ${version}, @run_id, 'unknown'
    FROM ${table} JOIN ${STAGED_UNITS} ON ${partition} BETWEEN from_date AND to_date
    WHERE is_lost AND from_date <> to_date AND ${partition} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)`;
}

/** The claim, lowered by what was read back. Zero rows are right only where zero keys are expected, and nothing upstream was missing. */
const STATUS = sql`CASE
    WHEN rows_missing + unexpected + duplicates > 0 OR claim = 'partial' THEN 'partial'
    WHEN rows_stored = 0 THEN IF(coverage_gaps IS NULL, 'empty_ok', 'partial')
    ELSE 'success' END`;

function endings(replacement: PartitionReplacement, rowHash: Sql, version: Sql): Sql {
  return sql`SELECT data_date, ${STATUS} AS status, rows_stored, rows_expected, rows_missing, changes AS rows_changed, content_hash AS output_hash, source_documents, coverage_gaps,
      IF(rows_missing + unexpected + duplicates > 0, IFNULL(error_code, 'KEYS_DIFFER'), error_code) AS error_code,
      CASE WHEN rows_missing + unexpected + duplicates > 0
          THEN CONCAT(IFNULL(CONCAT(errors, '; '), ''), CAST(rows_missing AS STRING), ' keys missing, ',
            CAST(unexpected AS STRING), ' unexpected, ', CAST(duplicates AS STRING), ' duplicate')
        ELSE IFNULL(errors, IF(rows_stored = 0, empty_reason, NULL)) END AS errors,
      unexpected, duplicates
    FROM (${readBack(replacement, rowHash, version)}) ORDER BY data_date`;
}

/** The columns of the run history in which the units of a replacement do not differ, by parameters and what is given; as values they are `sharedLine`. */
export function sharedColumns({ version, inputVersions, finishedAt }: { readonly version: Sql; readonly inputVersions: Sql; readonly finishedAt: Sql }): Readonly<Record<string, Sql>> {
  return {
    processor_name: sql`@processor_name`, run_id: sql`@run_id`, phase: sql`@phase`, attempt: sql`@attempt`,
    started_at: sql`CAST(@started_at AS TIMESTAMP)`, finished_at: sql`GREATEST(CAST(@started_at AS TIMESTAMP), ${finishedAt})`,
    output_table: sql`@table_name`, output_version: version, input_versions: inputVersions, code_version: sql`@code_version`, trigger: sql`@trigger`,
    correlation_id: sql`@correlation_id`, skip_downstream_trigger: sql`@skip_downstream_trigger`, blocked_by: sql`CAST(NULL AS STRING)`,
  };
}

/** Per unit: what is stored, what the spine asks for, what differs, what changed. */
function readBack(replacement: PartitionReplacement, rowHash: Sql, version: Sql): Sql {
  const { table, units } = replacement;
  const measures = sql`
      SELECT ${identifier(table.partition)} AS measured, SUM(stored) AS n, SUM(expected) AS expected, SUM(expected * (1 - present)) AS missing,
        SUM(present * (1 - expected)) AS unexpected, SUM(copies) AS copies, 0 AS changes, CAST(SUM(content) AS STRING) AS content_hash
      FROM (${comparedKeys(replacement, rowHash)}) GROUP BY ${identifier(table.partition)}
      UNION ALL
      SELECT game_date, 0, 0, 0, 0, 0, COUNT(*), CAST(NULL AS STRING) FROM ${partitionChanges}
      WHERE table_name = @table_name AND version = ${version} GROUP BY game_date`;
  // With one partition each there is nothing to order, and nothing to search by range.
  const single = units.every(isSingle);
  const hashes = single ? sql`MAX(content_hash)` : sql`STRING_AGG(content_hash, '' ORDER BY measured)`;
  const ofUnit = single ? sql`measured = from_date` : sql`measured BETWEEN from_date AND to_date`;
  // Every unit adds a line of zeros, so that those without rows are there too: an outer join on a range is more than BigQuery runs.
  return sql`SELECT data_date, MAX(claim) AS claim, MAX(errors) AS errors, MAX(error_code) AS error_code,
      MAX(source_documents) AS source_documents, MAX(coverage_gaps) AS coverage_gaps, MAX(empty_reason) AS empty_reason,
      SUM(n) AS rows_stored, SUM(expected) AS rows_expected, SUM(missing) AS rows_missing, SUM(unexpected) AS unexpected,
      SUM(copies) AS duplicates, SUM(changes) AS changes, ${hashes} AS content_hash
    FROM ${STAGED_UNITS} JOIN (${measures}
      UNION ALL SELECT from_date, 0, 0, 0, 0, 0, 0, CAST(NULL AS STRING) FROM ${STAGED_UNITS}) ON ${ofUnit}
    GROUP BY data_date`;
}

/** Each key that is expected or stored: 0 or 1 for either, how many rows are stored, how many of them are too many, and the sum of their hashes. */
function comparedKeys(replacement: PartitionReplacement, rowHash: Sql): Sql {
  const { table, spine, spineKey } = replacement;
  const owned = ownedBy(replacement);
  const withPartition = (key: readonly string[]) => columnList([...new Set([table.partition, ...key])]);
  const expectedKey = withPartition(spineKey);
  const asked: Sql = { text: spine.text };
  if (table.key.every((column) => column === table.partition || spineKey.includes(column))) {
    return sql`SELECT ${expectedKey}, MAX(asked) AS expected, SUM(held) AS stored, IF(SUM(held) > 0, 1, 0) AS present, IF(SUM(held) > 1, SUM(held) - 1, 0) AS copies, SUM(row_hash) AS content
      FROM (SELECT ${expectedKey}, 0 AS asked, 1 AS held, ${rowHash} AS row_hash FROM ${table} WHERE ${owned}
        UNION ALL SELECT ${expectedKey}, 1, 0, NULL FROM (${asked}) WHERE ${owned})
      GROUP BY ${expectedKey}`;
  }
  return sql`SELECT ${expectedKey}, MAX(asked) AS expected, SUM(held) AS stored, MAX(present) AS present, SUM(surplus) AS copies, SUM(content) AS content
    FROM (SELECT ${expectedKey}, 0 AS asked, COUNT(*) AS held, 1 AS present, COUNT(*) - 1 AS surplus, SUM(${rowHash}) AS content FROM ${table} WHERE ${owned}
      GROUP BY ${withPartition([...spineKey, ...table.key])}
      UNION ALL SELECT ${expectedKey}, 1, 0, 0, 0, NULL FROM (${asked}) WHERE ${owned})
    GROUP BY ${expectedKey}`;
}
