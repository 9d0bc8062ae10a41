import type { DayNumber } from './civil-date';
import type { Matchup } from './matchups';
import type { Team } from './teams';

/** A matchup with its date. */
export interface DatedMatchup {
  readonly matchup: Matchup;
  readonly day: DayNumber;
}

/** Which team plays on which day: the rules of the timetable are asked here. */
export class DayBook {
  private readonly byDay = new Map<DayNumber, Matchup[]>();
  private readonly playing = new Set<number>();

  constructor(days: readonly DayNumber[]) {
    for (const day of days) this.byDay.set(day, []);
  }

  add(matchup: Matchup, day: DayNumber): void {
    this.on(day).push(matchup);
    this.playing.add(key(matchup.home, day));
    this.playing.add(key(matchup.away, day));
  }

  remove(matchup: Matchup, day: DayNumber): void {
    const games = this.on(day);
    games.splice(games.indexOf(matchup), 1);
    this.playing.delete(key(matchup.home, day));
    this.playing.delete(key(matchup.away, day));
  }

  on(day: DayNumber): Matchup[] {
    const games = this.byDay.get(day);
    if (games === undefined) throw new RangeError(`Day ${day} is no game day of this season`);
    return games;
  }

  plays(team: Team, day: DayNumber): boolean {
    return this.playing.has(key(team, day));
  }

  /** Would a game on that day be the team's third within three days in a row? */
  makesThreeInARow(team: Team, day: DayNumber): boolean {
    const before = this.plays(team, day - 1);
    const after = this.plays(team, day + 1);
    return (before && (after || this.plays(team, day - 2))) || (after && this.plays(team, day + 2));
  }

  isFree(team: Team, day: DayNumber): boolean {
    return !this.plays(team, day) && !this.makesThreeInARow(team, day);
  }

  /** How many neighbouring days the team plays on. */
  backToBacks(team: Team, day: DayNumber): number {
    return Number(this.plays(team, day - 1)) + Number(this.plays(team, day + 1));
  }

  entries(): DatedMatchup[] {
    const all: DatedMatchup[] = [];
    for (const [day, matchups] of this.byDay) for (const matchup of matchups) all.push({ matchup, day });
    return all;
  }
}

function key(team: Team, day: DayNumber): number {
  return team.id * 65_536 + day;
}
