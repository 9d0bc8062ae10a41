import { columnList, columnNames, days, games, identifier, joinSql, sameDate, sql, type Sql } from '@nba/kernel';
import { blocks, defineProcessor, informs, reads } from '@nba/pipeline';
import { teamDefenseGameSummary } from '@nba/processors-analytics';
import { nbacSchedule, SCHEDULED_TEAMS_COLUMNS, scheduledTeams } from '@nba/processors-raw';
import { leagueSum, leagueWindow } from './league-window';
import { gamesOver, lastGames, seasonHistory, sumOver, type SeasonHistory } from './season-windows';
import { extremeShotType, SHOT_TYPES, type ShotType } from './shot-types';
import { ratio } from './ratio';
import { teamDefenseShotProfileTable as table } from './team-defense-shot-profile.table';

const WINDOW = lastGames(15);
const LEAGUE_DAYS = 30;
const POSSESSIONS = 'opponent_possessions_x100';
const attempted = (type: ShotType) => `opponent_${type.name}s_attempted`;
const made = (type: ShotType) => `opponent_${type.name}s_made`;

/** What opponents did: summed over the team's games and over the league's, and so read through both lookbacks. */
const ALLOWED = [POSSESSIONS, ...SHOT_TYPES.flatMap((type) => [attempted(type), made(type)])];
const SUMS = Object.fromEntries(ALLOWED.map((name) => [name, identifier(name)]));

const HISTORY: SeasonHistory = { games: sql`allowed`, subject: 'team_id', target: sql`target`, sums: SUMS, windows: [WINDOW] };

/** What is rated of each shot type, over whichever sums. */
const RATES: readonly { readonly name: string; readonly of: (type: ShotType, sum: (name: string) => Sql) => Sql }[] = [
  { name: 'attempts_allowed_per_100', of: (type, sum) => ratio(sql`10000 * ${sum(attempted(type))}`, sum(POSSESSIONS)) },
  { name: 'pct_allowed', of: (type, sum) => ratio(sum(made(type)), sum(attempted(type))) },
];
const EACH = SHOT_TYPES.flatMap((type) => RATES.map(({ name, of }) => ({ type, of, rate: `${type.name}_${name}` })));

const againstLeague = (type: ShotType) => identifier(`${type.name}_pct_allowed_vs_league`);

/** Which shots each team of a scheduled game has lately allowed, and how well they went in, against the league. */
export const teamDefenseShotProfile = defineProcessor({
  phase: 4,
  table,
  games: 'scheduled',
  upstreams: {
    schedule: reads(nbacSchedule, blocks(sameDate(), SCHEDULED_TEAMS_COLUMNS)),
    defense: reads(teamDefenseGameSummary, blocks(games(15, 'team'), ALLOWED), informs(days(LEAGUE_DAYS, 'league'), ALLOWED)),
  },
  spine: ({ from, inRange }) => sql`SELECT game_date, game_id, team_id FROM ${scheduledTeams(from.schedule)} AS t WHERE ${inRange('game_date')}`,
  query: ({ from, inRange }) => sql`
    WITH target AS (
      SELECT * FROM ${scheduledTeams(from.schedule)} AS t WHERE ${inRange('game_date')}
    ), allowed AS (
      SELECT * FROM ${from.defense} AS d
    ), ${seasonHistory(HISTORY)},
    ${leagueWindow({ games: sql`allowed`, dates: sql`target`, days: LEAGUE_DAYS, sums: SUMS })},
    rated AS (
      SELECT summed.*, ${gamesOver(WINDOW)} AS games_in_last_15, ${joinSql(EACH.flatMap(({ type, of, rate }) => [
        sql`${of(type, (name) => sumOver(name, WINDOW))} AS ${identifier(`${rate}_last_15`)}`,
        sql`${of(type, leagueSum)} AS ${identifier(`${rate}_league`)}`,
      ]))}
      FROM summed
      LEFT JOIN league ON league.season = summed.season AND league.game_date = summed.game_date
    ), compared AS (
      SELECT *, ${joinSql(EACH.map(({ rate }) =>
        sql`${identifier(`${rate}_last_15`)} - ${identifier(`${rate}_league`)} AS ${identifier(`${rate}_vs_league`)}`))}
      FROM rated
    ), judged AS (
      SELECT *, ${extremeShotType('lowest', againstLeague)} AS strongest_against, ${extremeShotType('highest', againstLeague)} AS weakest_against
      FROM compared
    )
    SELECT ${columnList(columnNames(table))} FROM judged`,
});
