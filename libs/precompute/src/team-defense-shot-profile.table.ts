import { column, defineTable, type Column } from '@nba/kernel';
import { TEAM_KEY_COLUMNS } from './keys';
import { SHOT_TYPES, type ShotType } from './shot-types';

const { flag, float, integer, text } = column;

const columnsOf = ({ name, words }: ShotType): Record<string, Column> => ({
  [`${name}_attempts_allowed_per_100_last_15`]: float(`The opponents' ${words} attempted per 100 of their possessions over the team's last 15 games: 100·Σattempted / Σpossessions`),
  [`${name}_pct_allowed_last_15`]: float(`The opponents' ${words} made / attempted over the team's last 15 games, as a fraction`),
  [`${name}_attempts_allowed_per_100_vs_league`]: float(`${name}_attempts_allowed_per_100_last_15 minus the same ratio of sums over all teams' games in [D−30, D−1]: attempts per 100 possessions more than the league's`),
  [`${name}_pct_allowed_vs_league`]: float(`${name}_pct_allowed_last_15 minus the same ratio of sums over all teams' games in [D−30, D−1], as a fraction`),
});

export const teamDefenseShotProfileTable = defineTable({
  dataset: 'nba_precompute',
  name: 'team_defense_shot_profile',
  description: 'One row per team of a scheduled game, played or not: what shots the team has lately allowed, against the league, on the morning of the date.',
  key: ['game_id', 'team_id'],
  columns: {
    ...TEAM_KEY_COLUMNS,
    is_home: flag('Whether the team is the schedule\'s home team (at a neutral site too)'),
    games_in_last_15: integer('The team\'s games behind the values over the last 15: 0 to 15'),
    ...Object.assign({}, ...SHOT_TYPES.map(columnsOf)) as Record<string, Column>,
    strongest_against: text('Shot type with the lowest pct_allowed_vs_league: three_pointer, two_pointer or free_throw, the first of equals in this order; NULL when none is known'),
    weakest_against: text('Shot type with the highest pct_allowed_vs_league; ties and NULL as in strongest_against'),
  },
});
