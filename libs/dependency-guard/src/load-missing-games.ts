import { CompletenessChecker, type Gap, scheduledGames } from '@nba/completeness';
import type { DateRange, GameDate, GameType, QueryPort, Season } from '@nba/kernel';
import { type GameCalendar, type ScheduledGame, sidesOf } from '@nba/schedule';
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
  const per = teamColumn === null ? 'game' : 'team';
  const { gaps, seasonsWithoutSchedule } = await new CompletenessChecker(port, { gameTypes }).checkDateRange({
    table, dateColumn, startDate: range.from, endDate: range.to, expected: scheduledGames({ games, per, gameColumn, ...(teamColumn !== null && { teamColumn }) }),
  });
  return { byDate: missingByDate(gaps, calendar), seasonsWithoutSchedule };
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
