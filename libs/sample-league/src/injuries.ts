import type { DayNumber } from './civil-date';
import type { Player } from './player';
import { Random } from './random';
import type { SeasonCalendar } from './season-calendar';

/** Days, both inclusive, on which a player cannot play. */
export interface OutSpell {
  readonly from: DayNumber;
  readonly to: DayNumber;
}

/** Some never miss a game; the old miss more. */
const IRON_SHARE = 0.08;
const DAILY_RISK = 0.018;

/** A player's injuries, illnesses and rests of one season, wherever he plays. */
export function outSpells(player: Player, calendar: SeasonCalendar, seed: number): OutSpell[] {
  const random = Random.for(seed, 'injuries', calendar.season, player.id);
  if (random.chance(IRON_SHARE)) return [];
  const risk = DAILY_RISK * random.between(0.3, 1.7) * (1 + Math.max(0, player.age - 29) * 0.06);
  const spells: OutSpell[] = [];
  for (let day = calendar.first; day <= calendar.last; day++) {
    if (!random.chance(risk)) continue;
    const to = day + spellDays(random);
    spells.push({ from: day, to });
    day = to;
  }
  return spells;
}

function spellDays(random: Random): number {
  const kind = random.next();
  if (kind < 0.62) return random.integer(0, 4);
  if (kind < 0.9) return random.integer(6, 24);
  return random.integer(30, 120);
}
