import { REAL_LAKE, describeOnRealData } from './lake-folder.fixture';
import { Programs, Workplace } from './programs.fixture';
import { TABLES, differences, rowCounts } from './warehouse-file.fixture';

const SCHEDULE = 'nba_raw.nbac_schedule';
const SEASON = ['--season', '2024-25'];
/** The 40 game dates of the first six weeks: date by date takes a while. */
const SIX_WEEKS = ['--start-date', '2024-10-22', '--end-date', '2024-12-02'];

describeOnRealData('dates in groups', () => {
  let programs: Programs;
  let place: Workplace;
  beforeAll(async () => {
    programs = new Programs();
    place = new Workplace();
    const whole = await programs.backfill(['all', ...SEASON, ...place.at('whole.duckdb', REAL_LAKE)]);
    if (whole.code !== 0) throw new Error(`${whole.out}\n${whole.err}`);
  }, 120_000);
  afterAll(() => {
    programs.remove();
    place.remove();
  });

  it.each([
    ['seven at a time', ['--max-group', '7'], SEASON],
    ['thirty at a time', ['--max-group', '30'], SEASON],
    ['date by date', ['--date-by-date'], SIX_WEEKS],
  ])('give the same rows as a season at once, bit by bit: %s', async (_how, flags, span) => {
    const file = place.path('grouped.duckdb');
    const ended = await programs.backfill(['all', ...span, ...flags, '--workers', '3', ...place.at('grouped.duckdb', REAL_LAKE)]);
    expect(ended.code).toBe(0);
    // Of the schedule a run always stores the season.
    const where = span === SEASON ? 'TRUE' : `game_date <= DATE '2024-12-02'`;
    expect(await differences(file, place.path('whole.duckdb'), { tables: TABLES.filter((table) => table !== SCHEDULE), where })).toEqual([]);
    expect(await differences(file, place.path('whole.duckdb'), { tables: [SCHEDULE] })).toEqual([]);
    expect(Math.min(...Object.values(await rowCounts(file)))).toBeGreaterThan(500);
  });
});
