import { type GameDate, type QueryPort, sql } from '@nba/kernel';
import type { Comparison } from './compare-keys';
import type { DateCount, Gap } from './completeness-report';
import type { TableUnderCheck } from './table-under-check';

/** Counts the rows of each day, and compares them with the days of a calendar. */
export async function compareDays(port: QueryPort, table: TableUnderCheck, days: readonly GameDate[], minRows: number): Promise<Comparison> {
  const rows = await port.query(sql`SELECT ${table.date} AS check_date, COUNT(*) AS row_count FROM ${table.rows} GROUP BY 1`.text, table.parameters);
  return countDays(new Map(rows.map((row) => [row['check_date'] as GameDate, Number(row['row_count'])])), days, minRows);
}

/** Rows above what is asked for are as many as asked for; rows on any other day are unexpected. */
export function countDays(stored: ReadonlyMap<GameDate, number>, days: readonly GameDate[], minRows: number): Comparison {
  const counts = days.map((date): DateCount => ({ date, games: 0, keys: { expected: minRows, present: Math.min(stored.get(date) ?? 0, minRows) } }));
  const missing = counts.filter(({ keys }) => keys.present < keys.expected).map(({ date, keys }): Gap => ({ kind: 'missing', date, rows: keys.expected - keys.present }));
  const expected = new Set(days);
  const others = [...stored].filter(([date]) => !expected.has(date)).map(([date, rows]): Gap => ({ kind: 'unexpected', date, rows }));
  return { counts, gaps: [...missing, ...others] };
}
