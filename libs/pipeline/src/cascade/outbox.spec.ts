import { type CompletionEvent, type EventBus, type Row, type Warehouse, processorRunHistory, publishedRuns, sql } from '@nba/kernel';
import { FixedClock, memoryWarehouse } from '@nba/testing';
import { D1, D2, D3, D4, DATES, endings, linesOn, RecordingBus, ToyLeague } from '../toy-league.fixture';
import { toyForm, toyPoints, toySchedule, toyTiers } from '../toy-processors.fixture';
import { Outbox } from './outbox';

/** A line of the history: a run of toy points, started at a minute past noon. */
const line = (runId: string, date: string, minute: number, over: Row = {}): Row => ({
  processor_name: 'ToyPointsProcessor', data_date: date, run_id: runId, phase: 2, attempt: 1, status: 'success', started_at: `2024-10-30T12:0${minute}:00.000Z`,
  rows_stored: 4, rows_changed: 1, output_table: 'nba_raw.toy_points', correlation_id: `for ${runId}`, skip_downstream_trigger: false, ...over,
});

describe('an outbox', () => {
  let warehouse: Warehouse;
  let bus: RecordingBus;
  let outbox: Outbox;
  const clock = new FixedClock('2024-10-30T23:59:00Z');
  beforeEach(async () => {
    warehouse = await memoryWarehouse([], clock);
    bus = new RecordingBus();
    outbox = new Outbox(warehouse, bus, clock);
  });
  afterEach(() => warehouse.close());
  const record = (...lines: Row[]): Promise<void> => warehouse.append(processorRunHistory, lines);
  const runIds = (events: readonly CompletionEvent[]): string[] => events.map(({ runId }) => runId);

  it('makes one event of a run, with all the dates that have new content', async () => {
    await record(line('told of before', D2, 0, { skip_downstream_trigger: true }), line('a', D3, 1, { rows_stored: 3 }), line('a', D1, 1), line('a', D2, 1, { rows_changed: 0 }));
    await outbox.publish();
    expect(bus.published).toEqual([{
      schemaVersion: 1, topic: 'nba-phase2-raw-complete', processor: 'ToyPointsProcessor', phase: 2, runId: 'a', correlationId: 'for a',
      gameDates: [D1, D3], outputTable: 'nba_raw.toy_points', status: 'success', rowCount: 7, skipDownstreamTrigger: false,
    }]);
  });

  it.each<[string, Row]>([
    ['that has only begun', { status: 'running', rows_stored: null, rows_changed: null }],
    ['that failed', { status: 'failed', rows_changed: null }],
    ['that was blocked', { status: 'blocked', rows_changed: null }],
    ['whose downstream trigger is skipped', { skip_downstream_trigger: true }],
  ])('is silent about a run %s', async (_, over) => {
    await record(line('a', D1, 1, over), line('b', D1, 2));
    expect(runIds(await outbox.pending())).toEqual(['b']);
    await outbox.publish();
    expect(runIds(bus.published)).toEqual(['b']);
  });

  it.each(['partial', 'failed', 'blocked'])('tells of a date that becomes complete without new rows after it had been %s, once', async (status) => {
    await record(line('a', D1, 1, { status, rows_changed: null }), line('b', D1, 2, { rows_changed: 0 }), line('c', D1, 3, { rows_changed: 0 }));
    expect(runIds(await outbox.pending())).toEqual(['b']);
  });

  it('tells of a date that is complete again after a run that died: readers were blocked by that', async () => {
    await record(line('a', D1, 1), line('b', D1, 2, { status: 'running', rows_changed: null }), line('c', D1, 3, { rows_changed: 0 }));
    expect(runIds(await outbox.pending())).toEqual(['a', 'c']);
  });

  it('tells of a date that is complete for the first time, if with no row', async () => {
    await record(line('a', D1, 1, { status: 'running', rows_changed: null }), line('a', D1, 2, { status: 'empty_ok', rows_stored: 0, rows_changed: 0 }));
    expect(await outbox.pending()).toMatchObject([{ runId: 'a', gameDates: [D1], rowCount: 0, status: 'success' }]);
  });

  it('does not take what is partial as before for complete', async () => {
    await record(line('a', D1, 1, { status: 'partial' }), line('b', D1, 2, { status: 'partial', rows_changed: 0 }));
    expect(runIds(await outbox.pending())).toEqual(['a']);
  });

  it('is silent about a run that found everything complete and changed nothing', async () => {
    await record(line('a', D1, 1), line('b', D1, 2, { rows_changed: 0 }));
    expect(runIds(await outbox.pending())).toEqual(['a']);
  });

  it('tells what is partial as partial, and a date that was emptied: what they changed has changed', async () => {
    await record(line('a', D1, 1), line('a', D2, 1, { status: 'partial', rows_stored: 2 }), line('b', D3, 2, { status: 'empty_ok', rows_stored: 0 }));
    expect(await outbox.pending()).toMatchObject([
      { runId: 'a', status: 'partial', gameDates: [D1, D2], rowCount: 6 }, { runId: 'b', gameDates: [D3], rowCount: 0 },
    ]);
  });

  it('keeps the order in which the runs started', async () => {
    await record(line('late', D1, 9), line('early', D3, 1), line('between', D2, 5));
    await outbox.publish();
    expect(runIds(bus.published)).toEqual(['early', 'between', 'late']);
  });

  it('publishes on the topic of the run\'s phase', async () => {
    await record(line('a', D1, 1), line('b', D1, 2, { phase: 3 }), line('c', D1, 3, { phase: 4 }));
    await outbox.publish();
    expect(bus.published.map(({ topic, phase }) => [topic, phase])).toEqual([
      ['nba-phase2-raw-complete', 2], ['nba-phase3-analytics-complete', 3], ['nba-phase4-precompute-complete', 4],
    ]);
  });

  it('publishes once, and never again what has been acknowledged', async () => {
    await record(line('a', D1, 1));
    await outbox.publish();
    await outbox.publish();
    await outbox.acknowledge();
    await outbox.acknowledge();
    await record(line('b', D2, 2));
    await outbox.publish();
    await outbox.acknowledge();
    expect(runIds(bus.published)).toEqual(['a', 'b']);
    expect(await new Outbox(warehouse, bus, clock).pending()).toEqual([]);
    expect(await warehouse.query(sql`SELECT * FROM ${publishedRuns} ORDER BY run_id`.text)).toEqual(
      ['a', 'b'].map((runId) => ({ run_id: runId, published_on: '2024-10-30', published_at: '2024-10-30T23:59:00.000Z' })),
    );
  });

  it('leaves to another outbox what it published and nobody took up', async () => {
    await record(line('a', D1, 1), line('b', D2, 2));
    await outbox.publish();
    const next = new Outbox(warehouse, bus, clock);
    await next.publish();
    await next.acknowledge();
    expect(runIds(bus.published)).toEqual(['a', 'b', 'a', 'b']);
    expect(await new Outbox(warehouse, bus, clock).pending()).toEqual([]);
  });

  it('keeps what could not be published, and does not acknowledge it', async () => {
    await record(line('a', D1, 1), line('b', D2, 2));
    jest.spyOn(bus, 'publish').mockImplementation(async (event) => {
      if (event.runId === 'b') throw new Error('the broker is away');
    });
    await expect(outbox.publish()).rejects.toThrow('the broker is away');
    await outbox.acknowledge();
    expect(runIds(await outbox.pending())).toEqual(['b']);
    expect(runIds(await new Outbox(warehouse, bus, clock).pending())).toEqual(['b']);
  });
});

