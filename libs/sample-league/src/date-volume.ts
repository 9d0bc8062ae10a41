import { weekday, type DayNumber } from './civil-date';
import { Random } from './random';

export const GAMES_PER_SEASON = 1230;
const MOST_GAMES_A_DAY = 15;
/** Mean games by weekday, Sunday first, as in real seasons: Wednesdays and Fridays are full, Thursdays belong to television. */
const BY_WEEKDAY = [7.4, 7.6, 5.4, 9.6, 4.6, 9.6, 7] as const;

/** How many games each date should get: two on opening night, all thirty teams on the last day, 1,230 in all. */
export function planDateVolume(days: readonly DayNumber[], random: Random): Map<DayNumber, number> {
  const volume = new Map<DayNumber, number>();
  const flexible: DayNumber[] = [];
  days.forEach((day, index) => {
    if (index === 0) volume.set(day, 2);
    else if (index === days.length - 1) volume.set(day, MOST_GAMES_A_DAY);
    else {
      const mean = BY_WEEKDAY[weekday(day)] ?? 7;
      volume.set(day, Math.min(13, Math.max(2, Math.round(mean + 1.8 * random.normal()))));
      flexible.push(day);
    }
  });
  let total = 0;
  for (const games of volume.values()) total += games;
  while (total !== GAMES_PER_SEASON) {
    const step = total < GAMES_PER_SEASON ? 1 : -1;
    const day = random.pick(flexible);
    const games = (volume.get(day) ?? 0) + step;
    if (games < 2 || games > 13) continue;
    volume.set(day, games);
    total += step;
  }
  return volume;
}
