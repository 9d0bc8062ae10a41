import { type DateRange, type GameDate, type Season, type TeamId, seasonOf } from '@nba/kernel';
import { type ScheduledGame, sidesOf } from './scheduled-game';

/** Whether a table speaks of games that have been played, or of all that are on the calendar. */
export type GamesAbout = 'final' | 'scheduled';

/**
 * The counted games of some seasons, in the order (date, game id). This, and never the table under check nor the
 * days of the year, says what is expected: off-days, the all-star break and games not yet played are no gaps.
 */
export class GameCalendar {
  readonly games: readonly ScheduledGame[];
  private readonly byDate = new Map<GameDate, ScheduledGame[]>();
  private readonly byTeam = new Map<string, ScheduledGame[]>();
  private readonly bySeason = new Map<Season, GameDate[]>();
  private readonly datesOf: Readonly<Record<GamesAbout, readonly GameDate[]>>;

  constructor(games: Iterable<ScheduledGame>) {
    this.games = [...games].sort(inPlayingOrder);
    for (const game of this.games) {
      if (!this.byDate.has(game.date)) push(this.bySeason, game.season, game.date);
      push(this.byDate, game.date, game);
      for (const { teamId } of sidesOf(game)) push(this.byTeam, `${game.season} ${teamId}`, game);
    }
    const scheduled = [...this.byDate.keys()];
    this.datesOf = { scheduled, final: scheduled.filter((date) => this.on(date, 'final').length > 0) };
  }

  /** The games of a date; none for an off-day. */
  on(date: GameDate, about: GamesAbout = 'scheduled'): readonly ScheduledGame[] {
    const games = this.byDate.get(date) ?? [];
    return about === 'final' ? games.filter((game) => game.status === 'final') : games;
  }

  /** Dates of the range on which a table about such games must have rows, in order. */
  dates(range: DateRange, about: GamesAbout): GameDate[] {
    const dates = this.datesOf[about];
    return dates.slice(countFirst(dates, (date) => date < range.from), countFirst(dates, (date) => date <= range.to));
  }

  /** Dates of the date's season before it on which games are scheduled, in order. */
  datesBefore(date: GameDate): readonly GameDate[] {
    return (this.bySeason.get(seasonOf(date)) ?? []).filter((one) => one < date);
  }

  /** A team's final games of the date's season before the date, oldest first. */
  playedBefore(teamId: TeamId, date: GameDate): readonly ScheduledGame[] {
    return this.ofTeam(teamId, seasonOf(date)).filter((game) => game.date < date && game.status === 'final');
  }

  /** A team's games of a season, oldest first. */
  ofTeam(teamId: TeamId, season: Season): readonly ScheduledGame[] {
    return this.byTeam.get(`${season} ${teamId}`) ?? [];
  }
}

/** How many of the dates, which are in order, come first because of something that no later one has. By halves: many seasons are asked for one by one. */
function countFirst(dates: readonly GameDate[], isFirst: (date: GameDate) => boolean): number {
  let [low, high] = [0, dates.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isFirst(dates[middle] as GameDate)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function inPlayingOrder(a: ScheduledGame, b: ScheduledGame): number {
  return a.date < b.date ? -1 : a.date > b.date ? 1 : a.gameId < b.gameId ? -1 : 1;
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
