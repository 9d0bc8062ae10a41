import { parseGameDate } from '@nba/kernel';
import { parseScope } from '@nba/schedule';
import { D1, D2, D3, D4, D5, D6, DATES, ToyLeague, endings, gameIdOn, linesOn } from '../toy-league.fixture';
import { TOY_PROCESSORS, type ToyGame, toyForm, toyPoints, toySchedule, toyTiers } from '../toy-processors.fixture';
import { Planner } from './planner';

const SEASON = parseScope({ season: ['2024-25'] });
/** After all games. */
const D7 = parseGameDate('2024-10-30');

describe('a plan', () => {
  let league: ToyLeague;
  let planner: Planner;
  beforeEach(async () => {
    league = await ToyLeague.open();
    planner = new Planner(league.parts);
  });
  afterEach(() => league.close());

  const plan = (over = {}) => planner.plan({ scope: SEASON, ...over });
  const told = async () => (await plan()).statements.map(({ processor, units }) => [processor, ...units.map(({ date, reason }) => `${date} ${reason}`)]);

  it('knows no season before a schedule is stored, and afterwards that one', async () => {
    expect(await planner.knownScope()).toBeUndefined();
    await league.run();
    expect(await planner.knownScope()).toEqual(SEASON);
  });

  it('is what the next run does, also of a season whose schedule is not loaded yet: its documents are read', async () => {
    const all = await told();
    expect(all.map(([processor]) => processor)).toEqual([toySchedule.name, toyPoints.name, toyForm.name, toyTiers.name]);
    await league.run({ phases: [2], processor: toySchedule, skipDownstreamTrigger: true });
    expect(await told()).toEqual(all.slice(1));
    const { statements, waiting, complete, estimate } = await plan();
    expect(statements.map(({ processor, phase, table, units }) => [processor, phase, table, units.map(({ date }) => date)])).toEqual([
      [toyPoints.name, 2, 'nba_raw.toy_points', DATES], [toyForm.name, 3, 'nba_analytics.toy_form', DATES], [toyTiers.name, 4, 'nba_precompute.toy_tiers', DATES],
    ]);
    expect(new Set(statements.flatMap(({ units }) => units.map(({ reason }) => reason)))).toEqual(new Set(['missing: it has never run']));
    expect([waiting, complete, estimate]).toEqual([[], 1, null]);
    const outcome = await league.run();
    expect(endings(outcome, toyTiers)).toHaveLength(DATES.length);
  });

  it('has nothing to do when all is complete', async () => {
    await league.run();
    expect(await plan()).toEqual({ statements: [], mayFollow: [], waiting: [], complete: 1 + 3 * DATES.length, estimate: null, estimateWithFollowers: null, cost: null });
  });

  it('names the change and what may follow from it, by the games of those concerned', async () => {
    await league.run();
    await league.scrape(D3, linesOn(D3, { 11: 25 }));
    const { statements, mayFollow, complete } = await plan();
    expect(statements).toEqual([{ processor: toyPoints.name, phase: 2, table: 'nba_raw.toy_points', units: [{ date: D3, kind: 'stale-by-input', reason: 'stale: the lake has other documents' }] }]);
    // The date itself and the two next games; of form's rows three days of tiers and the season's rows after each.
    expect(mayFollow).toEqual([
      { processor: toyForm.name, phase: 3, dates: [D3, D4, D5] },
      { processor: toyTiers.name, phase: 4, dates: [D4, D5, D6] },
    ]);
    expect(complete).toBe(1 + 3 * DATES.length - 1);
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    expect(await told()).toEqual([[toyForm.name, ...[D3, D4, D5].map((date) => `${date} stale: nba_raw.toy_points ${D3} changed`)]]);
  });

  it('tells what waits, and what frees it', async () => {
    await league.scrape(D3, 'no JSON');
    await league.run();
    const { waiting, statements } = await plan();
    expect(statements).toMatchObject([{ processor: toyPoints.name, units: [{ date: D3, kind: 'failed', reason: 'failed: its newest run' }] }]);
    expect(waiting).toEqual([
      { processor: toyForm.name, phase: 3, season: '2024-25', dates: [D3, D4, D5], waitingFor: [D3] },
      { processor: toyTiers.name, phase: 4, season: '2024-25', dates: [D4, D5, D6], waitingFor: [D3] },
    ]);
  });

  it('looks ahead by a schedule that is to be loaded: what is emptied by it, what is new, and what may follow', async () => {
    await league.run();
    // The game of the third date is postponed to a day after all others, and has not been played.
    await league.scrapeSchedule([...DATES.filter((date) => date !== D3).map((date): ToyGame => [gameIdOn(date), date, 3]), [gameIdOn(D3), D7, 1]]);
    const { statements, mayFollow } = await plan();
    const units = statements.flatMap(({ processor, units: own }) => own.map(({ date, kind }) => [processor, date, kind]));
    expect(units).toEqual([
      [toySchedule.name, '2024-10-01', 'stale-by-input'], [toyPoints.name, D3, 'to-be-emptied'], [toyForm.name, D3, 'to-be-emptied'], [toyTiers.name, D3, 'to-be-emptied'], [toyTiers.name, D7, 'missing'],
    ]);
    // The games after it look back at one more date, and the tiers at three days.
    expect(mayFollow).toEqual([{ processor: toyForm.name, phase: 3, dates: [D4, D5] }, { processor: toyTiers.name, phase: 4, dates: [D4, D5, D6] }]);
    const outcome = await league.run();
    const ran = [toyPoints, toyForm, toyTiers].flatMap((processor) => endings(outcome, processor).map((ending) => `${processor.name} ${ending.slice(0, 10)}`));
    const planned = [...units.slice(1).map(([processor, date]) => `${processor} ${date}`), ...mayFollow.flatMap(({ processor, dates }) => dates.map((date) => `${processor} ${date}`))];
    expect(ran.filter((unit) => !planned.includes(unit))).toEqual([]);
  });

  it('takes a unit that failed for one that will complete when the lake has another document than it failed by', async () => {
    await league.scrape(D3, 'no JSON');
    await league.run();
    expect((await plan()).waiting).not.toEqual([]);
    await league.scrape(D3, linesOn(D3, { 11: 25 }));
    const { waiting, statements } = await plan();
    expect([waiting, statements[0]?.units]).toEqual([[], [{ date: D3, kind: 'failed', reason: 'failed: its newest run' }]]);
    const outcome = await league.run();
    const ran = [toyPoints, toyForm, toyTiers].flatMap((processor) => endings(outcome, processor).map((ending) => `${processor.name} ${ending.slice(0, 10)}`));
    expect(statements.flatMap(({ processor, units }) => units.map(({ date }) => `${processor} ${date}`))).toEqual(ran);
  });

  it('groups as the run would', async () => {
    await league.run({ phases: [2], processor: toySchedule, skipDownstreamTrigger: true });
    const { statements } = await plan({ maxGroup: 4 });
    expect(statements.filter(({ processor }) => processor === toyPoints.name).map(({ units }) => units.length)).toEqual([4, 2]);
  });

  it('plans the phases asked for, and takes the others as they are', async () => {
    await league.run({ phases: [2], processor: toySchedule, skipDownstreamTrigger: true });
    const { statements, waiting } = await plan({ phases: [3] });
    expect(statements).toEqual([]);
    expect(waiting).toMatchObject([{ processor: toyForm.name, dates: DATES }]);
  });

  it('estimates from what has run before', async () => {
    const [schedule] = TOY_PROCESSORS;
    await league.run();
    await league.scrapeSchedule(DATES.map((date) => [gameIdOn(date), date, 3]));
    const { statements, estimate } = await plan();
    expect(statements.map(({ processor }) => processor)).toEqual([schedule.name]);
    expect(estimate).toMatchObject({ pastFactor: null });
  });

  describe('explains one unit', () => {
    beforeEach(() => league.run());

    it('that is complete: its windows, and the run that made it', async () => {
      const { verdict, reasons, windows, newestRun, isExpected } = await planner.explain(toyForm, D4);
      expect([verdict, reasons, isExpected]).toEqual(['complete', [], true]);
      expect(windows).toEqual([
        { table: 'nba_raw.toy_points', reach: 'the same game', effect: 'blocks', columns: ['points'], dates: [D4], games: 1 },
        { table: 'nba_raw.toy_points', reach: 'last 2 games per player', effect: 'blocks', columns: ['points'], dates: [D2, D3], games: 2 },
      ]);
      expect(newestRun).toMatchObject({ status: 'success', rows: 4, inputVersions: 'nba_raw.toy_points:1' });
    });

    it('that follows, that is to run, and that waits', async () => {
      await league.scrape(D3, linesOn(D3, { 11: 25 }));
      expect((await planner.explain(toyPoints, D3)).verdict).toBe('to run');
      expect((await planner.explain(toyForm, D5)).verdict).toBe('may follow');
      expect((await planner.explain(toyForm, D2)).verdict).toBe('complete');
      await league.scrape(D3, 'no JSON');
      await league.run();
      // Its own window holds the hole, and it is complete as it was: only what has to be run can wait.
      expect(await planner.explain(toyPoints, D3)).toMatchObject({ verdict: 'to run', reasons: ['failed: its newest run'], newestRun: { status: 'failed' } });
    });

    it('of a date without games', async () => {
      expect(await planner.explain(toyForm, '2024-10-25' as never)).toMatchObject({ verdict: 'nothing to do', isExpected: false, reasons: ['no game that counts has been played on the date'], newestRun: null });
    });

    it('of a season, by its first day', async () => {
      expect(await planner.explain(toySchedule, D1)).toMatchObject({ date: '2024-10-01', verdict: 'complete', windows: [] });
    });

    it('not of a date to come', async () => {
      await expect(planner.explain(toyForm, '2024-11-30' as never)).rejects.toThrow('2024-11-30 is still to come; today is 2024-10-30');
    });
  });
});
