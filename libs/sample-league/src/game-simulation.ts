import type { Appearance } from './appearance';
import type { Player } from './player';
import { playPossession, shootAtTheBuzzer } from './possession';
import { Random } from './random';
import { planRotation } from './rotation';
import { roundMinutes } from './rounded-minutes';
import { Side } from './side';

export interface GameResult {
  readonly overtimes: number;
  readonly home: TeamResult;
  readonly away: TeamResult;
}

export interface TeamResult {
  readonly points: number;
  /** Only those who were on the floor; starters first. */
  readonly appearances: readonly Appearance[];
}

const QUARTER_SECONDS = 720;
const OVERTIME_SECONDS = 300;
const REGULATION_SECONDS = 4 * QUARTER_SECONDS;
const MEAN_POSSESSIONS = 98.4;
const HOME_EDGE = 0.009;
const FORM_SPREAD = 0.016;
const SPECIALIST_CHANCE = 0.011;
const BUZZER_SHOT_CHANCE = 0.9;

/** Plays a game, stint by stint, so that minutes, box score and plus-minus come from the same events. */
export function simulateGame(homePlayers: readonly Player[], awayPlayers: readonly Player[], isNeutral: boolean, random: Random): GameResult {
  const edge = isNeutral ? 0 : HOME_EDGE;
  const home = new Side(planRotation(homePlayers, random), edge + FORM_SPREAD * random.normal());
  const away = new Side(planRotation(awayPlayers, random), -edge + FORM_SPREAD * random.normal());
  const game = new RunningGame(home, away, MEAN_POSSESSIONS + 3.1 * random.normal(), random);
  for (let quarter = 1; quarter <= 4; quarter++) game.playPeriod(QUARTER_SECONDS, quarter === 4);
  game.tryToTie();
  let overtimes = 0;
  for (; home.points === away.points; overtimes++) game.playPeriod(OVERTIME_SECONDS, true);
  return { overtimes, home: finish(home, overtimes), away: finish(away, overtimes) };
}

function finish(side: Side, overtimes: number): TeamResult {
  const appearances = side.players.filter(({ hasPlayed }) => hasPlayed);
  roundMinutes(appearances, overtimes);
  return { points: side.points, appearances };
}

class RunningGame {
  private elapsed = 0;
  private possessionsDue = 0;

  constructor(
    private readonly home: Side,
    private readonly away: Side,
    private readonly possessions: number,
    private readonly random: Random,
  ) {}

  playPeriod(seconds: number, isLast: boolean): void {
    const { home, away, random } = this;
    const specialist = [home, away].find(() => random.chance(SPECIALIST_CHANCE));
    const lastSeconds = specialist === undefined ? 0 : random.integer(4, 26);
    for (let left = seconds - lastSeconds; left > 0; ) {
      const drawn = random.integer(100, 215);
      // No stint shorter than a minute at the end: the last one takes the rest.
      const stint = left - drawn < 60 ? left : drawn;
      this.changeLineups(stint, isLast, left);
      this.playStint(stint);
      left -= stint;
    }
    if (specialist !== undefined) {
      specialist.sendSpecialist();
      this.playStint(lastSeconds);
    }
  }

  /** Behind by two or three with seconds to go, a team plays for overtime. */
  tryToTie(): void {
    const margin = this.home.points - this.away.points;
    const behind = Math.abs(margin);
    if (behind < 2 || behind > 3 || !this.random.chance(BUZZER_SHOT_CHANCE)) return;
    const [attack, defence] = margin < 0 ? [this.home, this.away] : [this.away, this.home];
    shootAtTheBuzzer(attack, defence, behind === 3, this.random);
  }

  private changeLineups(stint: number, isLast: boolean, left: number): void {
    if (this.elapsed === 0) {
      this.home.start();
      this.away.start();
      return;
    }
    const margin = Math.abs(this.home.points - this.away.points);
    const decided = isLast && this.elapsed < REGULATION_SECONDS && margin > 12 + left / 40;
    const close = isLast && left < 320 && margin < 12;
    const mood = decided ? 'decided' : close ? 'close' : 'open';
    const playedShare = (this.elapsed + stint) / REGULATION_SECONDS;
    this.home.substitute(playedShare, mood, this.random);
    this.away.substitute(playedShare, mood, this.random);
  }

  private playStint(seconds: number): void {
    const { home, away, random } = this;
    home.play(seconds);
    away.play(seconds);
    this.elapsed += seconds;
    this.possessionsDue += (seconds * this.possessions) / REGULATION_SECONDS;
    for (; this.possessionsDue >= 1; this.possessionsDue--) {
      playPossession(home, away, random);
      playPossession(away, home, random);
    }
  }
}
