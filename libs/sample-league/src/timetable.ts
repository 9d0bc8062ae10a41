import type { DayNumber } from './civil-date';
import { GAMES_PER_SEASON, planDateVolume } from './date-volume';
import { DayBook, type DatedMatchup } from './day-book';
import type { Matchup } from './matchups';
import { Random } from './random';
import { TEAMS, type Team } from './teams';
import { fillThinDays, placeLeftovers } from './timetable-repair';

const GAMES_PER_TEAM = 82;
const BACK_TO_BACK_COST = 0.6;
/** After so many idle days a team grows impatient. */
const PATIENCE_DAYS = 3;

/**
 * Gives every matchup a date: no team twice a day, never three days in a row, and every date used.
 * The dates are filled in order with the teams that are furthest behind; the few games
 * that find no place then are fitted in by repair.
 */
export function makeTimetable(matchups: readonly Matchup[], days: readonly DayNumber[], random: Random): DatedMatchup[] {
  const volume = planDateVolume(days, random);
  const book = new DayBook(days);
  const open = new OpenMatchups(random.shuffle(matchups));
  const played = new Map<number, number>();
  const lastPlayed = new Map<number, DayNumber>();
  const lastDay = days[days.length - 1] ?? 0;
  const place = (matchup: Matchup, day: DayNumber): void => {
    book.add(matchup, day);
    for (const team of [matchup.home, matchup.away]) {
      played.set(team.id, (played.get(team.id) ?? 0) + 1);
      if (day !== lastDay) lastPlayed.set(team.id, day);
    }
  };
  for (const [one, other] of pairUp(random.shuffle(TEAMS))) place(open.take(one, other), lastDay);

  let due = 0;
  for (const day of days.slice(0, -1)) {
    const games = volume.get(day) ?? 0;
    due += games;
    const need = (team: Team): number =>
      (GAMES_PER_TEAM * due) / GAMES_PER_SEASON -
      (played.get(team.id) ?? 0) -
      BACK_TO_BACK_COST * book.backToBacks(team, day) +
      0.5 * Math.max(0, day - (lastPlayed.get(team.id) ?? day) - PATIENCE_DAYS) +
      0.5 * random.next();
    let waiting = TEAMS.filter((team) => book.isFree(team, day))
      .map((team) => ({ team, need: need(team) }))
      .sort((x, y) => y.need - x.need);
    for (let placed = 0; placed < games && waiting.length > 1; ) {
      const [first, ...others] = waiting;
      if (first === undefined) break;
      const opponent = bestOpponent(first.team, others, open, book, day);
      waiting = others;
      if (opponent === undefined) continue;
      place(open.take(first.team, opponent), day);
      waiting = others.filter(({ team }) => team !== opponent);
      placed++;
    }
  }
  placeLeftovers(open.left(), days.slice(0, -1), book, random);
  fillThinDays(days.slice(0, -1), book);
  return book.entries();
}

interface WaitingTeam {
  readonly team: Team;
  readonly need: number;
}

/** The opponent who needs a game most and with whom most games are still open; not the one just met. */
function bestOpponent(team: Team, others: readonly WaitingTeam[], open: OpenMatchups, book: DayBook, day: DayNumber): Team | undefined {
  let best: Team | undefined;
  let bestScore = -Infinity;
  for (const other of others) {
    const games = open.count(team, other.team);
    if (games === 0) continue;
    const justMet = metOn(team, other.team, book, day - 1) || metOn(team, other.team, book, day - 2);
    const score = other.need + 0.4 * games - (justMet ? 1.5 : 0);
    if (score > bestScore) [best, bestScore] = [other.team, score];
  }
  return best;
}

function metOn(one: Team, other: Team, book: DayBook, day: DayNumber): boolean {
  if (!book.plays(one, day) || !book.plays(other, day)) return false;
  return book.on(day).some(({ home, away }) => (home === one && away === other) || (home === other && away === one));
}

function pairUp(teams: readonly Team[]): [Team, Team][] {
  const pairs: [Team, Team][] = [];
  let waiting: Team | undefined;
  for (const team of teams) {
    if (waiting === undefined) waiting = team;
    else {
      pairs.push([waiting, team]);
      waiting = undefined;
    }
  }
  return pairs;
}

/** The matchups that have no date yet, by pair of teams. */
class OpenMatchups {
  private readonly byPair = new Map<number, Matchup[]>();

  constructor(matchups: readonly Matchup[]) {
    for (const matchup of matchups) {
      const pair = pairKey(matchup.home, matchup.away);
      const games = this.byPair.get(pair);
      if (games) games.push(matchup);
      else this.byPair.set(pair, [matchup]);
    }
  }

  count(one: Team, other: Team): number {
    return this.byPair.get(pairKey(one, other))?.length ?? 0;
  }

  take(one: Team, other: Team): Matchup {
    const matchup = this.byPair.get(pairKey(one, other))?.pop();
    if (matchup === undefined) throw new RangeError(`${one.tricode} and ${other.tricode} have no open game left`);
    return matchup;
  }

  left(): Matchup[] {
    return [...this.byPair.values()].flat();
  }
}

function pairKey(one: Team, other: Team): number {
  const [low, high] = one.id < other.id ? [one.id, other.id] : [other.id, one.id];
  return (low % 1_000_000) * 1_000_000 + (high % 1_000_000);
}
