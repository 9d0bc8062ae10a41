import { sql, type Sql } from '@nba/kernel';

/** Columns of the schedule that {@link scheduledTeams} and {@link finalTeams} read. */
export const SCHEDULED_TEAMS_COLUMNS = ['home_team_id', 'away_team_id'] as const;

/** Two rows a game, home and away: game_date, game_id, season, team_id, opponent_team_id, is_home. */
export function scheduledTeams(schedule: Sql, condition: Sql = sql`TRUE`): Sql {
  return sql`(SELECT game_date, game_id, season, home_team_id AS team_id, away_team_id AS opponent_team_id, TRUE AS is_home
      FROM ${schedule} WHERE home_team_id IS NOT NULL AND away_team_id IS NOT NULL AND ${condition}
    UNION ALL SELECT game_date, game_id, season, away_team_id, home_team_id, FALSE
      FROM ${schedule} WHERE home_team_id IS NOT NULL AND away_team_id IS NOT NULL AND ${condition})`;
}
