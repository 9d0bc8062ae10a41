import { Random } from './random';
import { skillsOf, type Position, type Skills, type Style } from './skills';

/** A person of the league, over the seasons. */
export interface Player {
  readonly id: number;
  readonly name: string;
  readonly position: Position;
  readonly style: Style;
  /** 0 is an average player of the league, 3 the best there is. */
  readonly talent: number;
  readonly age: number;
  readonly skills: Skills;
}

/** Players the league has drawn from nowhere begin here; real person ids are smaller. */
export const FIRST_PLAYER_ID = 9_000_001;
const PEAK_AGE = 27;
const RETIREMENT_AGE = 34;

export function newPlayer(id: number, name: string, position: Position, age: number, talent: number, random: Random): Player {
  const style: Style = {
    ballHandling: random.normal(),
    shooting: random.normal(),
    range: random.normal(),
    passing: random.normal(),
    rebounding: random.normal(),
    defence: random.normal(),
    aggression: random.normal(),
  };
  return { id, name, position, style, age, talent, skills: skillsOf(position, talent, style) };
}

/** The player a year later: the young grow, the old fade, nobody evenly. */
export function grownOlder(player: Player, random: Random): Player {
  const age = player.age + 1;
  const drift = age <= PEAK_AGE ? 0.07 * (PEAK_AGE + 1 - age) * 0.6 : -0.07 * (age - PEAK_AGE);
  const talent = Math.max(-2.2, Math.min(2.75, player.talent + drift + 0.22 * random.normal()));
  return { ...player, age, talent, skills: skillsOf(player.position, talent, player.style) };
}

export function retires(player: Player, random: Random): boolean {
  const years = player.age - RETIREMENT_AGE;
  return years >= 0 && random.chance(0.25 + 0.15 * years - 0.12 * player.talent);
}
