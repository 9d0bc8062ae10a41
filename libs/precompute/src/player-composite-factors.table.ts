import { column, defineTable } from '@nba/kernel';
import { PLAYER_KEY_COLUMNS } from './keys';

const { float, integer } = column;

export const playerCompositeFactorsTable = defineTable({
  dataset: 'nba_precompute',
  name: 'player_composite_factors',
  description: 'One row per player expected in a scheduled game, played or not: how rest, pace and matchup speak for or against him, in points of adjustment.',
  key: ['game_id', 'player_id'],
  columns: {
    ...PLAYER_KEY_COLUMNS,
    fatigue_score: integer('Score in points: 100 for fresh, less for tired, 0 to 100: from 100, back-to-back −15, else 3 or more days of rest +5; 4 or more games in 7 days −10; more than 240 minutes in 7 days −10; more than 35 minutes a game in 7 days −8; back-to-backs in 14 days 2 or more −12, 1 −5'),
    fatigue_adjustment: float('What fatigue takes away, in points of adjustment: (fatigue_score − 100) / 20'),
    pace_score: float('How much faster than usual the game should be, in points of adjustment: (mean of both teams\' pace over their last 10 games − the league\'s over [D−30, D−1]) / 2, within ±3; NULL when one of the three is not known'),
    matchup_score: float('The opponent\'s allowed efficiency in the player\'s dominant shot type minus the league\'s, in percentage points: 100·pct_allowed_vs_league of that type, within ±10; NULL when not known'),
    total_adjustment: float('Sum of the parts, in points of adjustment: fatigue_adjustment + pace_score + matchup_score, of those that are known; NULL when none is'),
    adjustments_known: integer('How many of the three parts are known: 0 to 3'),
  },
});
