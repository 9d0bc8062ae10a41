import { playerCompositeFactors } from './player-composite-factors.processor';
import { playerDailyCache } from './player-daily-cache.processor';
import { playerShotProfile } from './player-shot-profile.processor';
import { teamDefenseShotProfile } from './team-defense-shot-profile.processor';

export { playerCompositeFactors, playerDailyCache, playerShotProfile, teamDefenseShotProfile };

/** Phase 4: what is known on the morning of the date, upstream first. */
export const precomputeProcessors = [teamDefenseShotProfile, playerShotProfile, playerDailyCache, playerCompositeFactors] as const;
