import { DEFAULT_GAME_TYPES, type DateRange, type GameType, type QueryPort, type Row, type Season, type Sql, identifier, joinSql, literal, parseSeason, seasonOf, seasonSpan, sql } from '@nba/kernel';
import { GameCalendar } from './game-calendar';
import { SCHEDULED_GAME_COLUMNS, scheduledGame } from './scheduled-game';

/** The table that says which games there are. */
export const SCHEDULE_TABLE = 'nba_raw.nbac_schedule';

/** ASCII's own characters between the fields of a game, and between games: no name holds them. */
const [FIELD_END, GAME_END] = ['\u001f', '\u001e'];
const FIELDS = SCHEDULED_GAME_COLUMNS.filter((name) => name !== 'season');
const GAME = sql`CONCAT(${joinSql(FIELDS.map((name) => sql`IFNULL(CAST(s.${identifier(name)} AS STRING), '')`), ', CHR(31), ')})`;

/**
 * Reads the counted games of every season that the range touches: whole seasons, because windows look back to a
 * season's start. Games whose teams are not decided yet are left out.
 * @param port any warehouse that answers GoogleSQL
 * @param gameTypes what counts; regular-season games unless said otherwise
 * @param table the schedule, with the columns of nba_raw.nbac_schedule, where somebody keeps it elsewhere
 */
export async function loadCalendar(port: QueryPort, range: DateRange, gameTypes: readonly GameType[] = DEFAULT_GAME_TYPES, table: Sql = { text: SCHEDULE_TABLE }): Promise<GameCalendar> {
  // A text for a season is read in a fraction of the time of its games' fields one by one, and dates are the same to all clients.
  const { text } = sql`SELECT season, STRING_AGG(${GAME}, CHR(30)) AS games FROM ${table} AS s
    WHERE s.game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) AND game_type IN (${joinSql(gameTypes.map(literal))})
      AND home_team_id IS NOT NULL AND away_team_id IS NOT NULL GROUP BY season`;
  const rows = await port.query(text, {
    from: seasonSpan(seasonOf(range.from)).from,
    to: seasonSpan(seasonOf(range.to)).to,
  });
  return new GameCalendar(rows.flatMap(({ season, games }) => String(games).split(GAME_END).map((game) => scheduledGame(rowOf(String(season), game)))));
}

function rowOf(season: string, game: string): Row {
  const fields = game.split(FIELD_END);
  const row: Record<string, string | number | null> = { season };
  FIELDS.forEach((name, i) => (row[name] = fields[i] || null));
  return row;
}

/** The calendar that rows of nba_raw.nbac_schedule make: of the same games that {@link loadCalendar} reads. */
export function calendarOf(rows: readonly Row[], gameTypes: readonly GameType[]): GameCalendar {
  const counted = rows.filter((row) => (gameTypes as readonly unknown[]).includes(row['game_type']) && row['home_team_id'] !== null && row['away_team_id'] !== null);
  return new GameCalendar(counted.map(scheduledGame));
}

/** Every season of which a schedule is stored, in order; none when there is no game at all. */
export async function loadKnownSeasons(port: QueryPort): Promise<Season[]> {
  // BigQuery wants a condition on the partition, even one that always holds.
  const rows = await port.query(sql`SELECT DISTINCT season FROM ${{ text: SCHEDULE_TABLE }} WHERE game_date >= CAST('1900-01-01' AS DATE) ORDER BY season`.text);
  return rows.map((row) => parseSeason(String(row['season'])));
}
