import type { Cell, QueryPort, Row } from '@nba/kernel';

/**
 * Answers as a vendor's own client does that nobody has wrapped: a DATE is an object with a `value`, as
 * `@google-cloud/bigquery` returns it. What domain libraries promise ("your own client fits in three lines") must hold for it.
 */
export function plainClient(port: QueryPort): QueryPort {
  return {
    async query(text, parameters) {
      const rows = await port.query(text, parameters);
      const columns = Object.keys(rows[0] ?? {});
      if (columns.length === 0) return rows;
      const types = (await port.query(`SELECT ${columns.map((column) => `typeof(${column}) AS ${column}`).join(', ')} FROM (${text}) AS answer LIMIT 1`, parameters))[0] as Row;
      const dates = columns.filter((column) => types[column] === 'DATE');
      return rows.map((row) => ({ ...row, ...Object.fromEntries(dates.map((column) => [column, { value: row[column] } as unknown as Cell])) }));
    },
  };
}
