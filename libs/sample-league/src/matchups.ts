import { Random } from './random';
import { conferenceOf, TEAMS, type Division, type Team } from './teams';

/** Who plays whom and where; not yet when. */
export interface Matchup {
  readonly home: Team;
  readonly away: Team;
}

/**
 * The 1,230 matchups of a season by the real formula: four against each division rival,
 * four or three against the rest of the conference, two against the other one.
 * Every team plays 41 at home and 41 away.
 */
export function makeMatchups(random: Random): Matchup[] {
  const matchups: Matchup[] = [];
  const add = (home: Team, away: Team, games: number): void => {
    for (let i = 0; i < games; i++) matchups.push({ home, away });
  };
  const seats = seatTeams(random);
  TEAMS.forEach((one, index) => {
    for (const other of TEAMS.slice(index + 1)) {
      if (one.division === other.division) {
        add(one, other, 2);
        add(other, one, 2);
      } else if (conferenceOf(one) !== conferenceOf(other)) {
        add(one, other, 1);
        add(other, one, 1);
      } else {
        const [first, second] = one.division < other.division ? [one, other] : [other, one];
        const [firstHome, secondHome] = conferenceGames(seatOf(seats, first), seatOf(seats, second));
        add(first, second, firstHome);
        add(second, first, secondHome);
      }
    }
  });
  return matchups;
}

/**
 * Between two divisions of five, each team meets two opponents three times only.
 * On the circle of seats these are the opponents at distance 0 (hosting the odd
 * game) and 1 (visiting), so home games stay balanced without any search.
 */
function conferenceGames(firstSeat: number, secondSeat: number): readonly [number, number] {
  const distance = (secondSeat - firstSeat + 5) % 5;
  if (distance === 0) return [2, 1];
  if (distance === 1) return [1, 2];
  return [2, 2];
}

function seatTeams(random: Random): ReadonlyMap<number, number> {
  const divisions = new Map<Division, Team[]>();
  for (const team of TEAMS) divisions.set(team.division, [...(divisions.get(team.division) ?? []), team]);
  const seats = new Map<number, number>();
  for (const teams of divisions.values()) random.shuffle(teams).forEach((team, seat) => seats.set(team.id, seat));
  return seats;
}

function seatOf(seats: ReadonlyMap<number, number>, team: Team): number {
  return seats.get(team.id) ?? 0;
}
