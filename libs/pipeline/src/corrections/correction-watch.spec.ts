import { type GameDate, NbaError, sql } from '@nba/kernel';
import { MemoryLake } from '@nba/testing';
import { createRegistry } from '../definition/registry';
import { D1, D2, D3, D4, D5, D6, DATES, ToyLeague, gameIdOn, linesOn } from '../toy-league.fixture';
import { scheduleTable, toyPoints, toySchedule, type ToyGame } from '../toy-processors.fixture';
import type { CorrectionReport } from './correction-report';
import { CorrectionWatch } from './correction-watch';

const POINTS = 'nba_raw.toy_points';
const SCHEDULE = 'nba_raw.nbac_schedule';
const HOUR_MS = 3_600_000;

describe('CorrectionWatch', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
    await league.run({ phases: [2], skipDownstreamTrigger: true });
  });
  afterEach(() => league.close());

  const watch = (lake = league.lake): CorrectionWatch => new CorrectionWatch(createRegistry(league.processors), league.warehouse, lake, league.clock, { gameTypes: ['regular-season'] });
  const read = (since: GameDate = D1): Promise<CorrectionReport> => watch().read(since);
  /** The report in short: whose values, and what of which units. */
  const told = ({ corrections, units, notLoaded }: CorrectionReport) => ({
    corrections: corrections.map(({ table, date, playerId, kind, values }) => [table, date, playerId, kind, values.map(({ column, before, after }) => `${column} ${before} → ${after}`).join(', ')]),
    units: units.map(({ table, unit, newDocuments, rowsChanged, findings }) => [table, unit, newDocuments.length, rowsChanged, findings.map(({ code }) => code)]),
    notLoaded,
  });
  /** The schedule of the six games, some of them otherwise. */
  const scrapeSchedule = (over: Readonly<Record<string, Partial<{ date: string; status: 1 | 3 }>>>) =>
    league.scrapeSchedule(DATES.map((date): ToyGame => [gameIdOn(date), over[date]?.date ?? date, over[date]?.status ?? 3]));

  it('has nothing to tell where the lake holds what was loaded', async () => {
    expect(told(await read())).toEqual({ corrections: [], units: [], notLoaded: [] });
  });

  it('tells one corrected value with its game and player, and says which document has it', async () => {
    const path = await league.scrape(D3, linesOn(D3).map((line) => (line[2] === 21 ? [line[0], line[1], line[2], line[3], 6] as const : line)));
    expect(await read()).toEqual({
      dates: { from: D1, to: '2024-10-30' },
      corrections: [{
        table: POINTS, date: D3, gameId: gameIdOn(D3), teamId: 2, team: null, playerId: 21, player: null, kind: 'edited', values: [{ column: 'assists', before: 5, after: 6 }],
      }],
      units: [{ table: POINTS, unit: D3, newDocuments: [path], rowsChanged: 1, findings: [] }],
      notLoaded: [],
    });
  });

  it('tells what comes before what is later: by date, game and player', async () => {
    await league.scrape(D4, linesOn(D4, { 22: 40, 11: 41 }));
    await league.scrape(D2, linesOn(D2, { 21: 42 }));
    expect(told(await read()).corrections.map(([, date, player]) => [date, player])).toEqual([[D2, 21], [D4, 11], [D4, 22]]);
  });

  it('tells rows that come and go', async () => {
    await league.scrape(D2, [...linesOn(D2).filter(([, , player]) => player !== 12), [gameIdOn(D2), 2, 23, 0, 0]]);
    expect(told(await read()).corrections).toEqual([
      [POINTS, D2, 12, 'went', `game_date ${D2} → null, season 2024-25 → null, team_id 1 → null, points 12 → null, assists 5 → null`],
      [POINTS, D2, 23, 'came', `game_date null → ${D2}, season null → 2024-25, team_id null → 2, points null → 0, assists null → 0`],
    ]);
  });

  it('says of newer documents that change nothing that they are to be read again only', async () => {
    await league.scrape(D2, linesOn(D2));
    await league.scrape(D5, [...linesOn(D5)].reverse());
    expect(told(await read())).toEqual({ corrections: [], units: [[POINTS, D2, 1, 0, []], [POINTS, D5, 1, 0, []]], notLoaded: [] });
  });

  it('compares with what is stored, whatever was recorded', async () => {
    await league.warehouse.query(`${sql`UPDATE ${toyPoints.table}`.text} SET assists = NULL WHERE game_date = '${D2}' AND player_id = 11`);
    expect(told(await read()).corrections).toEqual([]);
    await league.scrape(D2, linesOn(D2, {}, 0));
    expect(told(await read()).corrections[0]).toEqual([POINTS, D2, 11, 'edited', 'assists null → 0']);
  });

  it('looks at dates from the one that is named to today', async () => {
    for (const date of [D2, D4]) await league.scrape(date, linesOn(date, { 11: 30 }));
    const datesSince = async (since: GameDate) => (await read(since)).corrections.map(({ date }) => date);
    expect([await datesSince(D2), await datesSince(D3), await datesSince(D4), await datesSince(D5)]).toEqual([[D2, D4], [D4], [D4], []]);
    const tomorrow = read('2024-10-31' as GameDate);
    await expect(tomorrow).rejects.toBeInstanceOf(NbaError);
    await expect(tomorrow).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', message: expect.stringContaining('2024-10-30') as string });
  });

  it('does not know documents stamped after now', async () => {
    league.clock.advance(HOUR_MS);
    await league.scrape(D2, linesOn(D2, { 11: 30 }));
    league.clock.advance(-HOUR_MS);
    expect(told(await read())).toEqual({ corrections: [], units: [], notLoaded: [] });
    league.clock.advance(HOUR_MS);
    expect(told(await read()).corrections).toEqual([[POINTS, D2, 11, 'edited', 'points 10 → 30']]);
  });

  it('tells what cannot be understood with its file, and takes nothing for gone', async () => {
    const path = await league.scrape(D2, 'no JSON');
    const report = await read();
    expect(told(report)).toEqual({ corrections: [], units: [[POINTS, D2, 1, 0, ['DOCUMENT_INVALID']]], notLoaded: [] });
    expect(report.units[0]?.findings[0]?.message).toContain(path);
    // A run that tries it changes neither what is stored nor what is told.
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    expect(told(await read())).toEqual(told(report));
  });

  it('tells a document that cannot be read as a finding of its unit, and goes on with the others', async () => {
    const gone = await league.scrape(D2, linesOn(D2, { 11: 30 }));
    await league.scrape(D4, linesOn(D4, { 11: 30 }));
    class Unreadable extends MemoryLake {
      override list(...args: Parameters<MemoryLake['list']>) { return league.lake.list(...args); }
      override read(ref: Parameters<MemoryLake['read']>[0]) { return ref.path === gone ? super.read(ref) : league.lake.read(ref); }
    }
    const report = await watch(new Unreadable()).read(D1);
    expect(told(report)).toMatchObject({ corrections: [[POINTS, D4, 11, 'edited', 'points 10 → 30']], units: [[POINTS, D2, 1, 0, ['LAKE_UNREADABLE']], [POINTS, D4, 1, 1, []]] });
    expect(report.units[0]?.findings[0]?.message).toContain(gone);
  });

  it('takes part of a document where part of it is right, as a load would', async () => {
    await league.scrape(D2, [...linesOn(D2, { 11: 30 }), [gameIdOn(D5), 1, 11, 1, 1]]);
    expect(told(await read())).toMatchObject({ corrections: [[POINTS, D2, 11, 'edited', 'points 10 → 30']], units: [[POINTS, D2, 1, 1, ['GAME_NOT_ON_DATE']]] });
  });

  it('tells what the interpretation finds odd: it may be why a newer value is not taken', async () => {
    const odd: typeof toyPoints = { ...toyPoints, interpret: (input) => ({ ...toyPoints.interpret(input), findings: [{ severity: 'warning', code: 'ODD', message: 'odd' }] }) };
    await league.scrape(D2, linesOn(D2, { 11: 30 }));
    const found = await new CorrectionWatch(createRegistry([toySchedule, odd]), league.warehouse, league.lake, league.clock, { gameTypes: ['regular-season'] }).read(D1);
    expect(told(found).units).toEqual([[POINTS, D2, 1, 1, ['ODD']]]);
  });

  it.each(["game_type = 'preseason'", 'home_team_id = NULL'])('expects nothing of games that do not count, or whose teams are not known (%s)', async (change) => {
    await league.warehouse.query(`${sql`UPDATE ${scheduleTable}`.text} SET ${change} WHERE game_date = '${D2}'`);
    await league.scrape(D2, linesOn(D2));
    expect(told(await read())).toMatchObject({ corrections: [11, 12, 21, 22].map((player) => [POINTS, D2, player, 'went', expect.anything()]), units: [[POINTS, D2, 1, 4, []]] });
  });

  describe('beside a newer schedule', () => {
    it('tells the tables together: by date, and of a game first what the schedule says', async () => {
      await scrapeSchedule({ [D4]: { status: 1 } });
      await league.scrape(D2, linesOn(D2, { 11: 30 }));
      const report = told(await read());
      // No longer final: its box score is not expected any more.
      expect(report.corrections.map(([table, date, player, kind]) => [table, date, player, kind])).toEqual([
        [POINTS, D2, 11, 'edited'], [SCHEDULE, D4, null, 'edited'], ...[11, 12, 21, 22].map((player) => [POINTS, D4, player, 'went']),
      ]);
      expect(report.units).toEqual([[SCHEDULE, '2024-25', 1, 1, []], [POINTS, D2, 1, 1, []], [POINTS, D4, 0, 4, []]]);
    });

    it('tells its changes in the dates looked at, and the box scores of dates that it takes games from', async () => {
      await scrapeSchedule({ [D4]: { date: '2024-10-27' } });
      const report = told(await read(D2));
      expect(report.corrections.filter(([table]) => table === SCHEDULE)).toEqual([[SCHEDULE, D4, null, 'edited', `game_date ${D4} → 2024-10-27`]]);
      // A load would empty the date: its games are elsewhere.
      expect(report.corrections.filter(([table]) => table === POINTS).map(([, date, player, kind]) => [date, player, kind])).toEqual([11, 12, 21, 22].map((player) => [D4, player, 'went']));
      expect(report.units).toEqual([[SCHEDULE, '2024-25', 1, 1, []], [POINTS, D4, 0, 4, []]]);
      // The change lies before the dates looked at.
      expect(told(await read(D6))).toEqual({ corrections: [], units: [[SCHEDULE, '2024-25', 1, 0, []]], notLoaded: [] });
    });

    it('reads box scores by it and not by the stored one, as when both are loaded', async () => {
      await league.scrape(D5, [...linesOn(D5), [gameIdOn(D6), 1, 11, 20, 1]]);
      await league.scrape(D6, linesOn(D6));
      expect(told(await read()).units).toEqual([[POINTS, D5, 1, 0, ['GAME_NOT_ON_DATE']], [POINTS, D6, 1, 0, []]]);
      await scrapeSchedule({ [D6]: { date: D5 } });
      const before = await read();
      expect(told(before).corrections.filter(([, date, , kind]) => date === D5 && kind === 'came').map(([table, , player]) => [table, player])).toEqual([[POINTS, 11]]);
      expect(told(before).units.slice(1)).toEqual([[POINTS, D5, 1, 1, []], [POINTS, D6, 1, 4, []]]);
    });

    it('passes over what is not loaded yet, and names it', async () => {
      const later = '2024-10-30';
      await league.scrapeSchedule([...DATES.map((date): ToyGame => [gameIdOn(date), date, 3]), ['0022400099', later, 3]]);
      await league.scrape(later as GameDate, [['0022400099', 1, 11, 20, 1]]);
      const report = told(await read());
      expect(report.corrections).toEqual([[SCHEDULE, later, null, 'came', expect.stringContaining('game_status null → 3')]]);
      expect([report.units, report.notLoaded]).toEqual([[[SCHEDULE, '2024-25', 1, 1, []]], [{ table: POINTS, units: [later] }]]);
    });
  });

  it('takes what has only ever failed for not loaded', async () => {
    const fresh = await ToyLeague.open();
    try {
      await fresh.scrape(D3, 'no JSON');
      await fresh.run({ phases: [2], skipDownstreamTrigger: true });
      const report = await new CorrectionWatch(createRegistry(fresh.processors), fresh.warehouse, fresh.lake, fresh.clock, { gameTypes: ['regular-season'] }).read(D1);
      expect(told(report)).toEqual({ corrections: [], units: [], notLoaded: [{ table: POINTS, units: [D3] }] });
    } finally {
      await fresh.close();
    }
  });

  it('names all that the lake has where nothing is loaded', async () => {
    const fresh = await ToyLeague.open();
    try {
      const report = await new CorrectionWatch(createRegistry(fresh.processors), fresh.warehouse, fresh.lake, fresh.clock, { gameTypes: ['regular-season'] }).read(D1);
      // Without a schedule nothing is known of its dates.
      expect(told(report)).toEqual({ corrections: [], units: [], notLoaded: [{ table: SCHEDULE, units: ['2024-25'] }] });
    } finally {
      await fresh.close();
    }
  });

  it('says exactly what a load then changes, and after it nothing; it changes nothing itself', async () => {
    await league.scrape(D3, linesOn(D3, { 11: 30, 22: 0 }));
    await league.scrape(D5, linesOn(D5));
    const [replace, append, query] = [jest.spyOn(league.warehouse, 'replacePartitions'), jest.spyOn(league.warehouse, 'append'), jest.spyOn(league.warehouse, 'query')];
    const report = await read();
    expect([replace.mock.calls, append.mock.calls]).toEqual([[], []]);
    // The schedule: what is recorded, and its rows. The points: what is recorded, rows per date, and the rows of both dates at once.
    expect(query.mock.calls).toHaveLength(5);
    const outcome = await league.run({ phases: [2], skipDownstreamTrigger: true });
    const ran = outcome.phases.flatMap(({ outcomes }) => outcomes).map(({ processor, date, changes }) => [`nba_raw.${processor.table.name}`, date, changes]);
    expect(ran).toEqual(report.units.map(({ table, unit, rowsChanged }) => [table, unit, rowsChanged]));
    expect(told(await read())).toEqual({ corrections: [], units: [], notLoaded: [] });
  });
});
