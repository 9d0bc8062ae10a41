import type { DayNumber } from './civil-date';
import { makeMatchups } from './matchups';
import { postponeGames } from './postponements';
import { Random } from './random';
import type { SeasonCalendar } from './season-calendar';
import type { Team } from './teams';
import { makeTimetable } from './timetable';
import { tipOff, type EasternMinutes } from './tip-off';

export interface Venue {
  readonly arena: string;
  readonly city: string;
}

export interface ScheduledGame {
  /** Ten characters: `0022100001` */
  readonly id: string;
  readonly home: Team;
  readonly away: Team;
  /** The date it is played on. */
  readonly day: DayNumber;
  /** The date it was announced for: another one if the game was postponed. */
  readonly announcedDay: DayNumber;
  readonly tipOff: EasternMinutes;
  readonly venue: Venue;
  readonly isNeutral: boolean;
}

export interface SeasonSchedule {
  readonly calendar: SeasonCalendar;
  /** In id order: the order of the announced dates. */
  readonly games: readonly ScheduledGame[];
  /** A morning on which every postponed game is off its old date and has not been played. */
  readonly inSeasonVersion: DayNumber;
}

const GAMES_ABROAD: readonly Venue[] = [
  { arena: 'Accor Arena', city: 'Paris' },
  { arena: 'Mexico City Arena', city: 'Mexico City' },
];

export function makeSeasonSchedule(calendar: SeasonCalendar, seed: number): SeasonSchedule {
  const stream = (purpose: string): Random => Random.for(seed, purpose, calendar.season);
  const timetable = makeTimetable(makeMatchups(stream('matchups')), calendar.gameDays, stream('timetable'));
  const { matchups, inBetween } = postponeGames(timetable, calendar, stream('postponements'));
  const tips = stream('tip-offs');
  const timed = matchups
    .map((planned) => ({ ...planned, tipOff: tipOff(planned.matchup.home, planned.announcedDay, planned.announcedDay === calendar.last, tips) }))
    .sort((x, y) => x.announcedDay - y.announcedDay || x.tipOff - y.tipOff || x.matchup.home.id - y.matchup.home.id);
  const abroad = new Map<number, Venue>();
  const venues = stream('games abroad');
  for (const venue of GAMES_ABROAD) abroad.set(venues.integer(100, 500), venue);
  const games = timed.map(({ matchup: { home, away }, day, announcedDay, tipOff: minutes }, index) => ({
    id: gameId('002', calendar, index + 1),
    home,
    away,
    day,
    announcedDay,
    tipOff: minutes,
    venue: abroad.get(index) ?? { arena: home.arena, city: home.arenaCity },
    isNeutral: abroad.has(index),
  }));
  return { calendar, games, inSeasonVersion: inBetween };
}

/** `002` + the two digits of the season's first year + five digits of order. */
export function gameId(kind: '001' | '002' | '003', calendar: SeasonCalendar, order: number): string {
  return `${kind}${String(calendar.startYear % 100).padStart(2, '0')}${String(order).padStart(5, '0')}`;
}
