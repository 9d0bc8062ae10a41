import { type GameType, type Sql, identifier, joinSql, literal, sql } from '@nba/kernel';
import type { GamesAbout } from './game-calendar';

/**
 * The expected teams as GoogleSQL over nba_raw.nbac_schedule, with `@from` and `@to`: the date (named as asked),
 * game_id and team_id, two rows a game.
 */
export function scheduledTeamsOf(about: GamesAbout, gameTypes: readonly GameType[], dateColumn = 'game_date'): Sql {
  const side = (team: string) => sql`SELECT game_date AS ${identifier(dateColumn)}, game_id, ${identifier(team)} AS team_id
    FROM nba_raw.nbac_schedule WHERE game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)
      AND game_type IN (${joinSql(gameTypes.map(literal))}) AND home_team_id IS NOT NULL AND away_team_id IS NOT NULL
      AND ${about === 'final' ? sql`game_status = 3` : sql`TRUE`}`;
  return sql`${side('home_team_id')} UNION ALL ${side('away_team_id')}`;
}
