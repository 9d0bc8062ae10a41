import type { UnitPlan } from '../planning/planned-unit';

/** Most units whose start is recorded at once, when they run in groups smaller than this. */
const STARTED_TOGETHER = 30;

/**
 * Groups whose start is recorded at once, about a month of dates: a record of its own for every date would take longer
 * than all else beside its statement. Whoever dies among them leaves no more than these to be run again.
 */
export function startedTogether(groups: UnitPlan['groups']): UnitPlan['groups'][] {
  const batches: UnitPlan['groups'][number][][] = [];
  let units = STARTED_TOGETHER;
  for (const group of groups) {
    if (units + group.length > STARTED_TOGETHER) {
      batches.push([]);
      units = 0;
    }
    batches.at(-1)?.push(group);
    units += group.length;
  }
  return batches;
}
