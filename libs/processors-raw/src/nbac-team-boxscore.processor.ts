import { sameDate } from '@nba/kernel';
import { blocks, defineDocumentProcessor, reads } from '@nba/pipeline';
import { FINAL_TEAMS_COLUMNS, finalTeams } from './final-teams';
import { interpretTeamBoxscores } from './interpret-team-boxscores';
import { nbacTeamBoxscoreTable } from './nbac-team-boxscore.table';
import { nbacSchedule } from './nbac-schedule.processor';

export const nbacTeamBoxscore = defineDocumentProcessor({
  phase: 2,
  table: nbacTeamBoxscoreTable,
  upstreams: { schedule: reads(nbacSchedule, blocks(sameDate(), FINAL_TEAMS_COLUMNS)) },
  games: 'final',
  documents: 'team-boxscores',
  unit: 'date',
  revision: 1,
  interpret: interpretTeamBoxscores,
  spineKey: ['game_id', 'team_id'],
  spine: finalTeams,
  emptyReason: 'no final game on this date',
});
