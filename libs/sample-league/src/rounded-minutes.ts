import type { Appearance } from './appearance';

const MOST_DIFFERENCE = 3;

/**
 * The feed gives whole minutes, and a team's are their sum: 237–243 in regulation.
 * Where rounding strays further, the player nearest to the half minute is rounded the other way.
 */
export function roundMinutes(appearances: readonly Appearance[], overtimes: number): void {
  let difference = -(240 + 25 * overtimes);
  for (const appearance of appearances) {
    appearance.minutes = Math.round(appearance.seconds / 60);
    difference += appearance.minutes;
  }
  for (; Math.abs(difference) > MOST_DIFFERENCE; difference -= Math.sign(difference)) {
    const direction = Math.sign(difference);
    let nearest: Appearance | undefined;
    let most = -Infinity;
    for (const appearance of appearances) {
      const rounding = direction * (appearance.minutes - appearance.seconds / 60);
      if (rounding > most) [nearest, most] = [appearance, rounding];
    }
    if (nearest !== undefined) nearest.minutes -= direction;
  }
}
