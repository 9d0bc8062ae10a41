import { FOUL_LIMIT, type Appearance } from './appearance';
import { Random } from './random';
import type { Side } from './side';
import { Duty } from './skills';

/** League-wide chances, set so that a season's means lie where the real ones do. */
const TURNOVER = 0.114;
const STEAL_OF_TURNOVER = 0.575;
const COMMON_FOUL = 0.075;
const IN_THE_BONUS = 0.24;
const FOULED_SHOOTER_SCORES = 0.27;
const FOULED_ON_THREE = 0.012;
const BLOCK_OF_MISSED_TWO = 0.19;
const BLOCK_OF_MISSED_THREE = 0.02;
const ASSIST_OF_TWO = 0.51;
const ASSIST_OF_THREE = 0.82;
const OUT_OF_BOUNDS = 0.115;
const OFFENSIVE_REBOUND = 0.245;
const MOST_CHANCES = 12;

/** One possession: chance after chance until the ball changes hands. */
export function playPossession(attack: Side, defence: Side, random: Random): void {
  for (let chance = 0; chance < MOST_CHANCES; chance++) {
    const event = random.next();
    if (event < TURNOVER) {
      attack.pick(Duty.turnover, random).turnovers++;
      if (random.chance(STEAL_OF_TURNOVER)) defence.pick(Duty.steal, random).steals++;
      return;
    }
    if (event < TURNOVER + COMMON_FOUL) {
      commitFoul(defence, random);
      if (!random.chance(IN_THE_BONUS)) continue;
      if (!shootFreeThrows(attack, defence, attack.pick(Duty.usage, random), 2, random)) return;
    } else if (!shoot(attack, defence, random)) return;
  }
}

/** A single shot with the clock running out: no foul, no rebound. */
export function shootAtTheBuzzer(attack: Side, defence: Side, isThree: boolean, random: Random): void {
  const shooter = attack.pick(Duty.usage, random);
  const { twoPct, threePct } = shooter.player.skills;
  attemptFieldGoal(attack, defence, shooter, isThree, random.chance(isThree ? threePct : twoPct));
}

/** @returns whether the attack keeps the ball */
function shoot(attack: Side, defence: Side, random: Random): boolean {
  const shooter = attack.pick(Duty.usage, random);
  const { skills } = shooter.player;
  const isThree = random.chance(skills.threeShare);
  const fouled = random.chance(isThree ? FOULED_ON_THREE : skills.foulsDrawn);
  if (fouled) {
    commitFoul(defence, random);
    if (!random.chance(FOULED_SHOOTER_SCORES)) return shootFreeThrows(attack, defence, shooter, isThree ? 3 : 2, random);
    attemptFieldGoal(attack, defence, shooter, isThree, true);
    creditAssist(attack, shooter, isThree, random);
    return shootFreeThrows(attack, defence, shooter, 1, random);
  }
  const made = random.chance((isThree ? skills.threePct : skills.twoPct) + attack.shootingEdge - defence.defence / 5);
  attemptFieldGoal(attack, defence, shooter, isThree, made);
  if (made) {
    creditAssist(attack, shooter, isThree, random);
    return false;
  }
  if (random.chance(isThree ? BLOCK_OF_MISSED_THREE : BLOCK_OF_MISSED_TWO)) defence.pick(Duty.block, random).blocks++;
  return rebound(attack, defence, random);
}

function attemptFieldGoal(attack: Side, defence: Side, shooter: Appearance, isThree: boolean, made: boolean): void {
  shooter.fieldGoalsAttempted++;
  if (isThree) shooter.threesAttempted++;
  if (!made) return;
  shooter.fieldGoalsMade++;
  if (isThree) shooter.threesMade++;
  credit(attack, defence, shooter, isThree ? 3 : 2);
}

/** @returns whether the attack keeps the ball after the last one */
function shootFreeThrows(attack: Side, defence: Side, shooter: Appearance, attempts: number, random: Random): boolean {
  let lastMade = false;
  for (let i = 0; i < attempts; i++) {
    shooter.freeThrowsAttempted++;
    lastMade = random.chance(shooter.player.skills.freeThrowPct);
    if (!lastMade) continue;
    shooter.freeThrowsMade++;
    credit(attack, defence, shooter, 1);
  }
  return lastMade ? false : rebound(attack, defence, random);
}

function credit(attack: Side, defence: Side, shooter: Appearance, points: number): void {
  shooter.points += points;
  attack.score(points);
  defence.concede(points);
}

function creditAssist(attack: Side, shooter: Appearance, isThree: boolean, random: Random): void {
  if (random.chance(isThree ? ASSIST_OF_THREE : ASSIST_OF_TWO)) attack.pick(Duty.assist, random, shooter).assists++;
}

/** @returns whether the attack keeps the ball */
function rebound(attack: Side, defence: Side, random: Random): boolean {
  // A ball out of bounds is a team's rebound: no player is credited, and the box score does not count it.
  if (random.chance(OUT_OF_BOUNDS)) return random.chance(0.4);
  if (random.chance(OFFENSIVE_REBOUND)) {
    attack.pick(Duty.offensiveRebound, random).offensiveRebounds++;
    return true;
  }
  defence.pick(Duty.defensiveRebound, random).defensiveRebounds++;
  return false;
}

/** Who has six is about to leave the floor: the foul goes to somebody else. */
function commitFoul(defence: Side, random: Random): void {
  let fouler = defence.pick(Duty.foul, random);
  if (fouler.fouls >= FOUL_LIMIT) fouler = defence.pick(Duty.foul, random, fouler);
  if (fouler.fouls < FOUL_LIMIT) fouler.fouls++;
}
