import { groupBy, headersOf, newest, number, readSeason, regularGames, sum, type Row } from './sample-season.fixture';

const season = readSeason({ seasons: ['2023-24'] });
const playersByTeamGame = groupBy(season.players, ({ GAME_ID, TEAM_ID }) => `${GAME_ID}/${TEAM_ID}`);
const teamsByGame = groupBy(season.teams, ({ GAME_ID }) => String(GAME_ID));
const games = regularGames(season.schedules.at(-1));
const SUMMED = ['MIN', 'FGM', 'FGA', 'FG3M', 'FG3A', 'FTM', 'FTA', 'OREB', 'DREB', 'REB', 'AST', 'STL', 'BLK', 'TOV', 'PF', 'PTS'];

const playersOf = (team: Row): Row[] => playersByTeamGame.get(`${team['GAME_ID']}/${team['TEAM_ID']}`) ?? [];
const mean = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / values.length;

describe('the documents', () => {
  it('have the columns of the real feed, in its order', () => {
    const [players] = newest(season.documents, 'player');
    const [teams] = newest(season.documents, 'team');
    expect(players && headersOf(players)).toEqual([
      'SEASON_ID', 'PLAYER_ID', 'PLAYER_NAME', 'TEAM_ID', 'TEAM_ABBREVIATION', 'TEAM_NAME', 'GAME_ID', 'GAME_DATE', 'MATCHUP', 'WL', 'MIN',
      'FGM', 'FGA', 'FG_PCT', 'FG3M', 'FG3A', 'FG3_PCT', 'FTM', 'FTA', 'FT_PCT', 'OREB', 'DREB', 'REB', 'AST', 'STL', 'BLK', 'TOV', 'PF', 'PTS',
      'PLUS_MINUS', 'FANTASY_PTS', 'VIDEO_AVAILABLE',
    ]);
    expect(teams && headersOf(teams)).toEqual([
      'SEASON_ID', 'TEAM_ID', 'TEAM_ABBREVIATION', 'TEAM_NAME', 'GAME_ID', 'GAME_DATE', 'MATCHUP', 'WL', 'MIN',
      'FGM', 'FGA', 'FG_PCT', 'FG3M', 'FG3A', 'FG3_PCT', 'FTM', 'FTA', 'FT_PCT', 'OREB', 'DREB', 'REB', 'AST', 'STL', 'BLK', 'TOV', 'PF', 'PTS',
      'PLUS_MINUS',
    ]);
  });

  it('are minified JSON exactly as JSON.stringify would write them', () => {
    for (const { text } of season.documents.slice(0, 20)) expect(JSON.stringify(JSON.parse(text))).toBe(text);
  });

  it('give null, not 0, for a share of no attempts', () => {
    const shares = [['FG_PCT', 'FGM', 'FGA'], ['FG3_PCT', 'FG3M', 'FG3A'], ['FT_PCT', 'FTM', 'FTA']] as const;
    const wrong = season.players.filter((row) =>
      shares.some(([share, made, attempted]) => row[share] !== (row[attempted] === 0 ? null : Math.round((number(row, made) * 1000) / number(row, attempted)) / 1000)),
    );
    expect(wrong).toEqual([]);
    expect(season.players.some((row) => row['FT_PCT'] === null)).toBe(true);
  });

  it('write the matchup as the feed does: the same for both on neutral ground', () => {
    for (const { gameId, homeTeam, awayTeam, isNeutral } of games) {
      const text = new Map((teamsByGame.get(gameId) ?? []).map((row) => [row['TEAM_ID'], row['MATCHUP']]));
      const visitors = `${awayTeam.teamTricode} @ ${homeTeam.teamTricode}`;
      expect(text.get(awayTeam.teamId)).toBe(visitors);
      expect(text.get(homeTeam.teamId)).toBe(isNeutral ? visitors : `${homeTeam.teamTricode} vs. ${awayTeam.teamTricode}`);
    }
    expect(games.filter(({ isNeutral }) => isNeutral)).toHaveLength(2);
  });
});

