import { KINDS, type LakeFolder, type ScheduleDocument, gamesOf } from './lake-folder.fixture';
import { Programs, Workplace } from './programs.fixture';
import { D2, SEASON, tinyLake } from './tiny-lake.fixture';
import { TABLES, differences, query } from './warehouse-file.fixture';

/** New York against Los Angeles, the only game of the second date. */
const GAME = '0021900003';
const NEW_DATE = '2019-12-02';
const FIRST = `nba-com/schedule/${SEASON}/20191101_060000.json`;
const LATER = `nba-com/schedule/${SEASON}/20191105_060000.json`;

describe('a date whose only game is postponed', () => {
  let programs: Programs;
  let place: Workplace;
  let lake: LakeFolder;
  /** The schedule with that game on a date, yet to be played. */
  function scheduleWith(date: string): string {
    const schedule = JSON.parse(lake.text(FIRST)) as ScheduleDocument;
    const [game] = gamesOf(schedule).filter(({ gameId }) => gameId === GAME) as (ReturnType<typeof gamesOf>[number] & { gameDateTimeUTC: string })[];
    if (!game) throw new Error(`The tiny lake has no game ${GAME}`);
    for (const day of schedule.leagueSchedule.gameDates) day.games = day.games.filter(({ gameId }) => gameId !== GAME);
    Object.assign(game, { gameStatus: 1, gameStatusText: '7:30 pm ET', gameDateEst: `${date}T00:00:00Z`, gameDateTimeUTC: `${date}T23:30:00Z` });
    for (const team of [game.homeTeam, game.awayTeam]) Object.assign(team, { score: 0 });
    const groups = schedule.leagueSchedule.gameDates.filter(({ games }) => games.length > 0);
    groups.push({ gameDate: `${date.slice(5, 7)}/${date.slice(8)}/${date.slice(0, 4)} 00:00:00`, games: [game] });
    schedule.leagueSchedule.gameDates = groups;
    return JSON.stringify(schedule);
  }
  const all = (warehouse: string) => programs.backfill(['all', '--season', SEASON, '--alerts', 'none', ...place.at(warehouse, lake.folder)]);
  /** Rows of a date in each table that has some. */
  async function rowsOn(warehouse: string, date: string): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const table of TABLES) {
      const [row] = await query(place.path(warehouse), `SELECT COUNT(*) AS n FROM ${table} WHERE game_date = '${date}'`);
      if (Number(row?.['n']) > 0) counts[table] = Number(row?.['n']);
    }
    return counts;
  }

  beforeAll(() => {
    programs = new Programs();
    place = new Workplace();
  });
  afterAll(() => {
    programs.remove();
    place.remove();
  });

  it.each([
    // Its own row, two contexts and four tables of Phase 4.
    ['before it was played', 7, (): void => {
      for (const kind of KINDS) lake.remove(kind, D2);
      lake.write(FIRST, scheduleWith(D2));
    }],
    // A feed that takes a result back; the box scores stay in the lake.
    ['after its rows had been stored in every phase', TABLES.length, (): void => undefined],
  ])('is emptied in all three phases, and the verifier finds all complete: %s', async (when, tables, prepare) => {
    const [name] = when.split(' ');
    lake = tinyLake(place.path(`${name}-lake`));
    prepare();
    expect(await all(`${name}.duckdb`)).toMatchObject({ code: 0 });
    expect(Object.keys(await rowsOn(`${name}.duckdb`, D2))).toHaveLength(tables);
    lake.write(LATER, scheduleWith(NEW_DATE));
    expect(await all(`${name}.duckdb`)).toMatchObject({ code: 0 });
    expect(await rowsOn(`${name}.duckdb`, D2)).toEqual({});
    // Twelve players of two teams, who have all played before.
    expect(await rowsOn(`${name}.duckdb`, NEW_DATE)).toMatchObject({ 'nba_raw.nbac_schedule': 1, 'nba_analytics.upcoming_team_game_context': 2, 'nba_precompute.player_daily_cache': 12 });
    const verified = await programs.verifier(['--season', SEASON, ...place.at(`${name}.duckdb`, lake.folder)]);
    expect([verified.code, verified.out]).toEqual([0, expect.stringContaining(`COMPLETE: season ${SEASON}, all phases.`)]);

    expect(await all(`${name}-clean.duckdb`)).toMatchObject({ code: 0 });
    expect(await differences(place.path(`${name}.duckdb`), place.path(`${name}-clean.duckdb`))).toEqual([]);
  });
});
