import type { Warehouse } from '@nba/kernel';
import { CompletenessChecker } from './completeness-checker';
import type { CompletenessReport } from './completeness-report';
import { days, games, seasonSoFar } from './entity-window';
import { calendarDays, expectedBy } from './expected';
import { mergeReports } from './merge-reports';
import { describeOnRealData, realWarehouse } from './real-lake.fixture';

const PLAYERS = 'nba_raw.nbac_player_boxscore';
const LINES = 'nba_raw.lines';
const SEASONS = { '2022-23': { startDate: '2022-10-01', endDate: '2023-09-30' }, '2024-25': { startDate: '2024-10-01', endDate: '2025-09-30' } } as const;
const NUGGETS = 1610612743;
const JOKIC = 203999;
const BY_PLAYER = expectedBy({
  query: `SELECT game_date, game_id, player_id FROM ${PLAYERS} WHERE game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)`, key: ['game_id', 'player_id'], readsSchedule: true,
});

describeOnRealData('two real seasons', () => {
  let warehouse: Warehouse;
  let checker: CompletenessChecker;

  beforeAll(async () => {
    warehouse = await realWarehouse(['2022-23', '2024-25']);
    checker = new CompletenessChecker(warehouse);
  });
  afterAll(() => warehouse.close());

  /** A copy of the players' rows without some. */
  async function without(gone: string): Promise<void> {
    await warehouse.query(`CREATE OR REPLACE TABLE ${LINES} AS SELECT game_date, game_id, team_id, player_id FROM ${PLAYERS} WHERE NOT (${gone})`);
  }

  it.each([['2022-23', 164], ['2024-25', 163]] as const)('%s is complete: %i dates, 1,230 games, both teams of each', async (season, dates) => {
    for (const table of [PLAYERS, 'nba_raw.nbac_team_boxscore']) {
      expect(await checker.checkDateRange({ table, ...SEASONS[season], rowKey: table === PLAYERS ? ['game_id', 'player_id'] : ['game_id', 'team_id'] })).toMatchObject({
        hasGaps: false, meetsThreshold: true, coverage: { expected: 2460, present: 2460, fraction: 1 }, dates: { expected: dates, present: dates }, games: { expected: 1230, present: 1230 },
      });
    }
  });

  it('names the date that is gone, and its games', async () => {
    await without("game_date = CAST('2024-11-15' AS DATE)");
    const report = await checker.checkDateRange({ table: LINES, ...SEASONS['2024-25'] });
    const [played] = await warehouse.query("SELECT COUNT(*) AS n FROM nba_raw.nbac_schedule WHERE game_date = CAST('2024-11-15' AS DATE) AND game_type = 'regular-season'");
    expect(report).toMatchObject({ missingDates: ['2024-11-15'], incompleteDates: [], gapCount: 1, dates: { expected: 163, present: 162 }, games: { present: 1230 - Number(played?.['n']) } });
    expect(report.gaps).toHaveLength(2 * Number(played?.['n']));
    expect(report.byDate.filter(({ meetsThreshold }) => !meetsThreshold)).toMatchObject([{ date: '2024-11-15', present: 0, expected: report.gaps.length, fraction: 0 }]);
  });

  it('names the one team whose game is gone, within the season and its last ten games, and not before it', async () => {
    const [game] = await warehouse.query("SELECT CAST(game_date AS STRING) AS on_date, away_team_id FROM nba_raw.nbac_schedule WHERE game_id = '0022400633'");
    const [date, team] = [String(game?.['on_date']), Number(game?.['away_team_id'])];
    await without(`game_id = '0022400633' AND team_id = ${team}`);
    expect((await checker.checkDateRange({ table: LINES, ...SEASONS['2024-25'] })).gaps).toMatchObject([{ kind: 'missing', date, gameId: '0022400633', teamId: team }]);

    const later = await warehouse.query(`SELECT CAST(game_date AS STRING) AS on_date FROM nba_raw.nbac_schedule WHERE game_type = 'regular-season'
      AND ${team} IN (home_team_id, away_team_id) AND game_date > CAST('${date}' AS DATE) ORDER BY game_date`);
    const dayOf = (n: number) => String(later[n]?.['on_date']);
    const missing = async (asOf: string, window = games(10)) => (await checker.checkEntities({ table: LINES, entity: 'team', window, asOf })).entities.filter((one) => one.missing.length > 0).map((one) => [one.id, one.missing]);
    const found = [[team, [{ date, gameId: '0022400633' }]]];
    expect(await missing(date)).toEqual([]);
    // It is the newest game before the next one, the tenth before the tenth, and out of the window at the eleventh.
    expect(await missing(dayOf(0))).toEqual(found);
    expect(await missing(dayOf(9))).toEqual(found);
    expect(await missing(dayOf(10))).toEqual([]);
    expect(await missing(dayOf(10), seasonSoFar())).toEqual(found);
  });

  it('names the one player whose row is gone: the team has others, and only his own games tell', async () => {
    const [row] = await warehouse.query(`SELECT game_id, CAST(game_date AS STRING) AS on_date FROM ${PLAYERS} WHERE player_id = ${JOKIC} AND game_date < CAST('2025-04-01' AS DATE) ORDER BY game_date DESC LIMIT 1`);
    const gone = { date: String(row?.['on_date']), gameId: String(row?.['game_id']) };
    await without(`game_id = '${gone.gameId}' AND player_id = ${JOKIC}`);

    expect(await checker.checkDateRange({ table: LINES, ...SEASONS['2024-25'] })).toMatchObject({ hasGaps: false });
    expect((await checker.checkDateRange({ table: LINES, ...SEASONS['2024-25'], expected: BY_PLAYER })).gaps).toEqual([{ kind: 'missing', ...gone, playerId: JOKIC, player: 'Nikola Jokić' }]);
    const check = { table: LINES, entity: 'player', asOf: '2025-04-01' } as const;
    expect((await checker.checkEntities({ ...check, ids: [JOKIC], window: games(20) })).entities).toMatchObject([
      { id: JOKIC, name: 'Nikola Jokić', missing: [gone], coverage: { expected: 20, present: 19, fraction: 0.95 }, unknown: [], meetsThreshold: false },
    ]);
    const everybody = await checker.checkEntities({ ...check, window: seasonSoFar() });
    expect(everybody.entities.filter(({ missing }) => missing.length > 0).map(({ name }) => name)).toEqual(['Nikola Jokić']);
    const [counted] = await warehouse.query(`SELECT COUNT(*) AS n, COUNT(DISTINCT player_id) AS players FROM ${PLAYERS} WHERE season = '2024-25' AND game_date < CAST('2025-04-01' AS DATE)`);
    expect(everybody).toMatchObject({ meetsThreshold: false, unknownGames: [], coverage: { expected: counted?.['n'], present: Number(counted?.['n']) - 1 } });
    expect(everybody.entities).toHaveLength(Number(counted?.['players']));
  });

  it('does not know whether a player is complete while his team\'s appearances are not stored', async () => {
    await without('FALSE');
    const [game] = await warehouse.query(`SELECT game_id, CAST(game_date AS STRING) AS on_date FROM ${PLAYERS} WHERE team_id = ${NUGGETS} AND game_date < CAST('2025-03-01' AS DATE) ORDER BY game_date DESC LIMIT 1`);
    const unknown = { date: String(game?.['on_date']), gameId: String(game?.['game_id']) };
    await warehouse.query(`CREATE OR REPLACE TABLE nba_raw.appearances AS SELECT * FROM ${PLAYERS} WHERE NOT (game_id = '${unknown.gameId}' AND team_id = ${NUGGETS})`);
    const { entities } = await new CompletenessChecker(warehouse, { appearances: 'nba_raw.appearances' }).checkEntities({ table: LINES, entity: 'player', ids: [JOKIC, 2544], window: days(14), asOf: '2025-03-01' });
    expect(entities).toMatchObject([{ id: 2544, unknown: [], meetsThreshold: true }, { id: JOKIC, unknown: [unknown], missing: [], meetsThreshold: false }]);
  });

  it('says of two seasons month by month what it says of both at once; the season between has no schedule', async () => {
    await without("game_date = CAST('2023-01-10' AS DATE) OR (game_id = '0022400001')");
    const check = { table: LINES, startDate: '2022-10-01', endDate: '2025-04-30' };
    const whole = await checker.checkDateRange(check);
    const parts: CompletenessReport[] = [];
    for await (const part of checker.checkDateRanges({ ...check, step: 'month' })) parts.push(part);
    expect(parts).toHaveLength(31);
    expect(mergeReports(parts)).toEqual(whole);
    expect(whole).toMatchObject({ seasonsWithoutSchedule: ['2023-24'], meetsThreshold: false, dates: { expected: 327 }, missingDates: ['2023-01-10'] });
  });

  it('has, by the calendar, the off-days that the season had, and no others', async () => {
    await without('FALSE');
    const { dates, missingDates } = await checker.checkDateRange({ table: LINES, startDate: '2024-10-22', endDate: '2025-04-13', expected: calendarDays() });
    expect([dates.expected, dates.present, missingDates.length]).toEqual([174, 163, 11]);
  });
});
