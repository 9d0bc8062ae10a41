import { column, defineTable } from '@nba/kernel';
import { TEAM_GAME_COLUMNS } from './game-columns';

const { float, integer } = column;

export const teamDefenseGameSummaryTable = defineTable({
  dataset: 'nba_analytics',
  name: 'team_defense_game_summary',
  description: 'One row per team of a final game: the opponent\'s offense in that game, and the team\'s own steals and blocks.',
  key: ['game_id', 'team_id'],
  columns: {
    ...TEAM_GAME_COLUMNS,
    opponent_points: integer('Points allowed'),
    opponent_possessions_x100: integer('The opponent\'s possessions in hundredths: 100·FGA + 44·FTA + 100·TOV − 100·OREB'),
    defensive_rating: float('Points allowed per 100 possessions of the opponent: 100·opponent points / opponent possessions'),
    opponent_efg_pct: float('The opponent\'s effective field goal percentage, as a fraction: (FGM + 0.5·FG3M) / FGA'),
    opponent_ts_pct: float('The opponent\'s true shooting, as a fraction: points / (2·(FGA + 0.44·FTA))'),
    opponent_two_pointers_made: integer('Two-pointers made by the opponent: FGM − FG3M'),
    opponent_two_pointers_attempted: integer('Two-pointers attempted by the opponent: FGA − FG3A'),
    opponent_three_pointers_made: integer('Three-pointers made by the opponent'),
    opponent_three_pointers_attempted: integer('Three-pointers attempted by the opponent'),
    opponent_free_throws_made: integer('Free throws made by the opponent'),
    opponent_free_throws_attempted: integer('Free throws attempted by the opponent'),
    dreb_pct: float('Share of available defensive rebounds, as a fraction: DREB / (DREB + opponent OREB)'),
    opponent_tov_pct: float('The opponent\'s turnovers per play, as a fraction: TOV / plays'),
    steals: integer('The team\'s own steals'),
    blocks: integer('The team\'s own blocks'),
  },
});
