import { CompletenessChecker, type Gap } from '@nba/completeness';
import { type DateRange, type GameDate, type GameType, type QueryPort, type Season, identifier, sql } from '@nba/kernel';
import { type GameCalendar, type ScheduledGame, scheduledTeamsOf, sidesOf } from '@nba/schedule';
import type { StatedDependency } from './dependency';
import type { MissingGame } from './verdict';

/** What an upstream table lacks in a range. Rows too many keep nobody waiting: they are the verifier's business. */
export interface MissingGames {
  readonly byDate: ReadonlyMap<GameDate, readonly MissingGame[]>;
  /** Of these nothing is expected only because nobody has loaded a schedule. */
  readonly seasonsWithoutSchedule: readonly Season[];
}

/** The games and teams that the schedule expects of an upstream table and that are not there. */
export async function loadMissingGames(
  port: QueryPort, dependency: StatedDependency, range: DateRange, calendar: GameCalendar, gameTypes: readonly GameType[],
): Promise<MissingGames> {
  const { upstreamTable: table, games, dateColumn, gameColumn, teamColumn } = dependency;
  const spine = sql`SELECT ${identifier(dateColumn)}, game_id AS ${identifier(gameColumn)}, team_id AS ${identifier(teamColumn ?? 'team_id')}
    FROM (${scheduledTeamsOf(games, gameTypes, dateColumn)}) AS scheduled`;
  const checker = new CompletenessChecker(withUsualNames(port, dependency), { gameTypes });
  const key = teamColumn === null ? [gameColumn] : [gameColumn, teamColumn];
  const { gaps, seasonsWithoutSchedule } = await checker.checkKeys({ table, dateColumn, key, spine: spine.text }, range);
  return { byDate: missingByDate(gaps, calendar), seasonsWithoutSchedule };
}

/** Completeness knows keys by their usual names: where a table calls them otherwise, its rows get those names too. */
function withUsualNames(port: QueryPort, { gameColumn, teamColumn }: StatedDependency): QueryPort {
  if (gameColumn === 'game_id' && (teamColumn ?? 'team_id') === 'team_id') return port;
  return {
    query: async (text, parameters) =>
      (await port.query(text, parameters)).map((row) => ({
        ...row,
        ...(gameColumn in row && { game_id: row[gameColumn] ?? null }),
        ...(teamColumn !== null && teamColumn in row && { team_id: row[teamColumn] ?? null }),
      })),
  };
}

function missingByDate(gaps: readonly Gap[], calendar: GameCalendar): Map<GameDate, MissingGame[]> {
  const byGame = new Map<string | undefined, Gap[]>();
  for (const gap of gaps) if (gap.kind === 'missing') byGame.set(gap.gameId, [...(byGame.get(gap.gameId) ?? []), gap]);
  const byDate = new Map<GameDate, MissingGame[]>();
  for (const game of calendar.games) {
    const missing = byGame.get(game.gameId);
    if (missing) byDate.set(game.date, [...(byDate.get(game.date) ?? []), missingGame(game, missing)]);
  }
  return byDate;
}

function missingGame(game: ScheduledGame, missing: readonly Gap[]): MissingGame {
  const sides = sidesOf(game).filter(({ teamId }) => missing.some((gap) => gap.teamId === undefined || gap.teamId === teamId));
  return { date: game.date, gameId: game.gameId, game: `${game.away.tricode}@${game.home.tricode}`, teams: sides.map(({ tricode }) => tricode) };
}
