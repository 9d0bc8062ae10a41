import { type DateRange, type QueryPort, type Season, seasonOf, seasonSpan, seasonsIn, sql } from '@nba/kernel';
import { SCHEDULE_TABLE } from '@nba/schedule';
import type { DateCount } from './completeness-report';

/**
 * Seasons of the range of which the schedule holds no game at all: there "nothing is expected" would only mean that
 * nobody has loaded it. Asked only for seasons that nothing was expected of.
 */
export async function findSeasonsWithoutSchedule(port: QueryPort, range: DateRange, counts: readonly DateCount[]): Promise<readonly Season[]> {
  const expected = new Set(counts.filter(({ keys }) => keys.expected > 0).map(({ date }) => seasonOf(date)));
  const missing: Season[] = [];
  for (const season of seasonsIn(range)) {
    if (!expected.has(season) && !(await hasSchedule(port, season))) missing.push(season);
  }
  return missing;
}

async function hasSchedule(port: QueryPort, season: Season): Promise<boolean> {
  const { from, to } = seasonSpan(season);
  const rows = await port.query(
    sql`SELECT COUNT(*) AS games FROM ${{ text: SCHEDULE_TABLE }} WHERE game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)`.text,
    { from, to },
  );
  return Number(rows[0]?.['games']) > 0;
}
