import { setTimeout } from 'node:timers/promises';
import { type Lease, type Row, processorRunHistory, sql } from '@nba/kernel';
import type { BackfillOutcome } from './backfill';
import type { UnitOutcome } from './unit-outcome';
import { D1, D3, DATES, endings, linesOn, ToyLeague } from '../toy-league.fixture';
import { toyForm, toyPoints, toyTiers, TOY_PROCESSORS } from '../toy-processors.fixture';

const succeeded = (...dates: string[]): string[] => dates.map((date) => `${date} success`);
const unitsOf = ({ phases }: BackfillOutcome): UnitOutcome[] => phases.flatMap(({ outcomes }) => outcomes);

describe('two backfills at once on one warehouse', () => {
  let league: ToyLeague;
  let clean: ToyLeague;
  beforeAll(async () => {
    clean = await ToyLeague.open();
    await clean.run();
  });
  afterAll(() => clean.close());
  beforeEach(async () => {
    league = await ToyLeague.open();
  });
  afterEach(() => league.close());

  const ended = (): Promise<readonly Row[]> =>
    league.warehouse.query(`${sql`SELECT processor_name, data_date, status FROM ${processorRunHistory}`.text} WHERE status <> 'running' ORDER BY processor_name, data_date`);
  const take = async (table: string, holder: string): Promise<Lease> => {
    const answer = await league.warehouse.leases.acquire(table, holder, 3_600_000);
    if (!answer.granted) throw new Error('the lease is taken');
    return answer.lease;
  };

  /** A quarter of a second of waiting takes a few milliseconds, in which the other gets on. */
  const letWaitingTakeTime = (): void => {
    const sleep = league.clock.sleep.bind(league.clock);
    jest.spyOn(league.clock, 'sleep').mockImplementation(async (milliseconds) => {
      await setTimeout(milliseconds / 50);
      await sleep(milliseconds);
    });
  };

  it('make one result: what both want is run by one of them, and the other is told who has the table', async () => {
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    const [first, second] = await Promise.all([league.run({ phases: [3], holder: 'the first' }), league.run({ phases: [3], holder: 'the second' })]);
    const inUse = [first, second].flatMap(unitsOf).filter(({ reasons }) => reasons.some(({ kind }) => kind === 'table-in-use'));
    expect(inUse.map(({ date, status }) => `${date} ${status}`)).toEqual(DATES.map((date) => `${date} blocked`));
    const winner = endings(first, toyForm).includes(`${D1} success`) ? 'the first' : 'the second';
    expect(inUse[0]?.reasons).toEqual([{ kind: 'table-in-use', table: 'nba_analytics.toy_form', by: winner }]);
    expect(await league.warehouse.leases.held()).toEqual([]);
    expect((await ended()).filter((row) => row['processor_name'] === toyForm.name).map((row) => `${row['data_date']} ${row['status']}`)).toEqual(succeeded(...DATES));
    await league.run();
    for (const { table } of TOY_PROCESSORS) expect(await league.rows(table)).toEqual(await clean.rows(table));
  });

  it('do each unit once and all of them, when the second is ready to wait', async () => {
    letWaitingTakeTime();
    const [first, second] = await Promise.all([league.run({ holder: 'the first', waitMs: 600_000 }), league.run({ holder: 'the second', waitMs: 600_000 })]);
    expect([first, second].flatMap(unitsOf).filter(({ status }) => status !== 'success')).toEqual([]);
    expect((await ended()).map((row) => `${row['processor_name']} ${row['data_date']} ${row['status']}`)).toEqual([
      '2024-10-01', ...DATES, ...DATES, ...DATES,
    ].map((date, i) => `${['NbacScheduleProcessor', 'ToyFormProcessor', 'ToyPointsProcessor', 'ToyTiersProcessor'][Math.ceil(i / 6)]} ${date} success`));
    for (const { table } of TOY_PROCESSORS) expect(await league.rows(table)).toEqual(await clean.rows(table));
    expect((await league.run()).phases.flatMap(({ outcomes }) => outcomes)).toEqual([]);
  });

  it('finds nothing to do, when another has taken the table, done it all and gone between its plan and its turn', async () => {
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    const acquire = league.warehouse.leases.acquire.bind(league.warehouse.leases);
    let others = 0;
    jest.spyOn(league.warehouse.leases, 'acquire').mockImplementation(async (table, holder, durationMs) => {
      if (table === 'nba_analytics.toy_form' && holder === 'the first' && others++ === 0) await league.run({ phases: [3], holder: 'the other', skipDownstreamTrigger: true });
      return acquire(table, holder, durationMs);
    });
    const outcome = await league.run({ phases: [3], holder: 'the first', skipDownstreamTrigger: true });
    expect([others, outcome.phases[0]?.outcomes]).toEqual([1, []]);
    expect((await ended()).filter((row) => row['processor_name'] === 'ToyFormProcessor')).toHaveLength(DATES.length);
  });

  it('waits for another runner and finds nothing to do, when that one did it all', async () => {
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    const other = await take('nba_analytics.toy_form', 'backfill phase3 (process 4711)');
    const sleep = league.clock.sleep.bind(league.clock);
    let waits = 0;
    jest.spyOn(league.clock, 'sleep').mockImplementation(async (milliseconds) => {
      await sleep(milliseconds);
      if (++waits !== 4) return;
      await league.warehouse.leases.release(other);
      await league.run({ phases: [3], skipDownstreamTrigger: true, holder: 'the other' });
    });
    const outcome = await league.run({ phases: [3], waitMs: 60_000 });
    expect(waits).toBe(4);
    expect(endings(outcome, toyForm)).toEqual([]);
    expect(outcome.phases[0]).toMatchObject({ phase: 3, alreadyComplete: 6 });
  });

  it('leaves no trace of a unit that it could not run because of another, neither in the history nor for the next', async () => {
    await league.run();
    await league.scrape(D3, linesOn(D3, { 11: 25 }));
    const before = await ended();
    const other = await take('nba_raw.toy_points', 'backfill phase2 (process 4711)');
    const outcome = await league.run({ phases: [2] });
    expect(unitsOf(outcome)).toMatchObject([
      { processor: toyPoints, date: D3, status: 'blocked', runId: '', reasons: [{ kind: 'table-in-use', table: 'nba_raw.toy_points', by: 'backfill phase2 (process 4711)' }] },
    ]);
    expect(await ended()).toEqual(before);
    await league.warehouse.leases.release(other);
    expect(endings(await league.run({ phases: [2] }), toyPoints)).toEqual(succeeded(D3));
  });

  it('hold one table at a time, and none afterwards', async () => {
    const most: number[] = [];
    const replace = league.warehouse.replacePartitions.bind(league.warehouse);
    jest.spyOn(league.warehouse, 'replacePartitions').mockImplementation(async (replacement, lease) => {
      most.push((await league.warehouse.leases.held()).length);
      expect(await league.warehouse.leases.held()).toMatchObject([{ table: lease.table, holder: 'spec' }]);
      return replace(replacement, lease);
    });
    await league.run();
    expect(most).toEqual([1, 1, 1, 1]);
    expect(await league.warehouse.leases.held()).toEqual([]);
  });

  it.each([['nothing is loaded', [] as const], ['Phase 2 is loaded', [2] as const]])('leave nothing undone between them, and blame nothing on each other, when %s', async (_, loaded) => {
    letWaitingTakeTime();
    if (loaded.length > 0) await league.run({ phases: loaded, skipDownstreamTrigger: true });
    await Promise.all([league.run({ holder: 'the first' }), league.run({ holder: 'the second' })]);
    const statuses = await ended();
    const successes = statuses.filter((row) => row['status'] === 'success').map((row) => `${row['processor_name']} ${row['data_date']}`);
    expect(new Set(successes).size).toBe(successes.length);
    // What a table lacks because the other is writing it just now is no gap.
    expect(statuses.filter((row) => row['status'] === 'blocked')).toEqual([]);
    for (const { table } of TOY_PROCESSORS) expect(await league.rows(table)).toEqual(await clean.rows(table));
  });

  it('come for what is left of a table after the other, when they have changed what it is made from', async () => {
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    letWaitingTakeTime();
    const other = await take('nba_precompute.toy_tiers', 'the other');
    const acquire = league.warehouse.leases.acquire.bind(league.warehouse.leases);
    let refusals = 0;
    jest.spyOn(league.warehouse.leases, 'acquire').mockImplementation(async (table, holder, durationMs) => {
      if (table === other.table && ++refusals === 5) await league.warehouse.leases.release(other);
      return acquire(table, holder, durationMs);
    });
    expect(endings(await league.run({ phases: [3, 4], waitMs: 0 }), toyTiers)).toEqual(succeeded(...DATES));
    expect(refusals).toBe(5);
  });

  it('end in the tables of one, once either is run again', async () => {
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    letWaitingTakeTime();
    await Promise.all([league.run({ holder: 'the first' }), league.run({ holder: 'the second' })]);
    await league.run();
    for (const { table } of TOY_PROCESSORS) expect(await league.rows(table)).toEqual(await clean.rows(table));
    expect((await league.run()).phases.flatMap(({ outcomes }) => outcomes)).toEqual([]);
  });
});
