import type { DayNumber } from './civil-date';
import type { League } from './league';
import type { Player } from './player';
import { Random } from './random';
import type { SeasonSchedule } from './season-schedule';
import { TEAMS, type Team } from './teams';

/** Something that changes rosters after the games of a day. */
export interface Transaction {
  readonly day: DayNumber;
  apply(people: TransactionScope): void;
}

export interface TransactionScope {
  readonly league: League;
  /** Players who miss no game and whom no other trade may take: somebody's season is built on them. */
  readonly reserved: Set<Player>;
}

const DEADLINE_DAYS = 112;
const MOST_PLAYERS = 17;

/**
 * The trades and signings of a season, by day: some dozen trades up to the deadline, among them
 * a player sent on to a third team, and one who plays 83 games because his old team was a game ahead.
 */
export function planTransactions(schedule: SeasonSchedule, seed: number): Transaction[] {
  const { calendar } = schedule;
  const stream = (purpose: string): Random => Random.for(seed, purpose, calendar.season);
  const planned = [
    ...plainTrades(calendar.first, stream('trades')),
    ...thirdTeamTrades(calendar.first, stream('third team')),
    ...extraGameTrades(schedule, stream('extra game')),
    ...signings(calendar.first, stream('signings')),
  ];
  return planned.sort((x, y) => x.day - y.day);
}

function plainTrades(first: DayNumber, random: Random): Transaction[] {
  return Array.from({ length: random.integer(12, 17) }, () => {
    const day = first + Math.min(DEADLINE_DAYS, random.integer(50, DEADLINE_DAYS + 60));
    const [one, other] = random.shuffle(TEAMS);
    const ranks = Array.from({ length: random.integer(1, 2) }, () => random.integer(2, 9));
    return {
      day,
      apply(scope): void {
        if (one && other) for (const rank of ranks) swap(scope, one, other, rank);
      },
    };
  });
}

/** One player, two trades: the second finds him where the first has brought him. */
function thirdTeamTrades(first: DayNumber, random: Random): Transaction[] {
  const [one, second, third] = random.shuffle(TEAMS);
  if (!one || !second || !third) return [];
  let traveller: Player | undefined;
  return [
    {
      day: first + random.integer(38, 48),
      apply(scope): void {
        traveller = swap(scope, one, second, 5);
        // So that he is seen with all three.
        if (traveller) scope.reserved.add(traveller);
      },
    },
    {
      day: first + random.integer(90, 105),
      apply(scope): void {
        if (traveller) swapFor(scope, traveller, second, third);
      },
    },
  ];
}

/** After the games of that day one team has played exactly one more than the other; who is always fit plays 83 then. */
function extraGameTrades(schedule: SeasonSchedule, random: Random): Transaction[] {
  const day = schedule.calendar.first + random.integer(70, 100);
  const played = new Map<Team, number>();
  for (const game of schedule.games) {
    if (game.day > day) continue;
    for (const team of [game.home, game.away]) played.set(team, (played.get(team) ?? 0) + 1);
  }
  const teams = random.shuffle(TEAMS);
  const pairs = teams.flatMap((ahead) => teams.filter((behind) => (played.get(ahead) ?? 0) - (played.get(behind) ?? 0) === 1).map((behind) => ({ ahead, behind })));
  const { ahead, behind } = random.pick(pairs);
  let star: Player | undefined;
  return [
    {
      day: schedule.calendar.first - 1,
      apply({ league, reserved }): void {
        star = byTalent(league.roster(ahead))[1];
        if (star) reserved.add(star);
      },
    },
    {
      day,
      apply(scope): void {
        if (star) swapFor(scope, star, ahead, behind);
      },
    },
  ];
}

function signings(first: DayNumber, random: Random): Transaction[] {
  return TEAMS.flatMap((team) =>
    Array.from({ length: random.integer(1, 3) }, () => ({
      day: first + random.integer(25, 160),
      apply({ league }: TransactionScope): void {
        league.sign(team, MOST_PLAYERS);
      },
    })),
  );
}

/** The first team's player of that rank by talent is traded. Which one it was comes back. */
function swap(scope: TransactionScope, one: Team, other: Team, rank: number): Player | undefined {
  const player = byTalent(tradable(scope, one))[rank];
  if (player !== undefined) swapFor(scope, player, one, other);
  return player;
}

/** The player goes, and the other team's most similar one comes. */
function swapFor(scope: TransactionScope, player: Player, from: Team, to: Team): void {
  const distance = (other: Player): number => Math.abs(other.talent - player.talent) + (other.position === player.position ? 0 : 0.4);
  const [similar] = tradable(scope, to).sort((x, y) => distance(x) - distance(y));
  if (similar === undefined) return;
  scope.league.move(player, from, to);
  scope.league.move(similar, to, from);
}

function tradable({ league, reserved }: TransactionScope, team: Team): Player[] {
  return league.roster(team).filter((player) => !reserved.has(player));
}

function byTalent(players: readonly Player[]): Player[] {
  return [...players].sort((x, y) => y.talent - x.talent);
}
