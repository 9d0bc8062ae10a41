import { columnList, columnNames, days, identifier, joinSql, literal, sameDate, sql, type Sql } from '@nba/kernel';
import { blocks, defineProcessor, informs, reads } from '@nba/pipeline';
import { teamOffenseGameSummary, upcomingPlayerGameContext, upcomingTeamGameContext } from '@nba/processors-analytics';
import { EXPECTED_PLAYER_COLUMNS, expectedPlayerRows, NO_PLAYERS_EXPECTED } from './expected-players';
import { FATIGUE_COLUMNS, FATIGUE_SUM } from './fatigue';
import { leagueSum, leagueWindow } from './league-window';
import { playerCompositeFactorsTable as table } from './player-composite-factors.table';
import { playerShotProfile } from './player-shot-profile.processor';
import { SHOT_TYPES } from './shot-types';
import { ratio } from './ratio';
import { teamDefenseShotProfile } from './team-defense-shot-profile.processor';

const LEAGUE_DAYS = 30;
const SUMS = { possessions: sql`possessions_x100 + opponent_possessions_x100`, game_minutes: sql`game_minutes` };
const LEAGUE_PACE = ratio(sql`48 * ${leagueSum('possessions')}`, sql`(200 * ${leagueSum('game_minutes')})`);

const AGAINST_LEAGUE = SHOT_TYPES.map(({ name }) => ({ name, column: `${name}_pct_allowed_vs_league` }));

const ADJUSTMENTS = ['fatigue_adjustment', 'pace_score', 'matchup_score'].map(identifier);

/** The value held within bounds; NULL stays NULL, which GREATEST and LEAST would not promise on every engine. */
const clamped = (value: Sql, low: number, high: number): Sql => sql`CASE WHEN ${value} < ${low} THEN ${low} WHEN ${value} > ${high} THEN ${high} ELSE ${value} END`;

/** How rest, pace and matchup speak for or against each expected player. */
export const playerCompositeFactors = defineProcessor({
  phase: 4,
  table,
  games: 'scheduled',
  upstreams: {
    players: reads(upcomingPlayerGameContext, blocks(sameDate(), [...EXPECTED_PLAYER_COLUMNS, ...FATIGUE_COLUMNS])),
    teams: reads(upcomingTeamGameContext, blocks(sameDate(), ['pace_last_10', 'opponent_pace_last_10'])),
    league: reads(teamOffenseGameSummary, informs(days(LEAGUE_DAYS, 'league'), ['possessions_x100', 'opponent_possessions_x100', 'game_minutes'])),
    shots: reads(playerShotProfile, blocks(sameDate(), ['dominant_shot_type'])),
    defense: reads(teamDefenseShotProfile, blocks(sameDate(), AGAINST_LEAGUE.map(({ column }) => column))),
  },
  spine: { keysOf: 'players' },
  emptyReason: NO_PLAYERS_EXPECTED,
  query: (context) => sql`
    WITH target AS (${expectedPlayerRows(context, FATIGUE_COLUMNS)}),
    ${leagueWindow({ games: context.from.league, dates: sql`target`, days: LEAGUE_DAYS, sums: SUMS })},
    judged AS (
      SELECT target.*, ${FATIGUE_SUM} AS fatigue_sum,
        ((team.pace_last_10 + team.opponent_pace_last_10) / 2 - ${LEAGUE_PACE}) / 2 AS pace_gap,
        100 * CASE shots.dominant_shot_type ${joinSql(AGAINST_LEAGUE.map(({ name, column }) => sql`WHEN ${literal(name)} THEN opponent.${identifier(column)}`), ' ')} END AS matchup_gap
      FROM target
      LEFT JOIN league ON league.season = target.season AND league.game_date = target.game_date
      LEFT JOIN ${context.from.teams} AS team
        ON team.game_date = target.game_date AND team.game_id = target.game_id AND team.team_id = target.team_id
      LEFT JOIN ${context.from.shots} AS shots
        ON shots.game_date = target.game_date AND shots.game_id = target.game_id AND shots.player_id = target.player_id
      LEFT JOIN ${context.from.defense} AS opponent
        ON opponent.game_date = target.game_date AND opponent.game_id = target.game_id AND opponent.team_id = target.opponent_team_id
    ), scored AS (
      SELECT *, ${clamped(sql`fatigue_sum`, 0, 100)} AS fatigue_score, ${clamped(sql`pace_gap`, -3, 3)} AS pace_score, ${clamped(sql`matchup_gap`, -10, 10)} AS matchup_score
      FROM judged
    ), adjusted AS (
      SELECT *, (fatigue_score - 100) / 20 AS fatigue_adjustment FROM scored
    ), counted AS (
      SELECT *, ${joinSql(ADJUSTMENTS.map((part) => sql`IF(${part} IS NULL, 0, 1)`), ' + ')} AS adjustments_known,
        ${joinSql(ADJUSTMENTS.map((part) => sql`IFNULL(${part}, 0)`), ' + ')} AS sum_of_known
      FROM adjusted
    ), total AS (
      SELECT *, IF(adjustments_known = 0, NULL, sum_of_known) AS total_adjustment FROM counted
    )
    SELECT ${columnList(columnNames(table))} FROM total`,
});
