import { joinSql, literal, sql } from '@nba/kernel';
import { defineDocumentProcessor } from '@nba/pipeline';
import { nbacScheduleTable } from './nbac-schedule.table';
import { interpretSchedule } from './interpret-schedule';

/** Every game of a season as the newest schedule document has it. A unit is a season. */
export const nbacSchedule = defineDocumentProcessor({
  phase: 2,
  table: nbacScheduleTable,
  upstreams: {},
  games: 'scheduled',
  documents: 'schedule',
  unit: 'season',
  revision: 1,
  interpret: interpretSchedule,
  // Nothing above the schedule can say which games it must have; the interpreter answers for the document's own counts.
  spineKey: ['game_id'],
  spine: ({ inRange }) => sql`SELECT game_date, game_id FROM ${nbacScheduleTable} WHERE ${inRange('game_date')}`,
  readable: ({ gameTypes }) => sql`game_type IN (${joinSql(gameTypes.map(literal))})`,
});
