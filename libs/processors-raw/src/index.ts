import { nbacPlayerBoxscore } from './nbac-player-boxscore.processor';
import { nbacSchedule } from './nbac-schedule.processor';
import { nbacTeamBoxscore } from './nbac-team-boxscore.processor';

export { nbacPlayerBoxscore, nbacSchedule, nbacTeamBoxscore };
export { BOX_LINE, COUNTING_STATS, GAME_COLUMNS } from './boxscore-columns';
export { SCHEDULED_TEAMS_COLUMNS, scheduledTeams } from './scheduled-teams';

/** Phase 2: raw tables, each game date alone. */
export const rawProcessors = [nbacSchedule, nbacPlayerBoxscore, nbacTeamBoxscore] as const;
