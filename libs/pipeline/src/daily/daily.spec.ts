import { type GameDate, processorRunHistory, sql } from '@nba/kernel';
import { ElsewhereBus } from '../cascade/elsewhere-bus.fixture';
import { Reaction } from '../reaction/reaction';
import { D1, D2, D3, D4, D5, DATES, gameIdOn, linesOn, ToyLeague } from '../toy-league.fixture';
import { toyForm, toyPoints, toyTiers } from '../toy-processors.fixture';
import type { Processor } from '../definition/processor';
import { Daily, type DailyOutcome, type DailyRequest } from './daily';
import { PREDICTION_REQUEST } from './prediction-request';

/** 11:00 UTC is 07:00 in the east, after the morning's scrape. */
const morningOf = (date: string): string => `${date}T11:00:00Z`;
const TODAY = D4;
const YESTERDAY = '2024-10-25' as GameDate;

describe('a day', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
    // The first game has been loaded by a backfill; that of the 23rd was played last night.
    await schedule(D2);
    league.clock.set(morningOf(D3));
    await league.run({}, { startDate: D1, endDate: D1 });
    league.bus.published.length = 0;
  });
  afterEach(() => league.close());

  /** A schedule in which the games up to a date have been played, written that day. */
  async function schedule(lastPlayed: GameDate): Promise<void> {
    league.clock.set(`${lastPlayed}T10:00:00Z`);
    await league.scrapeSchedule(DATES.map((date) => [gameIdOn(date), date, date <= lastPlayed ? 3 : 1]));
    for (const date of DATES.filter((one) => one <= lastPlayed)) await league.scrape(date, linesOn(date));
  }
  const play = (request: Partial<DailyRequest> = {}): Promise<DailyOutcome> => {
    league.clock.advance(1000);
    return new Daily(league.parts).run({ trigger: 'spec', holder: 'spec', waitMs: 0, ...request });
  };
  const endings = ({ phases }: DailyOutcome, processor: Processor): string[] =>
    phases.flatMap(({ outcomes }) => outcomes).filter((one) => one.processor === processor).map(({ date, status }) => `${date} ${status}`);
  const requests = () => league.warehouse.query(`${sql`SELECT data_date, status, phase FROM ${processorRunHistory}`.text} WHERE processor_name = '${PREDICTION_REQUEST}' ORDER BY started_at`);
  const toldOfPredictions = () => league.bus.published.filter(({ topic }) => topic === 'nba-phase5-prediction-request');

  it('loads and sums up yesterday, computes what is known of today, and requests its predictions', async () => {
    const outcome = await play();
    expect(outcome).toMatchObject({ date: D3, interrupted: false, seasonsWithoutSchedule: [], prediction: { kind: 'requested', rows: 2 } });
    expect(endings(outcome, toyPoints)).toEqual([`${D2} success`]);
    expect(endings(outcome, toyTiers)).toContain(`${D3} success`);
    // Two teams with four rows before the day: two games of two players each.
    expect((await league.rows(toyTiers.table, D3)).map((row) => row['rows_so_far'])).toEqual([4, 4]);
    expect(await league.rows(toyPoints.table, D3)).toEqual([]);
    expect(await league.rows(toyForm.table, D3)).toEqual([]);
  });

  it('takes today from the clock, in US Eastern time', async () => {
    league.clock.set('2024-10-25T03:00:00Z');
    expect((await play()).date).toBe(D3);
  });

  it('publishes the request once, with the day and what its predictions are made from', async () => {
    const outcome = await play();
    const runId = outcome.prediction?.kind === 'requested' ? outcome.prediction.runId : '';
    expect(toldOfPredictions()).toMatchObject([{ processor: PREDICTION_REQUEST, phase: 5, runId, gameDates: [D3], outputTable: 'nba_precompute.toy_tiers', rowCount: 2, status: 'success' }]);
    expect(await requests()).toEqual([{ data_date: D3, status: 'success', phase: 5 }]);
    expect((await play()).prediction).toEqual({ kind: 'unchanged' });
    await league.run();
    expect(toldOfPredictions()).toHaveLength(1);
    expect(await requests()).toHaveLength(1);
  });

  it('requests again when what is known of the day has changed, and not when it has only been computed again', async () => {
    await play();
    await league.run({ phases: [4], force: true, backfillMode: false }, { date: D3 });
    expect((await play()).prediction).toEqual({ kind: 'unchanged' });
    // 30 points are a high tier, which the teams' next three days show.
    await league.scrape(D2, linesOn(D2, { 11: 30 }));
    const outcome = await play();
    expect((await league.rows(toyTiers.table, D3)).map((row) => row['highs_last_3_days'])).toEqual([1, 0]);
    expect(outcome.prediction).toMatchObject({ kind: 'requested', rows: 2 });
    expect(toldOfPredictions()).toHaveLength(2);
    expect(new Set(toldOfPredictions().map(({ runId }) => runId)).size).toBe(2);
  });

  it('knows the newest request when its clock stands still, or is behind', async () => {
    const before = league.clock.now().toISOString();
    league.clock.advance(60_000);
    await play();
    league.clock.set(before);
    await league.scrape(D2, linesOn(D2, { 11: 30 }));
    const behind = league.clock.now().toISOString();
    for (const kind of ['requested', 'unchanged', 'unchanged']) {
      league.clock.set(behind);
      expect((await play()).prediction).toMatchObject({ kind });
    }
  });

  it('waits while an input is not complete, says which, and requests once it is', async () => {
    await league.scrape(D2, 'no JSON');
    const waiting = await play();
    expect(waiting.prediction).toMatchObject({ kind: 'waiting', incomplete: [{ processor: { name: 'ToyTiersProcessor' }, unit: { date: D3 } }] });
    expect([await requests(), toldOfPredictions()]).toEqual([[], []]);
    await league.scrape(D2, linesOn(D2));
    expect((await play()).prediction).toMatchObject({ kind: 'requested' });
  });

  it('knows nothing of a document that is stamped later', async () => {
    // The box score of yesterday is corrected at noon; it is eleven.
    league.clock.set(`${D3}T12:00:00Z`);
    await league.scrape(D2, linesOn(D2, { 11: 30 }));
    league.clock.set(morningOf(D3));
    expect(endings(await play(), toyPoints)).toEqual([`${D2} success`]);
    expect((await league.rows(toyPoints.table, D2)).map((row) => row['points'])).toEqual([10, 12, 12, 14]);
    league.clock.set(`${D3}T12:30:00Z`);
    expect(endings(await play(), toyPoints)).toEqual([`${D2} success`]);
    expect((await league.rows(toyPoints.table, D2)).map((row) => row['points'])).toEqual([30, 12, 12, 14]);
  });

  it('refuses predictions for a day that is over, and makes its tables all the same', async () => {
    await schedule(D4);
    league.clock.set(morningOf(D5));
    await league.run({}, { startDate: D1, endDate: D2 });
    const outcome = await play({ date: D3 });
    expect(outcome.prediction).toEqual({ kind: 'past', today: D5 });
    expect(endings(outcome, toyTiers)).toContain(`${D3} success`);
    expect(toldOfPredictions()).toEqual([]);
  });

  it('requests nothing on a day without games, and loads the day before', async () => {
    await schedule(D3);
    league.clock.set(morningOf(YESTERDAY));
    const outcome = await play();
    expect(outcome).toMatchObject({ date: YESTERDAY, prediction: { kind: 'no-games' } });
    expect(endings(outcome, toyPoints)).toEqual([`${D3} success`]);
    expect(await requests()).toEqual([]);
  });

  it('refuses a day to come, and has done nothing', async () => {
    const before = await league.rows(toyTiers.table);
    await expect(play({ date: TODAY })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', fields: { field: '--date', date: TODAY } });
    await expect(play({ date: TODAY })).rejects.toThrow(`${TODAY} is still to come; today is ${D3}`);
    expect(await league.rows(toyTiers.table)).toEqual(before);
  });

  it('requests nothing when it is interrupted', async () => {
    const stop = new AbortController();
    stop.abort();
    expect(await play({ signal: stop.signal })).toMatchObject({ interrupted: true, prediction: undefined });
    expect(await requests()).toEqual([]);
  });

  describe('played in parts, with those who consume elsewhere', () => {
    let bus: ElsewhereBus;
    const part = (name: 'loadYesterday' | 'computeContexts' | 'requestPredictions', request: Partial<DailyRequest> = {}): Promise<DailyOutcome> => {
      league.clock.advance(1000);
      return new Daily({ ...league.parts, bus })[name]({ trigger: 'scheduler', holder: 'spec', waitMs: 0, ...request });
    };
    /** Those elsewhere answer everything. */
    const deliver = async (): Promise<void> => {
      for (let event = bus.waiting.shift(); event; event = bus.waiting.shift()) {
        league.clock.advance(1000);
        await new Reaction({ ...league.parts, bus }).react([event], { trigger: 'message', holder: 'spec' });
      }
    };
    beforeEach(() => {
      bus = new ElsewhereBus();
    });

    it('ends as the whole does, with what is in between left to others', async () => {
      const loaded = await part('loadYesterday');
      expect(loaded).toMatchObject({ date: D3, isLate: false, prediction: undefined });
      expect(loaded.phases.map(({ phase }) => phase)).toEqual([2]);
      expect(bus.published.filter(({ processor }) => processor === toyPoints.name)).toMatchObject([{ gameDates: [D2], processor: toyPoints.name }]);
      await deliver();
      const contexts = await part('computeContexts');
      expect(contexts.phases.map(({ phase }) => phase)).toEqual([3, 4]);
      await deliver();
      expect((await part('requestPredictions')).prediction).toMatchObject({ kind: 'requested', rows: 2 });
      expect(bus.published.at(-1)).toMatchObject({ topic: 'nba-phase5-prediction-request', gameDates: [D3] });
      expect((await part('requestPredictions')).prediction).toEqual({ kind: 'unchanged' });
      const tables = [await league.rows(toyPoints.table), await league.rows(toyForm.table), await league.rows(toyTiers.table)];
      await play();
      expect([await league.rows(toyPoints.table), await league.rows(toyForm.table), await league.rows(toyTiers.table)]).toEqual(tables);
    });

    it('requests nothing before its inputs are there, whichever part comes first', async () => {
      expect((await part('requestPredictions')).prediction).toMatchObject({ kind: 'waiting' });
      expect((await part('computeContexts')).phases.flatMap(({ outcomes }) => outcomes).map(({ status }) => status)).toContain('blocked');
      await part('loadYesterday');
      expect((await part('requestPredictions')).prediction).toMatchObject({ kind: 'waiting' });
      await deliver();
      await part('computeContexts');
      expect((await part('requestPredictions')).prediction).toMatchObject({ kind: 'requested' });
    });

    it('runs what a part triggers itself when nobody else does', async () => {
      league.clock.advance(1000);
      const outcome = await new Daily(league.parts).loadYesterday({ trigger: 'scheduler', holder: 'spec', waitMs: 0 });
      expect(endings(outcome, toyPoints)).toEqual([`${D2} success`]);
      expect(endings(outcome, toyForm)).toEqual([`${D2} success`]);
    });
  });
});
