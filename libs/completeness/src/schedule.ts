import { type DateRange, type GameDate, type GameType, type QueryPort, type Season, type Sql, columnList, joinSql, literal, seasonOf, seasonSpan, seasonsIn, sql } from '@nba/kernel';
import { type GameCalendar, type GamesAbout, loadCalendar } from '@nba/schedule';
import { tableName } from './table-name';

/** Which games there are, and which of them count. */
export interface Schedule {
  /** `dataset.table` with the columns of nba_raw.nbac_schedule. */
  readonly table: string;
  readonly gameTypes: readonly GameType[];
}

/** The expected teams: check_date, game_id, team_id, two rows a game. */
export function expectedTeams(schedule: Schedule, games: GamesAbout): Sql {
  const side = (team: 'home' | 'away') => sql`SELECT CAST(s.game_date AS STRING) AS check_date, game_id, ${columnList([`${team}_team_id`])} AS team_id FROM ${tableName(schedule.table, 'schedule')} AS s
    WHERE s.game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) AND game_type IN (${joinSql(schedule.gameTypes.map(literal))})
      AND home_team_id IS NOT NULL AND away_team_id IS NOT NULL${games === 'final' ? sql` AND game_status = 3` : sql``}`;
  return sql`${side('home')} UNION ALL ${side('away')}`;
}

/** The counted games of every season that the range touches. */
export function loadGames(port: QueryPort, { table, gameTypes }: Schedule, range: DateRange): Promise<GameCalendar> {
  return loadCalendar(port, range, gameTypes, tableName(table, 'schedule'));
}

/**
 * Seasons of the range of which the schedule holds no game at all: there "nothing is expected" would only mean that
 * nobody has loaded it. Asked only for seasons that nothing was expected of.
 */
export async function findSeasonsWithoutSchedule(port: QueryPort, { table }: Schedule, range: DateRange, expectedDates: readonly GameDate[]): Promise<readonly Season[]> {
  const expected = new Set(expectedDates.map(seasonOf));
  const missing: Season[] = [];
  for (const season of seasonsIn(range)) {
    if (expected.has(season)) continue;
    const rows = await port.query(
      sql`SELECT COUNT(*) AS games FROM ${tableName(table, 'schedule')} WHERE game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)`.text,
      { ...seasonSpan(season) },
    );
    if (Number(rows[0]?.['games']) === 0) missing.push(season);
  }
  return missing;
}
