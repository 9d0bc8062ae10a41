import { playerGameSummary } from './player-game-summary.processor';
import { teamDefenseGameSummary } from './team-defense-game-summary.processor';
import { teamOffenseGameSummary } from './team-offense-game-summary.processor';
import { upcomingPlayerGameContext } from './upcoming-player-game-context.processor';
import { upcomingTeamGameContext } from './upcoming-team-game-context.processor';

export { playerGameSummary, teamDefenseGameSummary, teamOffenseGameSummary, upcomingPlayerGameContext, upcomingTeamGameContext };

/** Phase 3: summaries of played games and what is known before scheduled ones. */
export const analyticsProcessors = [
  teamOffenseGameSummary,
  teamDefenseGameSummary,
  playerGameSummary,
  upcomingTeamGameContext,
  upcomingPlayerGameContext,
] as const;
export { known, weighed } from './known-sums';
export { type Line, runningTotals, totalsOf } from './running-totals';
