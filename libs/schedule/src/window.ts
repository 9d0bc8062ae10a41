import { type DateRange, type GameDate, type Reach, addDays, isWithin, seasonOf, seasonSpan } from '@nba/kernel';
import type { GameCalendar } from './game-calendar';
import { type ScheduledGame, sidesOf } from './scheduled-game';

/**
 * The games that a lookback resolves to for the unit of one date, by the schedules of the teams that play on
 * it: a player's last fifteen games are looked for among his team's last fifteen. (A player who was traded or hurt
 * reaches further back; the run then finds the rows themselves, and the hole there informs instead of blocking.)
 * Off-days, opening night and the first weeks give small windows or none, and no gap. In playing order.
 */
export function resolveWindow(reach: Reach, date: GameDate, calendar: GameCalendar): readonly ScheduledGame[] {
  if (reach.kind === 'same-date') return calendar.on(date);
  if (reach.per === 'league') return leagueGames(daysOf(reach, date), calendar);

  const teams = calendar.on(date).flatMap((game) => sidesOf(game).map((side) => side.teamId));
  const window = new Set<ScheduledGame>();
  for (const team of teams) {
    const played = calendar.playedBefore(team, date);
    const seen = reach.kind === 'games' ? played.slice(-reach.count) : played.filter((game) => isWithin(game.date, daysOf(reach, date)));
    for (const game of seen) window.add(game);
  }
  return [...window].sort((a, b) => (a.date + a.gameId < b.date + b.gameId ? -1 : 1));
}

function leagueGames(range: DateRange, calendar: GameCalendar): readonly ScheduledGame[] {
  return calendar.games.filter((game) => game.status === 'final' && isWithin(game.date, range));
}

/** The days a reach spans before the date: never the date itself, never another season. Games have no days of their own. */
function daysOf(reach: Reach, date: GameDate): DateRange {
  const seasonStart = seasonSpan(seasonOf(date)).from;
  const from = reach.kind === 'days' ? addDays(date, -reach.count) : seasonStart;
  return { from: from < seasonStart ? seasonStart : from, to: addDays(date, -1) };
}