describe('every game', () => {
  it('has both teams, whose points are the schedule’s score', () => {
    expect(teamsByGame.size).toBe(1230);
    for (const { gameId, homeTeam, awayTeam } of games) {
      const points = new Map((teamsByGame.get(gameId) ?? []).map((row) => [row['TEAM_ID'], row['PTS']]));
      expect([points.size, points.get(homeTeam.teamId), points.get(awayTeam.teamId)]).toEqual([2, homeTeam.score, awayTeam.score]);
      expect(homeTeam.score).not.toBe(awayTeam.score);
    }
  });

  it('has team counts that are the sum of its players’', () => {
    for (const team of season.teams) {
      const rows = playersOf(team);
      expect(SUMMED.filter((column) => sum(rows, column) !== number(team, column))).toEqual([]);
      expect(sum(rows, 'PLUS_MINUS')).toBe(5 * number(team, 'PLUS_MINUS'));
    }
  });

  it('has 9 to 13 appearances a team and minutes within 3 of 240 + 25 per overtime', () => {
    for (const team of season.teams) {
      const minutes = number(team, 'MIN');
      const overtimes = Math.round((minutes - 240) / 25);
      expect(Math.abs(minutes - 240 - 25 * overtimes)).toBeLessThanOrEqual(3);
      const rows = playersOf(team);
      expect(rows.length).toBeGreaterThanOrEqual(9);
      expect(rows.length).toBeLessThanOrEqual(13);
      expect(Math.max(...rows.map((row) => number(row, 'MIN')))).toBeLessThanOrEqual(48 + 5 * overtimes);
    }
  });

  it('gives the winner a W and each team its margin as plus-minus', () => {
    for (const rows of teamsByGame.values()) {
      expect(rows.map((row) => row['WL']).sort()).toEqual(['L', 'W']);
      expect(sum(rows, 'PLUS_MINUS')).toBe(0);
      for (const row of rows) expect(number(row, 'PLUS_MINUS') > 0).toBe(row['WL'] === 'W');
    }
  });

  it('adds up in every row', () => {
    const wrong = [...season.players, ...season.teams].filter((row) => {
      const [fgm, fga, fg3m, fg3a] = [number(row, 'FGM'), number(row, 'FGA'), number(row, 'FG3M'), number(row, 'FG3A')] as const;
      return (
        number(row, 'PTS') !== 2 * (fgm - fg3m) + 3 * fg3m + number(row, 'FTM') ||
        number(row, 'REB') !== number(row, 'OREB') + number(row, 'DREB') ||
        fgm > fga || fg3m > fg3a || fg3m > fgm || fg3a > fga || fga - fg3a < fgm - fg3m ||
        number(row, 'FTM') > number(row, 'FTA') ||
        number(row, 'PF') > ('PLAYER_ID' in row ? 6 : 60)
      );
    });
    expect(wrong).toEqual([]);
  });

  it('has each player once', () => {
    expect(new Set(season.players.map((row) => `${row['GAME_ID']}/${row['PLAYER_ID']}`)).size).toBe(season.players.length);
  });

  it('counts fantasy points as the feed does', () => {
    const off = season.players.filter((row) => {
      const points = number(row, 'PTS') + 1.2 * number(row, 'REB') + 1.5 * number(row, 'AST') + 3 * (number(row, 'STL') + number(row, 'BLK')) - number(row, 'TOV');
      return Math.abs(points - number(row, 'FANTASY_PTS')) > 1e-6;
    });
    expect(off).toEqual([]);
  });
});

describe('the season as a whole', () => {
  const teamMean = (column: string): number => mean(season.teams.map((row) => number(row, column)));

  it.each([
    ['PTS', 109, 117], ['FGA', 85, 92], ['FG3A', 32, 39], ['FTA', 19, 25], ['REB', 40, 47], ['OREB', 9, 12],
    ['AST', 23, 28], ['STL', 6.5, 9], ['BLK', 4, 6], ['TOV', 12, 15], ['PF', 17, 22],
  ])('has a realistic mean of %s', (column, low, high) => {
    expect(teamMean(column)).toBeGreaterThan(low);
    expect(teamMean(column)).toBeLessThan(high);
  });

  it('goes to overtime in some six of a hundred games', () => {
    const share = season.teams.filter((row) => number(row, 'MIN') > 250).length / season.teams.length;
    expect(share).toBeGreaterThan(0.035);
    expect(share).toBeLessThan(0.09);
  });

  it('is won at home more often, by better and worse teams', () => {
    const home = games.filter(({ homeTeam, awayTeam }) => homeTeam.score > awayTeam.score).length / games.length;
    expect(home).toBeGreaterThan(0.52);
    expect(home).toBeLessThan(0.62);
    const wins = [...groupBy(season.teams, (row) => String(row['TEAM_ID'])).values()].map((rows) => rows.filter((row) => row['WL'] === 'W').length);
    expect(Math.max(...wins)).toBeGreaterThanOrEqual(48);
    expect(Math.min(...wins)).toBeLessThanOrEqual(34);
  });

  it('has a best scorer of about thirty points a game', () => {
    const averages = [...groupBy(season.players, (row) => String(row['PLAYER_ID'])).values()]
      .filter((rows) => rows.length >= 50)
      .map((rows) => sum(rows, 'PTS') / rows.length)
      .sort((x, y) => y - x);
    expect(averages[0]).toBeGreaterThan(27);
    expect(averages[0]).toBeLessThan(37);
    expect(averages[30]).toBeLessThan(25);
  });

  it('has rows of 0 minutes', () => {
    const rows = season.players.filter((row) => row['MIN'] === 0).length;
    expect(rows).toBeGreaterThan(10);
    expect(rows).toBeLessThan(150);
  });
});
