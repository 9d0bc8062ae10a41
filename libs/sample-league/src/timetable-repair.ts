import type { DayNumber } from './civil-date';
import type { DatedMatchup, DayBook } from './day-book';
import type { Matchup } from './matchups';
import { Random } from './random';

const MOST_GAMES_A_DAY = 14;
const FEWEST_GAMES_A_DAY = 2;
const MOST_MOVES = 20_000;

/**
 * Finds dates for the matchups left over: on a free date if there is one, else by moving one game aside,
 * which then looks for a date itself. The day a game was moved from is closed to it for one move, or two games would swap forever.
 *
 * @throws Error if the season cannot be filled (no seed is known that leads there).
 */
export function placeLeftovers(leftovers: readonly Matchup[], days: readonly DayNumber[], book: DayBook, random: Random): void {
  const waiting = leftovers.map((matchup) => ({ matchup, notOn: -1 }));
  for (let moves = 0; waiting.length > 0; moves++) {
    if (moves > MOST_MOVES) throw new Error(`No timetable found: ${waiting.length} games have no date`);
    const next = waiting.shift();
    if (next === undefined) return;
    const free = bestFreeDay(next.matchup, days, book, random);
    if (free !== undefined) {
      book.add(next.matchup, free);
      continue;
    }
    const { day, inTheWay } = random.pick(swapsFor(next.matchup, next.notOn, days, book));
    book.remove(inTheWay, day);
    book.add(next.matchup, day);
    waiting.push({ matchup: inTheWay, notOn: day });
  }
}

function bestFreeDay(matchup: Matchup, days: readonly DayNumber[], book: DayBook, random: Random): DayNumber | undefined {
  let best: DayNumber | undefined;
  let bestCost = Infinity;
  for (const day of days) {
    const games = book.on(day).length;
    if (games >= MOST_GAMES_A_DAY || !book.isFree(matchup.home, day) || !book.isFree(matchup.away, day)) continue;
    const cost = book.backToBacks(matchup.home, day) + book.backToBacks(matchup.away, day) + games / 20 + random.next() / 2;
    if (cost < bestCost) [best, bestCost] = [day, cost];
  }
  return best;
}

interface Swap {
  readonly day: DayNumber;
  readonly inTheWay: Matchup;
}

/** Dates on which exactly one game stands in the way: one of the two teams is free, the other plays somebody else. */
function swapsFor(matchup: Matchup, notOn: DayNumber, days: readonly DayNumber[], book: DayBook): Swap[] {
  const swaps: Swap[] = [];
  for (const day of days) {
    if (day === notOn) continue;
    const homePlays = book.plays(matchup.home, day);
    if (homePlays === book.plays(matchup.away, day)) continue;
    const [busy, idle] = homePlays ? [matchup.home, matchup.away] : [matchup.away, matchup.home];
    if (book.makesThreeInARow(idle, day)) continue;
    const inTheWay = book.on(day).find(({ home, away }) => home === busy || away === busy);
    if (inTheWay !== undefined) swaps.push({ day, inTheWay });
  }
  return swaps;
}

/** Every date keeps two games at least, so that a postponement never empties it: moves games over from full dates. */
export function fillThinDays(days: readonly DayNumber[], book: DayBook): void {
  for (const thin of days) {
    while (book.on(thin).length < FEWEST_GAMES_A_DAY) {
      const move = findMoveTo(thin, days, book);
      if (move === undefined) throw new Error(`No timetable found: day ${thin} stays empty`);
      book.remove(move.matchup, move.day);
      book.add(move.matchup, thin);
    }
  }
}

function findMoveTo(thin: DayNumber, days: readonly DayNumber[], book: DayBook): DatedMatchup | undefined {
  for (const day of days) {
    if (book.on(day).length <= 2 * FEWEST_GAMES_A_DAY) continue;
    const matchup = book.on(day).find(({ home, away }) => book.isFree(home, thin) && book.isFree(away, thin));
    if (matchup !== undefined) return { matchup, day };
  }
  return undefined;
}
