import { type Sql, identifier, joinSql, literal, sql } from '@nba/kernel';
import { SEASONS } from '@nba/schedule';
import type { Invariant } from './invariants';

const RANGE = sql`game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)`;
const PLAYERS = sql`(SELECT * FROM nba_raw.nbac_player_boxscore WHERE ${RANGE})`;
const TEAMS = sql`(SELECT * FROM nba_raw.nbac_team_boxscore WHERE ${RANGE})`;

const [SCHEDULE_READ, PLAYERS_READ, TEAMS_READ] = ['nba_raw.nbac_schedule', 'nba_raw.nbac_player_boxscore', 'nba_raw.nbac_team_boxscore'] as const;

/** Regular-season games of every season that the range touches. */
const SEASON_GAMES = sql`(SELECT * FROM nba_raw.nbac_schedule
  WHERE game_date BETWEEN CAST(@season_start AS DATE) AND CAST(@season_end AS DATE) AND game_type = 'regular-season')`;
const FULL_SEASONS = joinSql(SEASONS.filter(({ games }) => games === 1230).map(({ season }) => literal(season)));

/** What adds up over a team's players; the feed's team minutes are the sum of its rounded player minutes. */
const ADDITIVE = [
  'seconds_played', 'points', 'field_goals_made', 'field_goals_attempted', 'three_pointers_made', 'three_pointers_attempted', 'free_throws_made',
  'free_throws_attempted', 'offensive_rebounds', 'defensive_rebounds', 'rebounds', 'assists', 'steals', 'blocks', 'turnovers', 'personal_fouls',
] as const;

/** Words of ours as a string literal. */
const words = (text: string): Sql => ({ text: `'${text}'` });
const asText = (value: Sql): Sql => sql`IFNULL(CAST(${value} AS STRING), 'NULL')`;

/** Σ of every counting stat over a team's players is the team's. */
function playersAddUpToTeam(): Invariant {
  const sums = joinSql(ADDITIVE.map((stat) => sql`SUM(${identifier(stat)}) AS ${identifier(stat)}`));
  const pairs = joinSql(
    ADDITIVE.map((stat) => {
      const [ofPlayers, ofTeam] = [sql`p.${identifier(stat)}`, sql`t.${identifier(stat)}`];
      return sql`IF(${ofPlayers} IS DISTINCT FROM ${ofTeam}, CONCAT(${literal(stat)}, ' ', ${asText(ofPlayers)}, ' instead of ', ${asText(ofTeam)}), NULL)`;
    }),
  );
  return {
    name: 'players-add-up-to-team',
    severity: 'fails',
    reads: [PLAYERS_READ, TEAMS_READ],
    query: sql`SELECT game_date, game_id, who, CONCAT('players: ', detail) AS detail FROM (
      SELECT t.game_date, t.game_id, t.team_tricode AS who, ARRAY_TO_STRING([${pairs}], ', ') AS detail
      FROM ${TEAMS} t JOIN (SELECT game_date, game_id, team_id, ${sums} FROM ${PLAYERS} x GROUP BY game_date, game_id, team_id) p
        ON p.game_date = t.game_date AND p.game_id = t.game_id AND p.team_id = t.team_id) AS compared
      WHERE detail <> ''`,
  };
}

/** Team points are the schedule's score, and so (by players-add-up-to-team) are the players'. */
const teamPointsAreTheScore: Invariant = {
  name: 'team-points-are-the-score',
  severity: 'fails',
  reads: [SCHEDULE_READ, TEAMS_READ],
  query: sql`SELECT t.game_date, t.game_id, t.team_tricode AS who,
      CONCAT('points ', ${asText(sql`t.points`)}, ', schedule says ', ${asText(sql`s.score`)}) AS detail
    FROM ${TEAMS} t JOIN (
      SELECT game_id, home_team_id AS team_id, home_score AS score FROM nba_raw.nbac_schedule WHERE ${RANGE} AND game_status = 3
      UNION ALL SELECT game_id, away_team_id, away_score FROM nba_raw.nbac_schedule WHERE ${RANGE} AND game_status = 3) s
      ON s.game_id = t.game_id AND s.team_id = t.team_id
    WHERE t.points IS DISTINCT FROM s.score`,
};

/** Team minutes lie within 4 of 240 and 25 an overtime: the feed sums rounded minutes. */
const teamMinutesFitTheGame: Invariant = {
  name: 'team-minutes-fit-the-game',
  severity: 'fails',
  reads: [TEAMS_READ],
  query: sql`SELECT game_date, game_id, team_tricode AS who, CONCAT(CAST(seconds_played AS STRING), ' seconds played by the team') AS detail
    FROM ${TEAMS} t WHERE seconds_played < 236 * 60 OR MOD(seconds_played - 236 * 60, 25 * 60) > 8 * 60`,
};

/** Rules that every single line obeys, a team's and a player's: what is wrong where the condition holds. */
const LINE_RULES: readonly (readonly [wrong: string, where: Sql])[] = [
  ['points do not follow from shots', sql`points <> 2 * (field_goals_made - three_pointers_made) + 3 * three_pointers_made + free_throws_made`],
  ['rebounds are not offensive plus defensive', sql`rebounds <> offensive_rebounds + defensive_rebounds`],
  ['more field goals made than attempted', sql`field_goals_made > field_goals_attempted`],
  ['more three-pointers made than attempted', sql`three_pointers_made > three_pointers_attempted`],
  ['more free throws made than attempted', sql`free_throws_made > free_throws_attempted`],
  ['more three-pointers than field goals', sql`three_pointers_made > field_goals_made OR three_pointers_attempted > field_goals_attempted`],
];
const SIX_FOULS: readonly [string, Sql] = ['more than six personal fouls', sql`personal_fouls > 6`];

