import { type DateRange, type PlayerId, type QueryPort, seasonOf, seasonSpan, sql } from '@nba/kernel';
import { sidesOf } from '@nba/schedule';
import type { Gap } from './completeness-report';
import { isMissingTable } from './configuration-fault';
import { type Schedule, loadGames } from './schedule';
import { tableName } from './table-name';

/** Where names are looked up. */
export interface NameSources {
  readonly schedule: Schedule;
  /** `dataset.table` with player_id, player_name and game_date. */
  readonly appearances: string;
}

/** Gives the teams and players of gaps the names that people know them by, where the warehouse has them. */
export async function nameGaps(port: QueryPort, gaps: readonly Gap[], range: DateRange, sources: NameSources): Promise<readonly Gap[]> {
  const teams = gaps.some((gap) => gap.teamId !== undefined) ? await teamNames(port, range, sources) : new Map<number, string>();
  const players = gaps.some((gap) => gap.playerId !== undefined) ? await playerNames(port, range, sources) : new Map<number, string>();
  return gaps.map((gap) => {
    const team = gap.teamId === undefined ? undefined : teams.get(gap.teamId);
    const player = gap.playerId === undefined ? undefined : players.get(gap.playerId);
    return { ...gap, ...(team !== undefined && { team }), ...(player !== undefined && { player }) };
  });
}

function teamNames(port: QueryPort, range: DateRange, { schedule }: NameSources): Promise<Map<number, string>> {
  return whereThereIsOne(async () => {
    const { games } = await loadGames(port, schedule, range);
    return new Map(games.flatMap((game) => sidesOf(game).map((side) => [side.teamId, side.tricode] as const)));
  });
}

/** The names of all who appeared from the season's start to the end of the range; none where that table is not kept. */
export function playerNames(port: QueryPort, range: DateRange, { appearances }: NameSources): Promise<Map<PlayerId, string>> {
  return whereThereIsOne(async () => {
    const rows = await port.query(
      sql`SELECT player_id, MAX(player_name) AS player_name FROM ${tableName(appearances, 'appearances')}
        WHERE game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE) GROUP BY player_id`.text,
      { from: seasonSpan(seasonOf(range.from)).from, to: range.to },
    );
    return new Map(rows.map((row) => [Number(row['player_id']), String(row['player_name'])]));
  });
}

/** Ids do without names: a team that keeps no such table gets them bare. */
async function whereThereIsOne(load: () => Promise<Map<number, string>>): Promise<Map<number, string>> {
  try {
    return await load();
  } catch (fault) {
    if (isMissingTable(fault)) return new Map();
    throw fault;
  }
}
