/**
 * GoogleSQL functions that DuckDB lacks, as temporary macros of the connection: nothing is written to the file.
 * `typeof` is known when the statement is planned, so the branches that do not apply cost nothing.
 */
export const PRELUDE: readonly string[] = [
  // The instant kept in a TIMESTAMP is UTC, whatever the machine's zone.
  "SET TimeZone = 'UTC'",
  // NULLs come first when ascending and last when descending, as in BigQuery.
  "SET default_null_order = 'nulls_first_on_asc_last_on_desc'",
  'CREATE OR REPLACE TEMP MACRO safe_divide(a, b) AS CAST(a AS DOUBLE) / NULLIF(CAST(b AS DOUBLE), 0)',
  'CREATE OR REPLACE TEMP MACRO div(a, b) AS a // b',
  "CREATE OR REPLACE TEMP MACRO unix_date(d) AS date_diff('day', DATE '1970-01-01', d)",
  'CREATE OR REPLACE TEMP MACRO date_from_unix_date(n) AS DATE \'1970-01-01\' + CAST(n AS INTEGER)',
  'CREATE OR REPLACE TEMP MACRO google_date_array(a, b) AS CAST(generate_series(CAST(a AS DATE), CAST(b AS DATE), INTERVAL 1 DAY) AS DATE[])',
  "CREATE OR REPLACE TEMP MACRO google_array_to_string(list, separator) AS COALESCE(array_to_string(list, separator), CASE WHEN list IS NOT NULL THEN '' END)",
  `CREATE OR REPLACE TEMP MACRO google_int64(x) AS CASE WHEN typeof(x) IN ('DOUBLE', 'FLOAT')
    THEN CAST(round(CAST(x AS DOUBLE)) AS BIGINT) ELSE CAST(x AS BIGINT) END`,
  `CREATE OR REPLACE TEMP MACRO google_safe_int64(x) AS CASE WHEN typeof(x) IN ('DOUBLE', 'FLOAT')
    THEN TRY_CAST(round(TRY_CAST(x AS DOUBLE)) AS BIGINT) ELSE TRY_CAST(x AS BIGINT) END`,
];