describe('completion of a run', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
  });
  afterEach(() => league.close());

  /** The league's bus, on which something happens at each publication. */
  const busThat = (before: (event: CompletionEvent) => Promise<void>): EventBus => ({
    consumers: 'here',
    publish: async (event) => {
      await before(event);
      await league.bus.publish(event);
    },
    subscribe: (topic, consume) => league.bus.subscribe(topic, consume),
    drain: () => league.bus.drain(),
  });
  const idsOf = (processor: { readonly name: string }): string[] => league.bus.published.filter((event) => event.processor === processor.name).map(({ runId }) => runId);

  it('is published when its rows and its history are there, never before', async () => {
    const seen: [processor: string, rows: number, recorded: string][] = [];
    await league.run({}, undefined, undefined, {
      bus: busThat(async ({ processor: name, runId, gameDates }) => {
        const processor = [toyPoints, toyForm, toyTiers].find((one) => one.name === name);
        if (!processor) return;
        const rows = await Promise.all(gameDates.map((date) => league.rows(processor.table, date)));
        const recorded = await league.warehouse.query(`${sql`SELECT data_date FROM ${processorRunHistory}`.text} WHERE run_id = @id AND status = 'success' ORDER BY data_date`, { id: runId });
        seen.push([name, rows.flat().length, recorded.map((row) => row['data_date']).join()]);
      }),
    });
    // Four players in each of six games, and two teams.
    expect(seen).toEqual([['ToyPointsProcessor', 24, DATES.join()], ['ToyFormProcessor', 24, DATES.join()], ['ToyTiersProcessor', 12, DATES.join()]]);
  });

  it('is reported when it cannot be published, and published under the same run id by the next run', async () => {
    let lost: CompletionEvent | undefined;
    const broken = busThat(async (event) => {
      if (event.processor !== toyPoints.name) return;
      lost = event;
      throw new Error('the broker is away');
    });
    await expect(league.run({ phases: [2] }, undefined, undefined, { bus: broken })).rejects.toThrow('the broker is away');
    expect(idsOf(toyPoints)).toEqual([]);
    // The rows are in place all the same: only the news of them is owed.
    expect(await league.rows(toyPoints.table)).toHaveLength(24);
    const outcome = await league.run({ phases: [2] });
    expect(endings(outcome, toyPoints)).toEqual([]);
    expect(idsOf(toyPoints)).toEqual([lost?.runId]);
    expect(endings(outcome, toyForm)).toEqual(DATES.map((date) => `${date} success`));
    expect(endings(outcome, toyTiers)).toEqual(DATES.map((date) => `${date} success`));
  });

  it('is published again when the process dies between publishing and taking up, and does nothing twice', async () => {
    const stop = new AbortController();
    const dying = busThat(async ({ processor }) => {
      if (processor === toyForm.name) stop.abort();
    });
    const outcome = await league.run({ phases: [2], signal: stop.signal }, undefined, undefined, { bus: dying });
    expect(outcome.interrupted).toBe(true);
    expect(endings(outcome, toyTiers)).toEqual([]);
    const resumed = await league.run({ phases: [2] });
    for (const processor of [toyPoints, toyForm]) {
      expect(endings(resumed, processor)).toEqual([]);
      const [first, second, ...more] = idsOf(processor);
      expect([second, more]).toEqual([first, []]);
    }
    expect(endings(resumed, toyTiers)).toEqual(DATES.map((date) => `${date} success`));
    const published = league.bus.published.length;
    expect((await league.run()).phases.flatMap(({ outcomes }) => outcomes)).toEqual([]);
    expect(league.bus.published).toHaveLength(published);
  });

  it('is taken up again after an interruption in the midst of what it triggered', async () => {
    const stop = new AbortController();
    const outcome = await league.run({ phases: [2], maxGroup: 1, signal: stop.signal }, undefined, ({ processor, range }) => {
      if (processor === toyTiers.name && range?.to === D2) stop.abort();
    });
    expect(endings(outcome, toyTiers)).toEqual([`${D1} success`, `${D2} success`]);
    expect(endings(await league.run({ phases: [2] }), toyTiers)).toEqual(DATES.slice(2).map((date) => `${date} success`));
  });

  it('is taken up by a run that wants nothing of its own', async () => {
    await expect(league.run({ phases: [2] }, undefined, undefined, {
      bus: busThat(async ({ processor }) => { if (processor === toyPoints.name) throw new Error('the broker is away'); }),
    })).rejects.toThrow();
    expect(endings(await league.run({ phases: [] }), toyTiers)).toEqual(DATES.map((date) => `${date} success`));
  });

  it('is taken up by a run over other dates', async () => {
    await expect(league.run({ phases: [2] }, { dates: `${D1},${D2}` }, undefined, {
      bus: busThat(async ({ processor }) => { if (processor === toyPoints.name) throw new Error('the broker is away'); }),
    })).rejects.toThrow();
    const outcome = await league.run({ phases: [2] }, { date: D4 });
    expect(endings(outcome, toyPoints)).toEqual([`${D4} success`]);
    expect(endings(outcome, toyForm).filter((ending) => ending.endsWith('success'))).toEqual([`${D1} success`, `${D2} success`]);
  });

  it('waits when the next run is to be quiet', async () => {
    await expect(league.run({ phases: [2], processor: toySchedule }, undefined, undefined, { bus: busThat(async () => { throw new Error('the broker is away'); }) })).rejects.toThrow();
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    expect(league.bus.published).toEqual([]);
    await league.run({ phases: [2] });
    // The quiet run loaded the points: only the schedule is told of.
    expect(league.bus.published.map(({ processor }) => processor).slice(0, 1)).toEqual(['NbacScheduleProcessor']);
    expect(idsOf(toyPoints)).toEqual([]);
  });

  it('triggers again when the same dates get new content, and not when they get the same', async () => {
    await league.run();
    await league.scrape(D3, linesOn(D3, { 11: 25 }));
    await league.run({ phases: [2] });
    await league.scrape(D3, linesOn(D3, { 11: 25 }));
    await league.run({ phases: [2] });
    expect(league.bus.published.filter(({ processor }) => processor === toyPoints.name).map(({ gameDates }) => gameDates)).toEqual([[...DATES], [D3]]);
  });

  it('triggers when a date becomes complete though no row of it has changed: others wait for it', async () => {
    const right = linesOn(D3, {});
    await league.scrape(D3, [...right, ['a game of another date', 1, 11, 5, 5]]);
    expect(endings(await league.run({ phases: [2] }), toyPoints)).toContain(`${D3} partial`);
    await league.scrape(D3, right);
    const outcome = await league.run({ phases: [2] });
    expect(outcome.phases.flatMap(({ outcomes }) => outcomes).filter(({ processor }) => processor === toyPoints)).toMatchObject([{ date: D3, status: 'success', changes: 0 }]);
    expect(endings(outcome, toyForm)).toContain(`${D3} success`);
  });
});
