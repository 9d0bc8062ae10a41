/**
 * The raw tables straight from the lake's JSON in DuckDB's own SQL: the reading half of the floor. It trusts the lake:
 * the newest document of a date is whole and right, which is what makes it a floor and not a pipeline.
 * @param partition one season, of the schedule, or one date, of the others; by default all
 */
export function readLakeSql(lake: string, partition = '*'): Readonly<Record<string, string>> {
  return {
    nbac_schedule: schedule(`${lake}/nba-com/schedule/${partition}/*.json`),
    nbac_player_boxscore: boxscores(`${lake}/nba-com/player-boxscores/${partition}/*.json`, [
      ['team_id', 'TEAM_ID', 'BIGINT'], ['team_tricode', 'TEAM_ABBREVIATION', 'VARCHAR'], ['player_id', 'PLAYER_ID', 'BIGINT'],
      ['player_name', 'PLAYER_NAME', 'VARCHAR'], ...LINE, ['plus_minus', 'PLUS_MINUS', 'BIGINT'],
    ]),
    nbac_team_boxscore: boxscores(`${lake}/nba-com/team-boxscores/${partition}/*.json`, [
      ['team_id', 'TEAM_ID', 'BIGINT'], ['team_tricode', 'TEAM_ABBREVIATION', 'VARCHAR'], ['team_name', 'TEAM_NAME', 'VARCHAR'],
      ...LINE, ['plus_minus', 'PLUS_MINUS', 'DOUBLE'],
    ]),
  };
}

type Field = readonly [column: string, header: string, type: string];

const LINE: readonly Field[] = [
  ['field_goals_made', 'FGM'], ['field_goals_attempted', 'FGA'], ['three_pointers_made', 'FG3M'], ['three_pointers_attempted', 'FG3A'],
  ['free_throws_made', 'FTM'], ['free_throws_attempted', 'FTA'], ['offensive_rebounds', 'OREB'], ['defensive_rebounds', 'DREB'],
  ['rebounds', 'REB'], ['assists', 'AST'], ['steals', 'STL'], ['blocks', 'BLK'], ['turnovers', 'TOV'], ['personal_fouls', 'PF'], ['points', 'PTS'],
].map(([column, header]) => [column, header, 'BIGINT'] as Field);

function boxscores(files: string, fields: readonly Field[]): string {
  const headers = ['GAME_ID', 'GAME_DATE', 'SEASON_ID', 'MIN', ...fields.map(([, header]) => header)];
  const value = (header: string) => `r[at_${header}]`;
  return `WITH documents AS (SELECT resultSets[1].headers AS h, resultSets[1].rowSet AS line
      FROM read_json('${files}', filename = true, columns = {resultSets: 'STRUCT(headers VARCHAR[], rowSet VARCHAR[][])[]'})
      QUALIFY ROW_NUMBER() OVER (PARTITION BY parse_path(filename)[-2] ORDER BY filename DESC) = 1),
    located AS (SELECT line, ${headers.map((header) => `list_position(h, '${header}') AS at_${header}`).join(', ')} FROM documents),
    lines AS (SELECT * EXCLUDE (line), UNNEST(line) AS r FROM located)
    SELECT ${value('GAME_ID')} AS game_id, CAST(${value('GAME_DATE')} AS DATE) AS game_date,
      substr(${value('SEASON_ID')}, 2, 4) || '-' || right(CAST(CAST(substr(${value('SEASON_ID')}, 2, 4) AS INT) + 1 AS VARCHAR), 2) AS season,
      ${fields.map(([column, header, type]) => `CAST(${value(header)} AS ${type}) AS ${column}`).join(', ')},
      CAST(${value('MIN')} AS BIGINT) * 60 AS seconds_played, CAST(${value('MIN')} AS DOUBLE) AS minutes
    FROM lines`;
}

function schedule(files: string): string {
  const team = "STRUCT(teamId BIGINT, teamTricode VARCHAR, score BIGINT)";
  const game = `STRUCT(gameId VARCHAR, gameStatus BIGINT, gameStatusText VARCHAR, gameDateEst VARCHAR, gameDateTimeUTC VARCHAR, arenaName VARCHAR,
    arenaCity VARCHAR, isNeutral BOOLEAN, gameLabel VARCHAR, postponedStatus VARCHAR, homeTeam ${team}, awayTeam ${team})`;
  return `WITH documents AS (SELECT filename, leagueSchedule AS s FROM read_json('${files}', filename = true,
      maximum_object_size = 67108864, columns = {leagueSchedule: 'STRUCT(seasonYear VARCHAR, gameDates STRUCT(games ${game}[])[])'})
      QUALIFY ROW_NUMBER() OVER (PARTITION BY leagueSchedule.seasonYear ORDER BY filename DESC) = 1),
    dates AS (SELECT filename, s.seasonYear AS season, UNNEST(s.gameDates) AS d FROM documents),
    games AS (SELECT filename, season, UNNEST(d.games) AS g FROM dates)
    SELECT g.gameId AS game_id, CAST(left(g.gameDateEst, 10) AS DATE) AS game_date, season,
      CASE left(g.gameId, 3) WHEN '001' THEN 'preseason' WHEN '002' THEN 'regular-season' WHEN '003' THEN 'all-star' WHEN '004' THEN 'playoffs' WHEN '005' THEN 'play-in' ELSE 'cup-final' END AS game_type,
      g.gameStatus AS game_status, g.gameStatusText AS game_status_text, CAST(g.gameDateTimeUTC AS TIMESTAMP) AS tipoff_at,
      NULLIF(g.homeTeam.teamId, 0) AS home_team_id, NULLIF(g.homeTeam.teamTricode, '') AS home_team_tricode, IF(g.gameStatus = 3 AND g.homeTeam.teamId <> 0, g.homeTeam.score, NULL) AS home_score,
      NULLIF(g.awayTeam.teamId, 0) AS away_team_id, NULLIF(g.awayTeam.teamTricode, '') AS away_team_tricode, IF(g.gameStatus = 3 AND g.awayTeam.teamId <> 0, g.awayTeam.score, NULL) AS away_score,
      g.arenaName AS arena_name, g.arenaCity AS arena_city, g.isNeutral AS is_neutral, g.gameLabel AS game_label, g.postponedStatus AS postponed_status,
      filename AS source_document
    FROM games`;
}
