import { FOUL_LIMIT, type Appearance } from './appearance';
import type { Random } from './random';
import { DUTIES, type Duty } from './skills';

const DECISIVE_BONUS_SECONDS = 400;
/** Below every priority. */
const TAKEN = -1e12;

/** One of the two teams in a game: who is on the floor, and the score. */
export class Side {
  points = 0;
  five: readonly Appearance[];
  /** Taken off the other side's shooting while this five defends. */
  defence = 0;
  /** Five running sums for each duty: whom an event falls to is drawn some 300 times a game. */
  private readonly cumulated = new Float64Array(5 * DUTIES);
  private readonly priorities: Float64Array;

  constructor(
    readonly players: readonly Appearance[],
    /** Added to the chance of every shot: home court and the form of the day. */
    readonly shootingEdge: number,
  ) {
    this.five = players.slice(0, 5);
    this.priorities = new Float64Array(players.length);
  }

  start(): void {
    this.send(this.players.slice(0, 5));
  }

  /**
   * Who plays next: those furthest behind the coach's plan. When the game is close at the end,
   * the starters; when it is decided, those who never play otherwise.
   */
  substitute(playedShare: number, mood: 'open' | 'close' | 'decided', random: Random): void {
    let index = 0;
    for (const appearance of this.players) {
      const { plannedSeconds } = appearance;
      let priority = plannedSeconds * playedShare - appearance.seconds + 60 * random.next();
      if (mood === 'close' && appearance.isStarter) priority += DECISIVE_BONUS_SECONDS;
      else if (mood === 'decided') priority = 1200 * random.next() - plannedSeconds;
      else if (plannedSeconds === 0) priority -= 1e6;
      if (appearance.fouls >= FOUL_LIMIT) priority -= 1e9;
      this.priorities[index++] = priority;
    }
    this.send(this.topFive());
  }

  /** Somebody who has not played yet comes in for the last seconds of a period, for one defensive play. */
  sendSpecialist(): void {
    const specialist = this.players.find((appearance) => !appearance.hasPlayed && appearance.plannedSeconds === 0);
    if (specialist !== undefined) this.send([...this.five.slice(0, 4), specialist]);
  }

  play(seconds: number): void {
    for (const appearance of this.five) appearance.seconds += seconds;
  }

  score(points: number): void {
    this.points += points;
    for (const appearance of this.five) appearance.plusMinus += points;
  }

  concede(points: number): void {
    for (const appearance of this.five) appearance.plusMinus -= points;
  }

  /** One of the five, as often as his skills say. */
  pick(duty: Duty, random: Random, except?: Appearance): Appearance {
    const first = duty * 5;
    for (;;) {
      const drawn = random.next() * (this.cumulated[first + 4] ?? 0);
      let place = 0;
      while (place < 4 && drawn >= (this.cumulated[first + place] ?? 0)) place++;
      const picked = this.five[place];
      if (picked === undefined) throw new Error('A side has fewer than five on the floor');
      if (picked !== except) return picked;
    }
  }

  private send(five: readonly Appearance[]): void {
    this.five = five;
    this.defence = 0;
    let place = 0;
    for (const appearance of five) {
      appearance.hasPlayed = true;
      const { defence, weights } = appearance.player.skills;
      this.defence += defence;
      for (let duty = 0; duty < DUTIES; duty++) {
        const index = duty * 5 + place;
        this.cumulated[index] = (weights[duty] ?? 0) + (place === 0 ? 0 : (this.cumulated[index - 1] ?? 0));
      }
      place++;
    }
  }

  /** Five passes for the next best: for a dozen players that beats sorting. */
  private topFive(): Appearance[] {
    const { players, priorities } = this;
    const five: Appearance[] = [];
    while (five.length < 5) {
      let best = 0;
      for (let index = 1; index < priorities.length; index++) {
        if ((priorities[index] ?? 0) > (priorities[best] ?? 0)) best = index;
      }
      const next = players[best];
      if (next === undefined) break;
      five.push(next);
      priorities[best] = TAKEN;
    }
    return five;
  }
}
