import { sameDate } from '@nba/kernel';
import { blocks, defineDocumentProcessor, reads } from '@nba/pipeline';
import { FINAL_TEAMS_COLUMNS, finalTeams } from './final-teams';
import { interpretPlayerBoxscores } from './interpret-player-boxscores';
import { nbacPlayerBoxscoreTable } from './nbac-player-boxscore.table';
import { nbacSchedule } from './nbac-schedule.processor';

export const nbacPlayerBoxscore = defineDocumentProcessor({
  phase: 2,
  table: nbacPlayerBoxscoreTable,
  upstreams: { schedule: reads(nbacSchedule, blocks(sameDate(), FINAL_TEAMS_COLUMNS)) },
  games: 'final',
  documents: 'player-boxscores',
  unit: 'date',
  revision: 1,
  interpret: interpretPlayerBoxscores,
  spineKey: ['game_id', 'team_id'],
  spine: finalTeams,
  emptyReason: 'no final game on this date',
});
