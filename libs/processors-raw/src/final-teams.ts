import { sql, type Sql } from '@nba/kernel';
import type { QueryContext, Upstream } from '@nba/pipeline';
import { scheduledTeams } from './scheduled-teams';

/** Columns of the schedule that {@link finalTeams} reads, and the scores that box scores are reconciled with. */
export const FINAL_TEAMS_COLUMNS = ['home_team_id', 'away_team_id', 'game_status', 'home_score', 'away_score'] as const;

/** The spine of box scores: both teams of every final game of the dates. */
export function finalTeams({ from, inRange }: QueryContext<{ schedule: Upstream }>): Sql {
  return sql`SELECT game_date, game_id, team_id FROM ${scheduledTeams(from.schedule, sql`game_status = 3`)} WHERE ${inRange('game_date')}`;
}
