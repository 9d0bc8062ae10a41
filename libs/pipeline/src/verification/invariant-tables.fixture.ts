import { column, defineTable, type TableDefinition } from '@nba/kernel';

const STATS = [
  'points', 'field_goals_made', 'field_goals_attempted', 'three_pointers_made', 'three_pointers_attempted', 'free_throws_made', 'free_throws_attempted',
  'offensive_rebounds', 'defensive_rebounds', 'rebounds', 'assists', 'steals', 'blocks', 'turnovers', 'personal_fouls', 'plus_minus', 'seconds_played',
];

function boxscore(name: string, who: 'player_id' | 'team_id'): TableDefinition {
  return defineTable({
    dataset: 'nba_raw', name, description: 'What the invariants read', key: ['game_id', who],
    columns: {
      game_id: column.text('game'), game_date: column.date('date'), season: column.text('season'), team_id: column.integer('team'), team_tricode: column.text('team'),
      player_id: column.integer('player'), player_name: column.text('player'), ...Object.fromEntries(STATS.map((stat) => [stat, column.integer(stat)])),
    },
  });
}

export const playerGameSummary = defineTable({
  dataset: 'nba_analytics', name: 'player_game_summary', description: 'What the invariants read', key: ['game_id', 'player_name'],
  columns: {
    game_id: column.text('game'), game_date: column.date('date'), player_name: column.text('name'),
    seconds_played: column.integer('seconds'), usage_rate: column.float('usage'),
  },
});

/** The tables whose rows verification looks at beside those of the registry; in the toy league they are empty. */
export const INVARIANT_TABLES = [boxscore('nbac_player_boxscore', 'player_id'), boxscore('nbac_team_boxscore', 'team_id'), playerGameSummary] as const;
