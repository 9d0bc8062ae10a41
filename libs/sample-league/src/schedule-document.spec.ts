import { readSeason, regularGames, rowsOf, type FeedGame } from './sample-season.fixture';

const season = readSeason({ seasons: ['2021-22'] });
const [older, newer] = season.schedules;
const before = new Map(regularGames(older).map((game) => [game.gameId, game]));
const after = regularGames(newer);
const moved = after.filter(({ gameId, gameDateEst }) => before.get(gameId)?.gameDateEst !== gameDateEst);
const allGames = (newer?.leagueSchedule.gameDates ?? []).flatMap(({ games }) => games);

describe('the schedule', () => {
  it('has two versions: one within the season, one from the morning after it', () => {
    expect(season.schedules).toHaveLength(2);
    expect(newer?.meta.time).toBe('2022-04-11T10:00:00.000Z');
    expect(newer?.leagueSchedule).toMatchObject({ seasonYear: '2021-22', leagueId: '00' });
    expect(after).toHaveLength(1230);
    expect(new Set(after.map(({ gameStatus }) => gameStatus))).toEqual(new Set([3]));
  });

  it('has the fields of the real document, in their order', () => {
    expect(Object.keys(after[0] ?? {})).toEqual([
      'gameId', 'gameCode', 'gameStatus', 'gameStatusText', 'gameDateEst', 'gameDateTimeEst', 'gameDateTimeUTC', 'weekNumber', 'ifNecessary',
      'gameLabel', 'gameSubLabel', 'gameSubtype', 'arenaName', 'arenaCity', 'postponedStatus', 'isNeutral', 'homeTeam', 'awayTeam',
    ]);
    expect(Object.keys(after[0]?.homeTeam ?? {})).toEqual(['teamId', 'teamName', 'teamCity', 'teamTricode', 'score']);
  });

  it('lists every date once, in American writing', () => {
    const dates = newer?.leagueSchedule.gameDates.map(({ gameDate }) => gameDate) ?? [];
    expect(new Set(dates).size).toBe(dates.length);
    expect(dates).toContain('10/19/2021 00:00:00');
    for (const { gameDate, games } of newer?.leagueSchedule.gameDates ?? []) {
      const [month, day, year] = gameDate.slice(0, 10).split('/');
      for (const game of games) expect(game.gameDateEst).toBe(`${year}-${month}-${day}T00:00:00Z`);
    }
  });

  it('writes Eastern time with a Z, and the right UTC on both sides of the clock changes', () => {
    const hoursBetween = (game: FeedGame): number => (Date.parse(game.gameDateTimeUTC) - Date.parse(game.gameDateTimeEst)) / 3_600_000;
    for (const game of allGames) {
      const date = game.gameDateEst.slice(0, 10);
      expect(hoursBetween(game)).toBe(date >= '2021-11-07' && date < '2022-03-13' ? 5 : 4);
    }
  });

  it('shows preseason and all-star games, which have no box scores', () => {
    expect(allGames.filter(({ gameId }) => gameId.startsWith('001')).length).toBeGreaterThan(40);
    expect(allGames.filter(({ gameId }) => gameId.startsWith('003'))).toHaveLength(4);
    expect(season.teams.every((row) => String(row['GAME_ID']).startsWith('002'))).toBe(true);
  });

  it('tells overtime in the status text', () => {
    expect(new Set(after.map(({ gameStatusText }) => gameStatusText))).toEqual(new Set(['Final', 'Final/OT', 'Final/OT2']));
  });
});

describe('a postponed game', () => {
  it('occurs eleven times in 2021-22', () => {
    expect(moved).toHaveLength(11);
  });

  it('stands unplayed on its old date in the older version', () => {
    for (const { gameId } of moved) {
      expect(before.get(gameId)).toMatchObject({ gameStatus: 1, gameStatusText: 'PPD', postponedStatus: 'Y', homeTeam: { score: 0 }, awayTeam: { score: 0 } });
      expect((before.get(gameId)?.gameDateEst ?? '') < (older?.meta.time ?? '')).toBe(true);
    }
  });

  it('is final on its new date in the newer version, under the same id', () => {
    for (const { gameId, gameStatus, postponedStatus, gameDateEst, gameCode } of moved) {
      expect([gameStatus, postponedStatus]).toEqual([3, 'N']);
      expect(gameDateEst > (older?.meta.time ?? '')).toBe(true);
      expect(gameCode.slice(0, 8)).toBe(gameDateEst.slice(0, 10).replaceAll('-', ''));
      const dates = season.teams.filter((row) => row['GAME_ID'] === gameId).map((row) => row['GAME_DATE']);
      expect(dates).toEqual([gameDateEst.slice(0, 10), gameDateEst.slice(0, 10)]);
    }
  });

  it('leaves the rest of the older version as it was: final before the stamp, to come after it', () => {
    const today = older?.meta.time.slice(0, 10) ?? '';
    const ids = new Set(moved.map(({ gameId }) => gameId));
    for (const game of before.values()) {
      if (ids.has(game.gameId)) continue;
      expect(game.gameStatus).toBe(game.gameDateEst.slice(0, 10) < today ? 3 : 1);
    }
    expect([...before.values()].some(({ gameStatusText }) => gameStatusText === '7:30 pm ET')).toBe(true);
  });
});

describe('a partial scrape', () => {
  it('lacks one game, which the later one of the same date has', () => {
    const partial = season.documents.filter(({ path }) => path.startsWith('nba-com/team-boxscores/') && path.endsWith('_060000.json'));
    expect(partial).toHaveLength(2);
    for (const document of partial) {
      const whole = season.documents.find(({ path }) => path === document.path.replace('_060000', '_100000'));
      expect(whole && rowsOf(whole).length).toBe(rowsOf(document).length + 2);
      expect(season.documents.some(({ path }) => path === document.path.replace('team-', 'player-'))).toBe(true);
    }
  });
});
