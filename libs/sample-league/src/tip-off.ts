import { weekday, type DayNumber } from './civil-date';
import { Random } from './random';
import type { Team } from './teams';

/** Minutes after midnight, Eastern time. */
export type EasternMinutes = number;

const at = (hours: number, minutes = 0): EasternMinutes => hours * 60 + minutes;

/** Evening games begin at 7, 7.30 or 8 local time; the list repeats what is usual. */
const LOCAL_EVENINGS = [at(19), at(19), at(19, 30), at(19, 30), at(20)] as const;
const LATEST = at(22, 30);
const WEEKEND_AFTERNOONS = [at(13), at(15), at(15, 30), at(18), at(18)] as const;
const LAST_DAY = [at(13), at(15, 30)] as const;

export function tipOff(home: Team, day: DayNumber, isLastDay: boolean, random: Random): EasternMinutes {
  // On the last day a conference plays at the same time, so that nobody knows the other results.
  if (isLastDay) return home.hoursBehindEast === 0 ? LAST_DAY[0] : LAST_DAY[1];
  const isWeekend = weekday(day) === 0 || weekday(day) === 6;
  if (isWeekend && random.chance(0.3)) return random.pick(WEEKEND_AFTERNOONS);
  return Math.min(LATEST, random.pick(LOCAL_EVENINGS) + 60 * home.hoursBehindEast);
}
