/** What may be bound to a named parameter. Dates are `YYYY-MM-DD` strings; SQL casts them. */
export type Parameter = string | number | boolean | null;
export type Parameters = Readonly<Record<string, Parameter>>;

/** A value in a result row: 64-bit integers as safe numbers, dates as `YYYY-MM-DD`, timestamps as ISO 8601 in UTC. */
export type Cell = string | number | boolean | null;
export type Row = Readonly<Record<string, Cell>>;

/**
 * All that the domain libraries ask of a warehouse: run one GoogleSQL query with named parameters.
 * A team's own BigQuery client fits in three lines:
 * @example
 * const port: QueryPort = {
 *   query: async (text, params) => (await bigquery.query({ query: text, params }))[0],
 * };
 */
export interface QueryPort {
  query(text: string, parameters?: Parameters, options?: QueryOptions): Promise<readonly Row[]>;
}

/** What a port may make use of and need not: one of two parameters is a whole port. */
export interface QueryOptions {
  /** Nobody waits for the answer any more once it is aborted. */
  readonly signal?: AbortSignal;
}
