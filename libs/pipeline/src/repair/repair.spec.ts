import type { Plan } from '../plan/plan';
import { RUN_DEFAULTS } from '../running/run-options';
import { D2, D4, ToyLeague, endings, linesOn } from '../toy-league.fixture';
import { toyForm, toyPoints } from '../toy-processors.fixture';
import { Repair } from './repair';

const OPTIONS = { ...RUN_DEFAULTS, trigger: 'spec', holder: 'spec' } as const;
const planned = (plan: Plan): string[] => plan.statements.flatMap(({ processor, units }) => units.map(({ date }) => `${processor} ${date}`));

describe('a repair', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
  });
  afterEach(() => league.close());

  it('has no plan where nothing has ever been loaded', async () => {
    expect(await new Repair(league.parts).plan({})).toBeUndefined();
  });

  it('runs what it has planned and what follows, and then has nothing to do', async () => {
    await league.run();
    league.clock.advance(1000);
    expect(await new Repair(league.parts).plan({})).toMatchObject({ isDone: true, plan: { statements: [], waiting: [] } });
    await league.scrape(D4, linesOn(D4, { 11: 30 }));
    league.clock.advance(1000);
    const repair = await new Repair(league.parts).plan({});
    expect(planned(repair!.plan)).toEqual([`${toyPoints.name} ${D4}`]);
    const outcome = await repair!.run(OPTIONS);
    expect(endings(outcome, toyPoints)).toEqual([`${D4} success`]);
    expect(endings(outcome, toyForm)[0]).toBe(`${D4} success`);
    league.clock.advance(1000);
    expect(await new Repair(league.parts).plan({})).toMatchObject({ isDone: true });
  });

  it('verifies Phase 2 from the first date that it has read to the last, and no more', async () => {
    await league.run();
    for (const date of [D2, D4]) await league.scrape(date, linesOn(date, { 11: 30 }));
    league.clock.advance(1000);
    const { phases } = await (await new Repair(league.parts).plan({}))!.run(OPTIONS);
    expect(phases.map(({ phase, verifications }) => [phase, verifications.map(({ range }) => range)])).toEqual([[2, [{ from: D2, to: D4 }]], [3, []], [4, []]]);
    expect(phases[0]?.verifications).toMatchObject([{ reports: [{ startDate: D2, endDate: D4, hasGaps: false }] }]);
  });

  it('verifies nothing where it reads nothing', async () => {
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    league.clock.advance(1000);
    const { phases } = await (await new Repair(league.parts).plan({}))!.run(OPTIONS);
    expect(phases.map(({ verifications }) => verifications)).toEqual([[], [], []]);
  });

  it('sees what another has run between its plan and its run', async () => {
    await league.run();
    await league.scrape(D4, linesOn(D4, { 11: 30 }));
    league.clock.advance(1000);
    const repair = await new Repair(league.parts).plan({});
    // Another loads the same date, and one that this plan knows nothing of, and leaves what reads them.
    await league.scrape(D2, linesOn(D2, { 21: 40 }));
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    league.clock.advance(1000);
    const outcome = await repair!.run(OPTIONS);
    expect(endings(outcome, toyPoints)).toEqual([]);
    expect(endings(outcome, toyForm)).toEqual(expect.arrayContaining([D2, D4].map((date) => `${date} success`)));
    league.clock.advance(1000);
    expect(await new Repair(league.parts).plan({})).toMatchObject({ isDone: true });
    const rows = await league.rows(toyForm.table);
    await league.run({ force: true });
    expect(await league.rows(toyForm.table)).toEqual(rows);
  });
});
