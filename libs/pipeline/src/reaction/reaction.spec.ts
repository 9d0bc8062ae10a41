import { type CompletionEvent, type GameDate, NbaError, TOPICS, processorRunHistory, sql, tableId } from '@nba/kernel';
import fc from 'fast-check';
import { computedForNothing } from '../cascade/computed-for-nothing.fixture';
import { ElsewhereBus } from '../cascade/elsewhere-bus.fixture';
import { completionOf } from '../completion-event.fixture';
import { Recovery } from '../recovery/recovery';
import { D1, D2, D3, D5, D6, DATES, ToyLeague, linesOn } from '../toy-league.fixture';
import { TOY_PROCESSORS, toyForm, toyPoints, toyTiers } from '../toy-processors.fixture';
import { Reaction, type ReactionOptions } from './reaction';

describe('a reaction', () => {
  let league: ToyLeague;
  let bus: ElsewhereBus;
  beforeEach(async () => {
    league = await ToyLeague.open();
    bus = new ElsewhereBus();
  });
  afterEach(() => league.close());

  /** Phase 2 of some dates, published and waited for by nobody. */
  const load = (...dates: GameDate[]) => league.run({ phases: [2], cascadeMs: 0 }, { dates: dates.join(',') }, undefined, { bus });
  const react = async (event: CompletionEvent, options: Partial<ReactionOptions> = {}) => {
    league.clock.advance(1000);
    const [outcome] = await new Reaction({ ...league.parts, bus }).react([event], { trigger: 'message 1', holder: 'spec', ...options });
    return outcome;
  };
  const eventOf = (processor: { readonly name: string }): CompletionEvent => bus.published.find((event) => event.processor === processor.name) as CompletionEvent;

  it('runs what an event triggers, in the name of its request, and publishes what came of it', async () => {
    await load(D1);
    expect(bus.published.map(({ processor }) => processor).sort()).toEqual(['NbacScheduleProcessor', 'ToyPointsProcessor']);
    expect(await react(eventOf(toyPoints))).toEqual({ kind: 'done', units: 1 });
    expect(await league.rows(toyForm.table, D1)).toHaveLength(4);
    // Phase 4 is for whoever takes the next message.
    expect(await league.rows(toyTiers.table)).toEqual([]);
    expect(bus.published.slice(2)).toMatchObject([{ topic: TOPICS[3], processor: 'ToyFormProcessor', gameDates: [D1], correlationId: eventOf(toyPoints).correlationId }]);
    expect(await react(eventOf(toyForm))).toEqual({ kind: 'done', units: 2 });
  });

  it('finds nothing to do for one that comes twice, for one that is to trigger nothing, and for the last phases', async () => {
    await load(D1);
    await react(eventOf(toyPoints));
    const told = bus.published.length;
    for (const event of [
      eventOf(toyPoints), completionOf(toyPoints, [D2], { skipDownstreamTrigger: true }), completionOf(toyTiers, [D1]),
      completionOf(toyTiers, [D1], { phase: 5, topic: TOPICS[5] }),
    ]) expect(await react(event)).toEqual({ kind: 'nothing-to-do' });
    expect(bus.published).toHaveLength(told);
  });

  it('tells that it is blocked, by what, and records it', async () => {
    await load(D1, D3);
    expect(await react(completionOf(toyPoints, [D3]))).toMatchObject({ kind: 'blocked', units: 1, reasons: [expect.stringContaining(D2)] });
    expect(await league.warehouse.query(`${sql`SELECT data_date, status, trigger FROM ${processorRunHistory}`.text} WHERE processor_name = 'ToyFormProcessor' AND status = 'blocked'`))
      .toEqual([{ data_date: D3, status: 'blocked', trigger: 'message 1' }]);
    await load(D2);
    expect(await react(completionOf(toyPoints, [D2]))).toEqual({ kind: 'done', units: 2 });
  });

  it('comes back later when another runner has the table', async () => {
    await load(D1);
    const taken = await league.warehouse.leases.acquire(tableId(toyForm.table), 'somebody else', 60_000);
    expect(await react(eventOf(toyPoints))).toMatchObject({ kind: 'in-use', reasons: [expect.stringContaining('somebody else')] });
    if (taken.granted) await league.warehouse.leases.release(taken.lease);
    expect(await react(eventOf(toyPoints))).toEqual({ kind: 'done', units: 1 });
  });

  it('tells what fails for good from what may go well in a moment', async () => {
    await league.scrape(D2, linesOn(D2, { 11: 666 }));
    await load(D1, D2, D5);
    expect(await react(completionOf(toyPoints, [D2]))).toMatchObject({ kind: 'failed', isTransient: false, faults: [expect.stringContaining(`ToyFormProcessor ${D2}`)] });
    // Another date's failure is not the matter of a message that does not name it.
    expect(await react(completionOf(toyPoints, [D1]))).toMatchObject({ kind: 'done' });
    const replace = jest.spyOn(league.warehouse, 'replacePartitions').mockRejectedValue(new NbaError('WAREHOUSE_UNAVAILABLE', 'out of reach'));
    await league.scrape(D1, linesOn(D1, { 11: 30 }));
    replace.mockRestore();
    await load(D1);
    replace.mockReset();
    jest.spyOn(league.warehouse, 'replacePartitions').mockRejectedValue(new NbaError('WAREHOUSE_UNAVAILABLE', 'out of reach'));
    expect(await react(completionOf(toyPoints, [D1]))).toMatchObject({ kind: 'failed', isTransient: true, faults: expect.arrayContaining([expect.stringContaining('out of reach')]) });
    jest.restoreAllMocks();
    expect(await react(completionOf(toyPoints, [D1]))).toMatchObject({ kind: 'done' });
  });

  it('leaves the rest when it is interrupted, and tells of what is done', async () => {
    await load(D1);
    const stop = new AbortController();
    stop.abort();
    expect(await react(eventOf(toyPoints), { signal: stop.signal })).toEqual({ kind: 'interrupted' });
    expect(await league.rows(toyForm.table)).toEqual([]);
  });

  it('runs nothing when there is more than it may', async () => {
    await load(...DATES);
    expect(await react(eventOf(toyPoints), { maxUnits: 5 })).toEqual({ kind: 'too-large', units: 6, ranges: [{ from: D1, to: '2025-09-30' }] });
    expect(await league.rows(toyForm.table)).toEqual([]);
    expect(await react(eventOf(toyPoints), { maxUnits: 6 })).toEqual({ kind: 'done', units: 6 });
  });

  it('publishes first what one that died has left', async () => {
    await load(D1);
    jest.spyOn(bus, 'publish').mockRejectedValue(new Error('killed'));
    await expect(react(eventOf(toyPoints))).rejects.toThrow('killed');
    jest.restoreAllMocks();
    expect(bus.published.map(({ processor }) => processor)).not.toContain('ToyFormProcessor');
    expect(await react(eventOf(toyPoints))).toEqual({ kind: 'nothing-to-do' });
    expect(eventOf(toyForm)).toMatchObject({ gameDates: [D1] });
  });

  it('keeps what it cannot understand, once, for a replay', async () => {
    const message = { ...completionOf(toyPoints, [D1]), schemaVersion: 7 };
    const reaction = new Reaction({ ...league.parts, bus });
    for (let i = 0; i < 2; i++) await reaction.refuse(TOPICS[2], message, new NbaError('EVENT_INVALID', 'unknown version'));
    expect(await new Recovery({ ...league.parts, bus }).deadLetters()).toMatchObject([{ topic: TOPICS[2], errorCode: 'EVENT_INVALID', payload: JSON.stringify(message) }]);
  });

  it('ends in the same tables as one local run, whoever answers which messages in what order, and computes each content once', async () => {
    const clean = await ToyLeague.open();
    await clean.scrape(D2, linesOn(D2, { 11: 25 }));
    await clean.run();
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(DATES, { minLength: DATES.length }), fc.array(fc.nat(999), { minLength: 40, maxLength: 40 }), async (order, draws) => {
        const other = await ToyLeague.open();
        const queue = new ElsewhereBus();
        let drawn = 0;
        const draw = (of: number): number => (draws[drawn++ % draws.length] as number) % of;
        /** Two instances of the service; each message goes to one of them, some come twice, some together. */
        const reactions = [new Reaction({ ...other.parts, bus: queue }), new Reaction({ ...other.parts, bus: queue })];
        const deliverSome = async (): Promise<void> => {
          other.clock.advance(1000);
          const batch = Array.from({ length: 1 + draw(3) }, () => queue.waiting.splice(draw(Math.max(1, queue.waiting.length)), 1)[0]).filter((event) => event !== undefined);
          if (draw(3) === 0) queue.waiting.push(...batch);
          await reactions[draw(2)]?.react(batch, { trigger: 'message', holder: 'spec' });
        };
        for (const date of order) {
          await other.run({ phases: [2], cascadeMs: 0 }, { date }, undefined, { bus: queue });
          if (date === D3) await other.scrape(D2, linesOn(D2, { 11: 25 }));
          if (draw(2) === 0) await deliverSome();
        }
        await other.run({ phases: [2], cascadeMs: 0 }, undefined, undefined, { bus: queue });
        for (let i = 0; queue.waiting.length > 0; i++) {
          if (i > 300) throw new Error('The messages do not come to an end');
          await deliverSome();
        }
        for (const { table } of TOY_PROCESSORS) expect(await other.rows(table)).toEqual(await clean.rows(table));
        expect((await other.rows(toyTiers.table, D6))).toHaveLength(2);
        expect(await computedForNothing(other)).toEqual([]);
        await other.close();
      }),
      { numRuns: 4, endOnFailure: true },
    );
    await clean.close();
  }, 120_000);
});
