import { ElsewhereBus } from '../cascade/elsewhere-bus.fixture';
import { Reaction } from '../reaction/reaction';
import { D1, D2, D3, DATES, ToyLeague, endings, linesOn } from '../toy-league.fixture';
import { TOY_PROCESSORS, toyForm, toyPoints, toyTiers } from '../toy-processors.fixture';
import type { Progress } from './run-options';

/** Those who react are another process; a message is delivered to them whenever somebody sleeps. */
describe('a backfill whose events are consumed elsewhere', () => {
  let league: ToyLeague;
  let bus: ElsewhereBus;
  let shown: Progress[];
  beforeEach(async () => {
    league = await ToyLeague.open();
    bus = new ElsewhereBus();
    shown = [];
  });
  afterEach(() => league.close());

  /** @param lostAfter messages that arrive; all by default */
  function deliverWhileSleeping(lostAfter = Infinity): void {
    const sleep = league.clock.sleep.bind(league.clock);
    jest.spyOn(league.clock, 'sleep').mockImplementation(async (milliseconds) => {
      await sleep(milliseconds);
      const event = bus.waiting.shift();
      if (event && lostAfter-- > 0) await new Reaction({ ...league.parts, bus }).react([event], { trigger: 'message', holder: 'elsewhere' });
    });
  }
  const run = (request: Parameters<ToyLeague['run']>[0]) => league.run({ lookAgainMs: 10, ...request }, undefined, (progress) => shown.push(progress), { bus });

  it('waits until what it triggers has been recorded, and tells how it ended', async () => {
    deliverWhileSleeping();
    const outcome = await run({ phases: [2] });
    expect(outcome.isLate).toBe(false);
    expect(outcome.phases.map(({ phase, cause }) => [phase, cause])).toEqual([[2, 'request'], [3, 'cascade'], [4, 'cascade']]);
    for (const processor of [toyPoints, toyForm, toyTiers]) expect(endings(outcome, processor)).toEqual(DATES.map((date) => `${date} success`));
    const waited = shown.filter(({ isWaiting }) => isWaiting);
    expect(waited[0]).toMatchObject({ phase: 3, done: 0, total: 6 });
    expect(waited.at(-1)).toMatchObject({ phase: 4, done: 0, total: 6 });
    const clean = await ToyLeague.open();
    await clean.run();
    for (const { table } of TOY_PROCESSORS) expect(await league.rows(table)).toEqual(await clean.rows(table));
    await clean.close();
  });

  it('tells nobody before all that was asked for has run: they would want the same tables', async () => {
    deliverWhileSleeping();
    let toldBefore = 0;
    const outcome = await league.run({ phases: [2, 3, 4], lookAgainMs: 10 }, undefined, (progress) => {
      shown.push(progress);
      if (progress.processor === toyTiers.name) toldBefore = Math.max(toldBefore, bus.published.length);
    }, { bus });
    expect(toldBefore).toBe(0);
    expect(outcome.phases.map(({ phase, cause }) => [phase, cause])).toEqual([[2, 'request'], [3, 'request'], [4, 'request']]);
    expect(bus.published.map(({ phase }) => phase).sort()).toEqual([2, 2, 3, 4]);
    expect(shown.filter(({ isWaiting }) => isWaiting)).toEqual([]);
  });

  it('is late when nobody reacts in time, and the events are not sent again', async () => {
    const outcome = await run({ phases: [2], cascadeMs: 60_000 });
    expect(outcome).toMatchObject({ isLate: true });
    expect(outcome.phases.map(({ phase }) => phase)).toEqual([2]);
    const sent = bus.published.length;
    await run({ phases: [2], cascadeMs: 60_000 });
    expect(bus.published).toHaveLength(sent);
  });

  it('waits neither for what failed there nor for what waits for it', async () => {
    await league.scrape(D2, linesOn(D2, { 11: 666 }));
    deliverWhileSleeping();
    const outcome = await run({ phases: [2] });
    expect(outcome.isLate).toBe(false);
    expect(endings(outcome, toyForm)).toContain(`${D2} failed`);
    expect(endings(outcome, toyTiers)).toEqual([`${D1} success`, `${D2} success`, ...DATES.slice(2).map((date) => `${date} ${date === D3 || date <= '2024-10-26' ? 'blocked' : 'success'}`)]);
  });

  it('publishes nothing when nothing is to be triggered', async () => {
    const outcome = await run({ phases: [2], skipDownstreamTrigger: true });
    expect(bus.published).toEqual([]);
    expect(outcome).toMatchObject({ isLate: false, phases: [{ phase: 2 }] });
  });

  it('publishes what is finished when it is interrupted, and does not wait', async () => {
    const stop = new AbortController();
    const outcome = await league.run({ phases: [2], maxGroup: 1, signal: stop.signal }, undefined, ({ range }) => void (range?.from === D1 && stop.abort()), { bus });
    expect(outcome.interrupted).toBe(true);
    expect(bus.published.map(({ processor, gameDates }) => [processor, gameDates]).sort()).toEqual([['NbacScheduleProcessor', ['2024-10-01']], ['ToyPointsProcessor', [D1]]]);
  });
});
