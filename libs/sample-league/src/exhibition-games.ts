import type { DayNumber } from './civil-date';
import { Random } from './random';
import type { SeasonCalendar } from './season-calendar';
import { gameId, type Venue } from './season-schedule';
import { TEAMS, type Team } from './teams';
import type { EasternMinutes } from './tip-off';

/** A game that stands in the schedule only: it has no box score and counts for nothing. */
export interface ExhibitionGame {
  readonly id: string;
  readonly label: string;
  readonly day: DayNumber;
  readonly tipOff: EasternMinutes;
  /** Nobody in the all-star games: the feed names no teams there. */
  readonly sides?: ExhibitionSides;
}

export interface ExhibitionSides {
  readonly home: Team;
  readonly away: Team;
  readonly homeScore: number;
  readonly awayScore: number;
  readonly venue: Venue;
}

const PRESEASON_DAYS = 12;
/** The earliest season starts on 15 October, and what is played belongs to a season from 1 October on. */
const DAYS_BEFORE_SEASON = 14;

export function makeExhibitionGames(calendar: SeasonCalendar, seed: number): ExhibitionGame[] {
  return [...preseason(calendar, Random.for(seed, 'preseason', calendar.season)), ...allStarWeekend(calendar)];
}

function preseason(calendar: SeasonCalendar, random: Random): ExhibitionGame[] {
  const games: ExhibitionGame[] = [];
  for (let i = 0; i < PRESEASON_DAYS; i++) {
    const teams = random.shuffle(TEAMS);
    const pairs = random.integer(4, 7);
    for (let pair = 0; pair < pairs; pair++) {
      const home = teams[2 * pair];
      const away = teams[2 * pair + 1];
      if (home === undefined || away === undefined) break;
      const homeScore = random.integer(88, 128);
      const margin = random.integer(1, 20) * (random.chance(0.5) ? 1 : -1);
      games.push({
        id: gameId('001', calendar, games.length + 1),
        label: 'Preseason',
        day: calendar.first - DAYS_BEFORE_SEASON + i,
        tipOff: 19 * 60 + 60 * home.hoursBehindEast,
        sides: { home, away, homeScore, awayScore: homeScore - margin, venue: { arena: home.arena, city: home.arenaCity } },
      });
    }
  }
  return games;
}

function allStarWeekend(calendar: SeasonCalendar): ExhibitionGame[] {
  const rising = [4, 5, 6].map((order) => ({ id: gameId('003', calendar, order), label: 'Rising Stars', day: calendar.allStarFriday, tipOff: 0 }));
  return [...rising, { id: gameId('003', calendar, 1), label: 'All-Star Game', day: calendar.allStarFriday + 2, tipOff: 0 }];
}
