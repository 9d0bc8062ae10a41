import type { Scenario } from '../scenario';
import { dateByDate } from './date-by-date.scenario';
import { grouped, groupedAgain } from './grouped.scenario';
import { increment } from './increment.scenario';
import { noOpPlan } from './no-op-plan.scenario';
import { queries } from './queries.scenario';
import { realSeasons } from './real-seasons.scenario';
import { repairOneDate } from './repair.scenario';
import { sizes } from './sizes.scenario';

/** In the order of the table. */
export const SCENARIOS: readonly Scenario[] = [grouped, groupedAgain, dateByDate, noOpPlan, increment, repairOneDate, realSeasons, sizes, queries];
