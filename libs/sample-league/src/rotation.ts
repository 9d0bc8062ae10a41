import { Appearance } from './appearance';
import type { Player } from './player';
import { Random } from './random';
import type { Position } from './skills';

const STARTING_FIVE: readonly Position[] = ['G', 'G', 'F', 'F', 'C'];
const STARTER_MINUTES = [36, 34.5, 32, 29.5, 26.5] as const;
const BENCH_MINUTES = [24.5, 20.5, 16.5, 12.5, 8.5, 5] as const;
const FEWEST_DRESSED = 10;
const MOST_DRESSED = 13;
const TEAM_SECONDS = 5 * 48 * 60;

/** The coach's plan for a game: five starters by position, four to six men off the bench, the rest dressed. */
export function planRotation(available: readonly Player[], random: Random): Appearance[] {
  const ranked = available
    .map((player) => ({ player, rank: player.talent + 0.25 * random.normal() }))
    .sort((x, y) => y.rank - x.rank)
    .map(({ player }) => player);
  const starters = pickStarters(ranked);
  const bench = ranked.filter((player) => !starters.includes(player)).slice(0, random.integer(FEWEST_DRESSED, MOST_DRESSED) - starters.length);
  const depth = random.chance(0.45) ? 5 : random.chance(0.6) ? 4 : 6;
  const planned = [...starters, ...bench].map((player, index) => {
    const minutes = STARTER_MINUTES[index] ?? (index - 5 < depth ? BENCH_MINUTES[index - 5] : undefined) ?? 0;
    return { player, isStarter: index < 5, weight: minutes * random.between(0.85, 1.15) };
  });
  const total = planned.reduce((sum, { weight }) => sum + weight, 0);
  return planned.map(({ player, isStarter, weight }) => new Appearance(player, isStarter, (weight / total) * TEAM_SECONDS));
}

/** The best man for each position, or the best left where nobody plays it; in order of rank. */
function pickStarters(ranked: readonly Player[]): Player[] {
  const starters = new Set<Player>();
  for (const wanted of STARTING_FIVE) {
    const best = ranked.find((player) => player.position === wanted && !starters.has(player)) ?? ranked.find((player) => !starters.has(player));
    if (best !== undefined) starters.add(best);
  }
  return ranked.filter((player) => starters.has(player));
}
