import { column, defineTable } from '@nba/kernel';
import { BOX_LINE } from '@nba/processors-raw';
import { SHOOTING_COLUMNS, TEAM_GAME_COLUMNS } from './game-columns';

const { flag, float, integer, text } = column;

export const teamOffenseGameSummaryTable = defineTable({
  dataset: 'nba_analytics',
  name: 'team_offense_game_summary',
  description: 'One row per team of a final game: its box line, possessions and offensive efficiency.',
  key: ['game_id', 'team_id'],
  columns: {
    ...TEAM_GAME_COLUMNS,
    team_tricode: text('The team\'s three letters'),
    is_win: flag('Whether the team won: margin > 0'),
    margin: integer('Points more than the opponent, in points: points − opponent_points'),
    opponent_points: integer('Points of the opponent'),
    ...BOX_LINE,
    plus_minus: float('Points scored minus points allowed, in points, as the feed has it; eight real rows are not whole numbers, margin is exact'),
    overtime_periods: integer('Overtime periods played: round((team minutes − 240) / 25), because the feed\'s team minutes are sums of rounded player minutes'),
    game_minutes: integer('Length of the game in minutes: 48 + 5·overtime_periods'),
    plays_x100: integer('Plays in hundredths: 100·FGA + 44·FTA + 100·TOV'),
    possessions_x100: integer('Possessions in hundredths: plays_x100 − 100·OREB'),
    opponent_possessions_x100: integer('The opponent\'s possessions in hundredths, by the same formula'),
    pace: float('Possessions per 48 minutes and team: 48·(own + opponent possessions) / (2·game_minutes)'),
    offensive_rating: float('Points per 100 possessions: 100·points / possessions'),
    ...SHOOTING_COLUMNS,
    tov_pct: float('Turnovers per play, as a fraction: TOV / plays'),
    oreb_pct: float('Share of available offensive rebounds, as a fraction: OREB / (OREB + opponent DREB)'),
    ft_rate: float('Free throws made per field goal attempt, as a fraction: FTM / FGA'),
  },
});