function linesAreConsistent(name: string, read: string, rows: Sql, who: Sql, rules: typeof LINE_RULES): Invariant {
  const wrong = joinSql(rules.map(([what, where]) => sql`IF(${where}, ${words(what)}, NULL)`));
  return {
    name,
    severity: 'fails',
    reads: [read],
    query: sql`SELECT game_date, game_id, who, detail FROM (
      SELECT game_date, game_id, ${who} AS who, ARRAY_TO_STRING([${wrong}], ', ') AS detail FROM ${rows} r) AS lines WHERE detail <> ''`,
  };
}

/** A row's season is the season of its date. */
function rowsLieInTheirSeason(table: string): Invariant {
  return {
    name: `${table.replaceAll('_', '-')}-lies-in-its-season`,
    severity: 'fails',
    reads: [`nba_raw.${table}`],
    query: sql`SELECT game_date, game_id, CAST(NULL AS STRING) AS who, CONCAT('season ', ${asText(sql`season`)}, ' on ', CAST(game_date AS STRING)) AS detail
      FROM (SELECT game_date, game_id, season, EXTRACT(YEAR FROM game_date) + IF(EXTRACT(MONTH FROM game_date) >= 10, 1, 0) AS ends
        FROM nba_raw.${identifier(table)} WHERE ${RANGE}) AS dated
      WHERE season IS DISTINCT FROM CONCAT(CAST(ends - 1 AS STRING), '-', SUBSTR(CAST(ends AS STRING), 3, 2))`,
  };
}

/** One id is one game on one date: a postponed game has left its old date. */
const everyGameIsListedOnce: Invariant = {
  name: 'every-game-is-listed-once',
  severity: 'fails',
  reads: [SCHEDULE_READ],
  query: sql`SELECT MAX(game_date) AS game_date, game_id, CAST(NULL AS STRING) AS who,
      CONCAT('stored ', CAST(COUNT(*) AS STRING), ' times in the schedule, from ', CAST(MIN(game_date) AS STRING), ' to ', CAST(MAX(game_date) AS STRING)) AS detail
    FROM nba_raw.nbac_schedule
    WHERE game_date BETWEEN CAST(@season_start AS DATE) AND CAST(@season_end AS DATE) GROUP BY game_id HAVING COUNT(*) > 1`,
};

/** When a season is over every team has played its games: 82 in a full season. Seasons that are not known beforehand are left out. */
const everyTeamPlayedItsSeason: Invariant = {
  name: 'every-team-played-its-season',
  severity: 'fails',
  reads: [SCHEDULE_READ],
  query: sql`WITH played AS (
      SELECT season, game_date, game_status, home_team_id AS team_id, home_team_tricode AS tricode FROM ${SEASON_GAMES}
      UNION ALL SELECT season, game_date, game_status, away_team_id, away_team_tricode FROM ${SEASON_GAMES}),
    seasons AS (SELECT season FROM played GROUP BY season HAVING MIN(game_status) = 3)
    SELECT MAX(game_date) AS game_date, CAST(NULL AS STRING) AS game_id, MAX(tricode) AS who,
      CONCAT(CAST(COUNT(*) AS STRING), ' games in ', season, ', not 82') AS detail
    FROM played JOIN seasons USING (season) WHERE season IN (${FULL_SEASONS})
    GROUP BY season, team_id HAVING COUNT(*) <> 82`,
};

/** A game's plus-minus of both teams adds up to 0; 20 of 4,920 real games do not. The feed gives it to a tenth. */
const plusMinusBalances: Invariant = {
  name: 'plus-minus-balances',
  severity: 'reports',
  reads: [TEAMS_READ],
  query: sql`SELECT game_date, game_id, CAST(NULL AS STRING) AS who, CONCAT('plus-minus of both teams adds up to ', CAST(ROUND(SUM(plus_minus), 1) AS STRING)) AS detail
    FROM ${TEAMS} t GROUP BY game_date, game_id HAVING ROUND(SUM(plus_minus), 1) <> 0`,
};

/** What must be true of the raw tables beside having the right keys (DOMAIN §5, 1 to 4). */
export const RAW_INVARIANTS: readonly Invariant[] = [
  teamPointsAreTheScore,
  playersAddUpToTeam(),
  teamMinutesFitTheGame,
  linesAreConsistent('team-lines-are-consistent', TEAMS_READ, TEAMS, sql`team_tricode`, LINE_RULES),
  linesAreConsistent('player-lines-are-consistent', PLAYERS_READ, PLAYERS, sql`player_name`, [...LINE_RULES, SIX_FOULS]),
  rowsLieInTheirSeason('nbac_schedule'),
  rowsLieInTheirSeason('nbac_player_boxscore'),
  rowsLieInTheirSeason('nbac_team_boxscore'),
  everyGameIsListedOnce,
  everyTeamPlayedItsSeason,
  plusMinusBalances,
];
