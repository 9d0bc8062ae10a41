import { type DateRange, type GameDate, type GameType, type QueryPort, type Season, type Sql, columnList, joinSql, literal, seasonOf, seasonSpan, seasonsIn, sql } from '@nba/kernel';
import { GameCalendar, type GamesAbout, SCHEDULED_GAME_COLUMNS, scheduledGame } from '@nba/schedule';
import { tableName } from './table-name';

/** Which games there are, and which of them count. */
export interface Schedule {
  /** `dataset.table` with the columns of nba_raw.nbac_schedule. */
  readonly table: string;
  readonly gameTypes: readonly GameType[];
}

const OTHERS = SCHEDULED_GAME_COLUMNS.filter((name) => name !== 'game_date');

/** The counted games in the range, both teams known. */
function countedGames({ table, gameTypes }: Schedule, columns: Sql): Sql {
  return sql`SELECT ${columns} FROM ${tableName(table, 'schedule')} AS s
    WHERE s.game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) AND game_type IN (${joinSql(gameTypes.map(literal))})
      AND home_team_id IS NOT NULL AND away_team_id IS NOT NULL`;
}

/** The expected teams: check_date, game_id, team_id, two rows a game. */
export function expectedTeams(schedule: Schedule, games: GamesAbout): Sql {
  const side = (team: 'home' | 'away') =>
    sql`${countedGames(schedule, sql`CAST(s.game_date AS STRING) AS check_date, game_id, ${columnList([`${team}_team_id`])} AS team_id`)}${games === 'final' ? sql` AND game_status = 3` : sql``}`;
  return sql`${side('home')} UNION ALL ${side('away')}`;
}

/** The counted games of every season that the range touches. */
export async function loadGames(port: QueryPort, schedule: Schedule, range: DateRange): Promise<GameCalendar> {
  const { text } = countedGames(schedule, sql`CAST(s.game_date AS STRING) AS game_date, ${columnList(OTHERS)}`);
  const rows = await port.query(text, { from: seasonSpan(seasonOf(range.from)).from, to: seasonSpan(seasonOf(range.to)).to });
  // Some clients return 64-bit integers as text.
  const ids = ['home_team_id', 'away_team_id'];
  return new GameCalendar(rows.map((row) => scheduledGame({ ...row, ...Object.fromEntries(ids.map((id) => [id, Number(row[id])])) })));
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
