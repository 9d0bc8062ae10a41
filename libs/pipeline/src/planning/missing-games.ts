import { type GameDate, type QueryPort, identifier, joinSql, literal, sql } from '@nba/kernel';
import type { MissingGame } from '@nba/dependency-guard';
import { type GameCalendar, sidesOf } from '@nba/schedule';
import type { Processor } from '../definition/processor';

/**
 * For dates of which a table holds a part: the games it lacks, wholly or one team of them. Empty for a table that is not
 * by game and team.
 */
export async function readMissingGames(
  { table, games }: Processor, dates: readonly GameDate[], calendar: GameCalendar, port: QueryPort,
): Promise<ReadonlyMap<GameDate, readonly MissingGame[]>> {
  if (dates.length === 0 || !('game_id' in table.columns) || !('team_id' in table.columns)) return new Map();
  const days = joinSql(dates.map((date) => sql`CAST(${literal(date)} AS DATE)`));
  const rows = await port.query(sql`SELECT DISTINCT game_id, team_id FROM ${table} WHERE ${identifier(table.partition)} IN (${days})`.text);
  const present = new Set(rows.map((row) => `${row['game_id']} ${row['team_id']}`));
  return new Map(dates.map((date) => [date, calendar.on(date, games).flatMap((game): MissingGame[] => {
    const teams = sidesOf(game).filter(({ teamId }) => !present.has(`${game.gameId} ${teamId}`)).map(({ tricode }) => tricode);
    return teams.length > 0 ? [{ date, gameId: game.gameId, game: `${game.away.tricode}@${game.home.tricode}`, teams }] : [];
  })]));
}
