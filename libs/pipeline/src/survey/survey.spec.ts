import { sql, type GameDate, type TableDefinition } from '@nba/kernel';
import { parseScope, type ScopeOptions } from '@nba/schedule';
import { D1, D2, D3, D4, D5, D6, DATES, gameIdOn, ToyLeague } from '../toy-league.fixture';
import { toyForm, toyPoints, type ToyGame } from '../toy-processors.fixture';
import type { SeasonSurvey, UnitSurvey } from './pipeline-survey';
import { Survey } from './survey';

/** A game that is still to be played on 30 October. */
const LATER = '2025-03-01';
const SCHEDULE: ToyGame[] = [...DATES.map((date): ToyGame => [gameIdOn(date), date, 3]), ['0022400099', LATER, 1]];

describe('Survey', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
    await league.scrapeSchedule(SCHEDULE);
  });
  afterEach(() => league.close());

  const read = (scope: ScopeOptions = { season: ['2024-25'] }, isDeep = false) => new Survey(league.parts).read(parseScope(scope), { isDeep });
  const season = async (scope?: ScopeOptions, isDeep?: boolean): Promise<SeasonSurvey> => (await read(scope, isDeep)).seasons[0] as SeasonSurvey;
  const unitsOf = ({ tables }: SeasonSurvey, table: string): readonly UnitSurvey[] => tables.find(({ processor }) => processor.table.name === table)?.units ?? [];
  const unit = (found: SeasonSurvey, table: string, date: GameDate): UnitSurvey | undefined => unitsOf(found, table).find((one) => one.date === date);
  const conditions = (found: SeasonSurvey, table: string): string[] => unitsOf(found, table).map(({ date, condition }) => `${date} ${condition}`);
  const change = (text: string, table: TableDefinition, rest: string) => league.warehouse.query(`${text} ${sql`${table}`.text} ${rest}`);

  it('knows of nothing but the schedule before that is loaded', async () => {
    const found = await season();
    expect([found.scheduled, found.games, found.gaps, found.tables.map(({ units }) => units.length)]).toEqual([false, [], [], [1, 0, 0, 0]]);
    expect(unitsOf(found, 'nbac_schedule')).toEqual([expect.objectContaining({
      date: '2024-10-01', condition: 'missing', why: ['missing: it has never run'], fixes: ['nx run backfill:phase2 --season=2024-25 --processor=nbac_schedule'], storedRows: 0, run: undefined,
    })]);
  });

  it('finds everything complete that is due, with its rows, keys and runs', async () => {
    await league.run();
    const { seasons: [found], causes, asOf, today } = await read();
    expect([asOf, today, causes]).toEqual([league.clock.now().toISOString(), '2024-10-30', []]);
    const due = DATES.map((date) => `${date} complete`);
    for (const table of ['toy_points', 'toy_form', 'toy_tiers']) expect(conditions(found as SeasonSurvey, table)).toEqual([...due, `${LATER} later`]);
    expect(found).toMatchObject({ scheduled: true, gaps: [], violations: [] });
    expect(found?.tables.map(({ keys }) => keys)).toEqual([undefined, { present: 12, expected: 12 }, { present: 24, expected: 24 }, { present: 12, expected: 12 }]);
    // Four players a game; six dates in one statement.
    expect(unit(found as SeasonSurvey, 'toy_form', D3)).toMatchObject({
      why: [], fixes: [], storedRows: 4, run: { status: 'success', unitsTogether: 6, statementMs: 0, keys: { present: 4, expected: 4 }, errors: null },
    });
  });

  describe('with a document that cannot be read', () => {
    let found: SeasonSurvey;
    beforeEach(async () => {
      await league.scrape(D3, 'no JSON');
      await league.run({ phases: [2], skipDownstreamTrigger: true });
      found = await season();
    });

    it('tells what failed, in its own words, and what waits', () => {
      expect(conditions(found, 'toy_points').slice(0, 4)).toEqual([`${D1} complete`, `${D2} complete`, `${D3} failed`, `${D4} complete`]);
      const path = expect.stringMatching(/^nba-com\/player-boxscores\/2024-10-24\/\d{8}_\d{6}\.json is no JSON/);
      expect(unit(found, 'toy_points', D3)).toMatchObject({ why: ['failed: its newest run', path], fixes: [`nx run backfill:phase2 --dates=${D3}`], storedRows: 0 });
      // The date itself, and the two after it that look back two games.
      expect(conditions(found, 'toy_form')).toEqual([`${D1} missing`, `${D2} missing`, `${D3} blocked`, `${D4} blocked`, `${D5} blocked`, `${D6} missing`, `${LATER} later`]);
      expect(unit(found, 'toy_form', D4)?.why).toEqual([expect.stringContaining('ToyPointsProcessor failed for 2024-10-24')]);
    });

    it('names the root for what waits at second hand, and what is ready by itself', () => {
      // It waits for form of the 24th to the 28th, all of which waits for points of the 24th.
      expect(unit(found, 'toy_tiers', D6)).toMatchObject({ condition: 'blocked', fixes: [`nx run backfill:phase2 --dates=${D3}`] });
      expect(unit(found, 'toy_form', D6)?.fixes).toEqual([`nx run backfill:phase3 --dates=${D6}`]);
      // Tiers of the first date come with form of that date; those of the second read form of both.
      expect(unit(found, 'toy_tiers', D1)?.fixes).toEqual([`nx run backfill:phase3 --dates=${D1}`]);
      expect(unit(found, 'toy_tiers', D2)?.fixes).toEqual([`nx run backfill:all --dates=${D1},${D2}`]);
    });

    it('gathers the gaps by game, with teams and tables', () => {
      expect(found.gaps.map(({ date }) => date)).toEqual([...DATES]);
      expect(found.gaps[2]).toEqual({
        kind: 'missing', date: D3, gameId: gameIdOn(D3), game: 'TWO@ONE', teams: ['ONE', 'TWO'], players: [], tables: ['nba_raw.toy_points', 'nba_analytics.toy_form', 'nba_precompute.toy_tiers'],
      });
      // Of form the players whose points are there: four on five dates.
      expect(found.tables.map(({ keys }) => keys)).toEqual([undefined, { present: 10, expected: 12 }, { present: 0, expected: 20 }, { present: 0, expected: 12 }]);
    });

    it('tells the open incident', async () => {
      expect((await read()).causes).toMatchObject([{ title: 'Raw FAILED: ToyPointsProcessor failed for 2024-10-24', resolution: `nx run backfill:phase2 --dates=${D3}` }]);
    });
  });

  it('says when the lake has no document', async () => {
    await league.scrapeSchedule([...SCHEDULE, ['0022400050', '2024-10-27', 3]]);
    await league.run({ phases: [2], skipDownstreamTrigger: true }, { season: ['2024-25'] });
    const lacking = unit(await season(), 'toy_points', '2024-10-27' as GameDate);
    expect(lacking).toMatchObject({ condition: 'failed', why: ['failed: its newest run', 'the lake has no document for it: put it there first', expect.any(String)] });
  });

  it('believes rows before records: what has vanished, and what was made from it and is no longer asked for', async () => {
    await league.run();
    await change('DELETE FROM', toyPoints.table, `WHERE game_date = '${D2}'`);
    const found = await season();
    const mend = [`nx run backfill:phase2 --dates=${D2}`];
    expect(unit(found, 'toy_points', D2)).toMatchObject({ condition: 'vanished', why: ['vanished: the stored rows are not those that its run left'], fixes: mend });
    expect(unit(found, 'toy_form', D2)).toMatchObject({
      condition: 'rows-differ', fixes: mend, why: ['its record says complete, and 4 keys are not as they should be', `nba_raw.toy_points ${D2}, which it reads, is not complete`],
    });
    expect(unit(found, 'toy_form', D3)?.condition).toBe('complete');
  });

  it('sees other keys behind the same number of rows, and with hashes other values', async () => {
    await league.run();
    await change('UPDATE', toyForm.table, `SET player_id = 99 WHERE game_date = '${D5}' AND player_id = 21`);
    await change('UPDATE', toyForm.table, `SET points = 1 WHERE game_date = '${D6}' AND player_id = 21`);
    const force = (date: string) => [`nx run backfill:phase3 --processor=toy_form --dates=${date} --force`];
    const [found, deep] = [await season(), await season(undefined, true)];
    // The player who should be there, and the one who should not.
    expect(unit(found, 'toy_form', D5)).toMatchObject({ condition: 'rows-differ', why: ['its record says complete, and 2 keys are not as they should be'], fixes: force(D5) });
    // Every team has rows in every game: the players tell.
    expect(found.tables[2]?.keys).toEqual({ present: 23, expected: 24 });
    expect(found.gaps.map(({ kind, date, players }) => [kind, date, players])).toEqual([['missing', D5, ['21']], ['unexpected', D5, ['99']]]);
    expect([unit(found, 'toy_form', D6)?.condition, unit(deep, 'toy_form', D6)]).toEqual(['complete', expect.objectContaining({ condition: 'rows-differ', fixes: force(D6) })]);
  });

  it('keeps to the dates asked for', async () => {
    await league.run();
    const found = await season({ dates: `${D2},${D4}` });
    expect([conditions(found, 'toy_form'), found.games.map(({ date }) => date)]).toEqual([[`${D2} complete`, `${D4} complete`], [D2, D4]]);
  });

  it('changes nothing', async () => {
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    const [replace, append] = [jest.spyOn(league.warehouse, 'replacePartitions'), jest.spyOn(league.warehouse, 'append')];
    await read();
    expect([replace.mock.calls, append.mock.calls]).toEqual([[], []]);
  });
});
