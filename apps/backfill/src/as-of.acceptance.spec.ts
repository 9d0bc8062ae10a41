import { REAL_LAKE, LakeFolder, describeOnRealData } from './lake-folder.fixture';
import { Programs, Workplace } from './programs.fixture';
import { COMPUTED, differences, query } from './warehouse-file.fixture';

/** Eight games; four weeks into the season, a date with back-to-backs. */
const DATE = '2024-11-20';
const SPAN = ['--start-date', '2024-10-22', '--end-date', DATE];
const ABOUT_THE_FUTURE = COMPUTED.filter((table) => !table.endsWith('_game_summary'));

describeOnRealData('what is known on the morning of a date', () => {
  let programs: Programs;
  let place: Workplace;
  const full = () => place.path('full.duckdb');
  const asOf = () => place.path('as-of.duckdb');

  beforeAll(async () => {
    programs = new Programs();
    place = new Workplace();
    // As if it were that morning: no score and no box score from the date on. The full run has the rest of the season.
    LakeFolder.upTo('2024-11-19', DATE, place.path('lake'));
    const ends = await Promise.all([
      programs.backfill(['all', ...SPAN, ...place.at('as-of.duckdb')]),
      programs.backfill(['all', '--season', '2024-25', ...place.at('full.duckdb', REAL_LAKE)]),
    ]);
    expect(ends.map(({ code }) => code)).toEqual([0, 0]);
  }, 120_000);
  afterAll(() => {
    programs.remove();
    place.remove();
  });

  it('is there for every game that is to come', async () => {
    for (const table of ABOUT_THE_FUTURE) {
      const [found] = await query(asOf(), `SELECT COUNT(DISTINCT game_id) AS games FROM ${table} WHERE game_date = '${DATE}'`);
      expect([table, found?.['games']]).toEqual([table, '8']);
    }
    expect(await query(asOf(), `SELECT game_id FROM nba_raw.nbac_player_boxscore WHERE game_date >= '${DATE}'`)).toEqual([]);
  });

  it.each(ABOUT_THE_FUTURE)('is in %s bit by bit what it is when all is over', async (table) => {
    expect(await differences(asOf(), full(), { tables: [table], where: `game_date <= DATE '${DATE}'` })).toEqual([]);
  });

  it('is in the form of the players and in every summary of games before', async () => {
    const summaries = COMPUTED.filter((table) => table.endsWith('_game_summary'));
    expect(await differences(asOf(), full(), { tables: summaries, where: `game_date < DATE '${DATE}'` })).toEqual([]);
  });

  it('is in the form columns of the games of the date itself, whatever is scored in them', async () => {
    // The same date as it was played, with the points of every player doubled: his form before the game stays.
    const lake = LakeFolder.upTo(DATE, '2024-11-21', place.path('doubled'));
    const twice = ['FGM', 'FGA', 'FG3M', 'FG3A', 'FTM', 'FTA', 'PTS', 'AST', 'REB', 'OREB', 'DREB', 'TOV'];
    const doubled = lake.lines('player-boxscores', DATE).map((line) => ({ ...line, ...Object.fromEntries(twice.map((stat) => [stat, 2 * Number(line[stat])])) }));
    lake.writeLines('player-boxscores', DATE, doubled);
    const computed = await programs.backfill(['all', ...SPAN, '--failure-policy', 'continue', '--allow-gaps', 'a rehearsal with points that never were', ...place.at('doubled.duckdb', lake.folder)]);
    expect(computed.code).toBe(1);
    const columns = (await query(full(), `SELECT column_name FROM information_schema.columns WHERE table_name = 'player_game_summary'`)).map((row) => String(row['column_name']));
    const form = /_(last|season)|^(prior_games|days_rest|is_back_to_back|games_in_|minutes_in_)/;
    const own = columns.filter((column) => !form.test(column) && !['game_id', 'game_date', 'player_id', 'team_id'].includes(column));
    expect(columns.filter((column) => form.test(column)).length).toBeGreaterThan(18);
    const options = { tables: ['nba_analytics.player_game_summary'], where: `game_date <= DATE '${DATE}'` };
    expect(await differences(place.path('doubled.duckdb'), full(), { ...options, without: own })).toEqual([]);
    expect((await differences(place.path('doubled.duckdb'), full(), options)).length).toBeGreaterThan(100);
    expect(await differences(place.path('doubled.duckdb'), full(), { tables: ABOUT_THE_FUTURE, where: `game_date <= DATE '${DATE}'` })).toEqual([]);
  });

  it('can be found wrong: the day after, the games of the date count', async () => {
    const [last] = await query(full(), `SELECT MIN(game_date) AS next FROM nba_analytics.upcoming_team_game_context WHERE game_date > '${DATE}'`);
    const ended = await programs.backfill(['all', '--date', String(last?.['next']), '--failure-policy', 'continue', '--allow-gaps', 'a rehearsal', ...place.at('as-of.duckdb')]);
    expect(ended.code).toBe(0);
    expect((await differences(asOf(), full(), { tables: ABOUT_THE_FUTURE, where: `game_date = DATE '${last?.['next']}'` })).length).toBeGreaterThan(0);
  });
});
