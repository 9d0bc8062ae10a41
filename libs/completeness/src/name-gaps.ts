import { type DateRange, type GameType, type QueryPort, seasonOf, seasonSpan, sql } from '@nba/kernel';
import { loadCalendar, sidesOf } from '@nba/schedule';
import type { Gap } from './completeness-report';

/** Gives the teams and players of gaps the names that people know them by, where the warehouse has them. */
export async function nameGaps(port: QueryPort, gaps: readonly Gap[], range: DateRange, gameTypes: readonly GameType[]): Promise<readonly Gap[]> {
  if (gaps.length === 0) return gaps;
  const teams = gaps.some((gap) => gap.teamId !== undefined) ? await teamNames(port, range, gameTypes) : new Map<number, string>();
  const players = gaps.some((gap) => gap.playerId !== undefined) ? await playerNames(port, range) : new Map<number, string>();
  return gaps.map((gap) => {
    const team = gap.teamId === undefined ? undefined : teams.get(gap.teamId);
    const player = gap.playerId === undefined ? undefined : players.get(gap.playerId);
    return { ...gap, ...(team !== undefined && { team }), ...(player !== undefined && { player }) };
  });
}

async function teamNames(port: QueryPort, range: DateRange, gameTypes: readonly GameType[]): Promise<Map<number, string>> {
  const { games } = await loadCalendar(port, range, gameTypes);
  return new Map(games.flatMap((game) => sidesOf(game).map((side) => [side.teamId, side.tricode] as const)));
}

async function playerNames(port: QueryPort, range: DateRange): Promise<Map<number, string>> {
  const rows = await port.query(
    sql`SELECT player_id, MAX(player_name) AS player_name FROM nba_raw.nbac_player_boxscore
      WHERE game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) GROUP BY player_id`.text,
    { from: seasonSpan(seasonOf(range.from)).from, to: range.to },
  );
  return new Map(rows.map((row) => [Number(row['player_id']), String(row['player_name'])]));
}
