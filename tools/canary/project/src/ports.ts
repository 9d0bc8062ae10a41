import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { BigQuery } from '@google-cloud/bigquery';
import type { QueryPort, Row } from '@nba/kernel';
import { PRELUDE, renderGoogleSql } from '@nba/warehouse-duckdb';

/** Our BigQuery client, as the libraries want to see it. */
export const bigQueryPort = (bigquery: BigQuery): QueryPort => ({
  query: async (query, params) => (await bigquery.query({ query, params }))[0] as Row[],
});

/** Our DuckDB client: the libraries speak GoogleSQL, and @nba/warehouse-duckdb knows how DuckDB says the same. */
export const duckDbPort = (connection: DuckDBConnection): QueryPort => ({
  query: async (query, params = {}) => {
    const { text, parameters } = renderGoogleSql(query);
    const reader = await connection.runAndReadAll(text, Object.fromEntries(parameters.map((name) => [name, params[name] ?? null])));
    return reader.getRowObjectsJS().map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]))) as Row[];
  },
});

/** Lends our own connection to a database file that somebody else has filled. */
export async function withDuckDb<T>(file: string, use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  try {
    const connection = await instance.connect();
    for (const statement of PRELUDE) await connection.run(statement);
    return await use(connection);
  } finally {
    instance.closeSync();
  }
}
