import { processorRunHistory, sameDate, sql, type Row } from '@nba/kernel';
import type { ScopeOptions } from '@nba/schedule';
import { blocks, defineProcessor, reads, type Processor } from '../definition/processor';
import { D1, D2, D3, D4, D5, D6, DATES, endings, gameIdOn, linesOn, ToyLeague } from '../toy-league.fixture';
import { toyForm, toyPoints, toySchedule, toyTiers, TOY_PROCESSORS } from '../toy-processors.fixture';

const all = (status: string): string[] => DATES.map((date) => `${date} ${status}`);

describe('a backfill', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
  });
  afterEach(() => league.close());

  const history = (condition: string): Promise<readonly Row[]> => league.warehouse.query(`${sql`SELECT * FROM ${processorRunHistory}`.text} WHERE ${condition}`);

  it('makes every unit complete', async () => {
    const outcome = await league.run();
    expect(endings(outcome, toySchedule)).toEqual(['2024-10-01 success']);
    expect(endings(outcome, toyPoints)).toEqual(all('success'));
    expect(endings(outcome, toyForm)).toEqual(all('success'));
    expect(endings(outcome, toyTiers)).toEqual(all('success'));
    expect(outcome).toMatchObject({ interrupted: false, stoppedBefore: undefined });
    // Player 11 has 10 points in every game: nothing, one game, then two games before.
    const form = await league.rows(toyForm.table);
    expect(form.filter((row) => row['player_id'] === 11).map((row) => row['points_last_2'])).toEqual([null, 10, 20, 20, 20, 20]);
  });

  it('does nothing when nothing is to be done', async () => {
    await league.run();
    const replace = jest.spyOn(league.warehouse, 'replacePartitions');
    const append = jest.spyOn(league.warehouse, 'append');
    const published = league.bus.published.length;
    const outcome = await league.run();
    expect(outcome.phases.map(({ outcomes, alreadyComplete }) => [outcomes.length, alreadyComplete])).toEqual([[0, 7], [0, 6], [0, 6]]);
    expect(replace).not.toHaveBeenCalled();
    expect(append).not.toHaveBeenCalled();
    expect(league.bus.published).toHaveLength(published);
  });

  it('runs complete units again when forced, and finds that nothing changed', async () => {
    await league.run();
    const outcome = await league.run({ force: true, phases: [3] });
    expect(endings(outcome, toyForm)).toEqual(all('success'));
    expect(outcome.phases[0]?.outcomes.map(({ changes }) => changes)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('stores the same rows whatever the grouping', async () => {
    const dateByDate = await ToyLeague.open();
    await league.run();
    await dateByDate.run({ maxGroup: 1 });
    for (const { table } of TOY_PROCESSORS) {
      const rows = await league.rows(table);
      expect(rows.length).toBeGreaterThan(0);
      expect(await dateByDate.rows(table)).toEqual(rows);
    }
    await dateByDate.close();
  });

  it('makes no later date that was not asked for, ready as it may be', async () => {
    const outcome = await league.run({}, { startDate: D1, endDate: D3 });
    expect(endings(outcome, toyForm)).toEqual(all('success').slice(0, 3));
    expect(endings(outcome, toyTiers)).toEqual(all('success').slice(0, 3));
  });

  it('leaves the dates between those asked for alone', async () => {
    await league.run();
    for (const date of [D1, D3]) await league.scrape(date, linesOn(date, { 11: 30 }));
    const outcome = await league.run({ phases: [2] }, { dates: `${D1},${D3}` });
    expect(endings(outcome, toyPoints)).toEqual([`${D1} success`, `${D3} success`]);
    expect(await league.rows(toyPoints.table, D2)).toHaveLength(4);
  });

  it('groups dates with only off-days between them into one statement', async () => {
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    const replace = jest.spyOn(league.warehouse, 'replacePartitions');
    await league.run({ phases: [3], skipDownstreamTrigger: true }, { dates: `${D3},${D4}` });
    expect(replace.mock.calls.map(([{ range }]) => range)).toEqual([{ from: D3, to: D4 }]);
  });

  it('runs no unit after today, in US Eastern time', async () => {
    // 03:00 UTC on the 29th is still the evening of the 28th, whatever the lake says of the game of the 29th.
    league.clock.set('2024-10-29T03:00:00Z');
    await league.scrapeSchedule(DATES.map((date) => [gameIdOn(date), date, 3]));
    for (const date of DATES) await league.scrape(date, linesOn(date));
    const evening = await league.run();
    for (const processor of [toyPoints, toyForm, toyTiers]) {
      expect(endings(evening, processor)).toEqual([D1, D2, D3, D4, D5].map((date) => `${date} success`));
      expect(await league.rows(processor.table, D6)).toEqual([]);
    }
    // At 04:00 UTC it is midnight in New York.
    league.clock.set('2024-10-29T04:00:00Z');
    const midnight = await league.run();
    for (const processor of [toyPoints, toyForm, toyTiers]) expect(endings(midnight, processor)).toEqual([`${D6} success`]);
  });

  it('does not touch what is stored after today', async () => {
    await league.run();
    league.clock.set('2024-10-27T03:00:00Z');
    const outcome = await league.run({ phases: [3, 4] });
    expect(outcome.phases.flatMap(({ outcomes }) => outcomes)).toEqual([]);
    expect(await league.rows(toyForm.table, D6)).toHaveLength(4);
  });

  it('stops between two statements when it is told to, and goes on with the rest', async () => {
    const stop = new AbortController();
    const outcome = await league.run({ maxGroup: 1, signal: stop.signal }, undefined, ({ processor, range }) => {
      if (processor === toyPoints.name && range?.to === D2) stop.abort();
    });
    expect(outcome.interrupted).toBe(true);
    expect(endings(outcome, toyPoints)).toEqual([`${D1} success`, `${D2} success`]);
    expect(endings(outcome, toyForm)).toEqual([]);
    const resumed = await league.run();
    expect(endings(resumed, toyPoints)).toEqual(all('success').slice(2));
    expect(endings(resumed, toyForm)).toEqual(all('success'));
  });

  it('records what it read, by what, for whom', async () => {
    const path = await league.scrape(D3, linesOn(D3));
    await league.run({ trigger: 'the spec', skipDownstreamTrigger: true });
    const [raw, started, ...others] = await history(`processor_name = 'ToyPointsProcessor' AND data_date = '${D3}' ORDER BY started_at DESC`);
    expect(others).toEqual([]);
    // The start is dated just before the end, so that the newest row is how it ended.
    expect(started).toMatchObject({
      status: 'running', run_id: raw?.['run_id'], attempt: 1, finished_at: null, rows_stored: null, output_version: null, trigger: 'the spec', correlation_id: raw?.['correlation_id'],
    });
    expect(Date.parse(String(raw?.['started_at'])) - Date.parse(String(started?.['started_at']))).toBe(1);
    expect(raw).toMatchObject({
      phase: 2, attempt: 1, status: 'success', rows_stored: 4, rows_expected: 2, rows_missing: 0, output_table: 'nba_raw.toy_points', output_version: 1,
      input_versions: 'nba_raw.nbac_schedule:1', trigger: 'the spec', skip_downstream_trigger: true, coverage_gaps: null, error_code: null, errors: null,
    });
    expect(String(raw?.['source_documents']).split(',')).toEqual([expect.stringContaining(`player-boxscores/${D3}/`), path]);
    const [tiers] = await history(`processor_name = 'ToyTiersProcessor' AND data_date = '${D3}' AND status <> 'running'`);
    expect(tiers).toMatchObject({ phase: 4, input_versions: 'nba_analytics.toy_form:1,nba_raw.nbac_schedule:1', source_documents: null });
  });

  it('writes the history of a group of dates at once, however many they are', async () => {
    const [replace, append] = [jest.spyOn(league.warehouse, 'replacePartitions'), jest.spyOn(league.warehouse, 'append')];
    const calls = async (scope?: ScopeOptions): Promise<[replacements: number, appends: string[]]> => {
      for (const spy of [replace, append]) spy.mockClear();
      await league.run({ force: true }, scope);
      return [replace.mock.calls.length, append.mock.calls.map(([table]) => table.name)];
    };
    // Four processors: one line about the start of their units and one replacement each. Then one about what was taken up.
    const starts = TOY_PROCESSORS.map(() => 'processor_run_history');
    expect(await calls({ startDate: D1, endDate: D1 })).toEqual([4, [...starts, 'published_runs']]);
    expect(await calls({ startDate: D2, endDate: D6 })).toEqual([4, [...starts, 'published_runs']]);
    expect(await calls()).toEqual([4, starts]);
  });

  it('tells how far it is', async () => {
    const told: [string, number, number][] = [];
    await league.run({ phases: [2], skipDownstreamTrigger: true, maxGroup: 4 }, undefined, ({ processor, done, total }) => told.push([processor, done, total]));
    // When it is planned, after each statement, and once more when it has ended.
    expect(told.filter(([processor]) => processor === toyPoints.name).map(([, ...counts]) => counts)).toEqual([[1, 7], [5, 7], [7, 7], [7, 7]]);
  });

  it('runs one processor with all that it needs of its phase, and no other', async () => {
    await league.run({ phases: [2] });
    const outcome = await league.run({ phases: [2], processor: toySchedule, force: true, skipDownstreamTrigger: true });
    expect(endings(outcome, toySchedule)).toEqual(['2024-10-01 success']);
    expect(endings(outcome, toyPoints)).toEqual([]);
  });

  it('runs what the needed processors need themselves', async () => {
    const copyOf = (upstream: Processor, name: string): Processor =>
      defineProcessor({
        phase: 3, table: { ...toyForm.table, name }, games: 'final', upstreams: { form: reads(upstream, blocks(sameDate(), ['points', 'tier', 'points_last_2'])) },
        spine: ({ from, inRange }) => sql`SELECT game_date, game_id, player_id FROM ${from.form} AS f WHERE ${inRange('game_date')}`,
        query: ({ from, inRange }) => sql`SELECT * FROM ${from.form} AS f WHERE ${inRange('game_date')}`,
      });
    const second = copyOf(toyForm, 'second_form');
    const third = copyOf(second, 'third_form');
    const chained = await ToyLeague.open([...TOY_PROCESSORS, third, second, copyOf(third, 'unasked_form')]);
    await chained.run({ phases: [2], skipDownstreamTrigger: true });
    const outcome = await chained.run({ phases: [3], processor: third, skipDownstreamTrigger: true });
    await chained.close();
    expect([...new Set(outcome.phases.flatMap(({ outcomes }) => outcomes).map(({ processor }) => processor.table.name))]).toEqual(['toy_form', 'second_form', 'third_form']);
    expect(endings(outcome, third)).toEqual(all('success'));
  });

  describe('whose downstream trigger is skipped', () => {
    it('publishes nothing, and checks as ever', async () => {
      await league.scrape(D3, 'no JSON');
      const outcome = await league.run({ phases: [2, 3], skipDownstreamTrigger: true });
      expect(league.bus.published).toEqual([]);
      expect(outcome.phases.map(({ phase }) => phase)).toEqual([2, 3]);
      // Two games before are read: the date itself and the next two wait.
      expect(endings(outcome, toyForm).filter((ending) => ending.endsWith('blocked'))).toHaveLength(3);
    });
  });

  describe('of Phase 2 alone', () => {
    it('makes up for what an earlier run left undone between its rows and its events', async () => {
      const stop = new AbortController();
      const stopped = await league.run({ phases: [2], maxGroup: 1, signal: stop.signal }, undefined, ({ processor, range }) => {
        if (processor === toyPoints.name && range?.to === D4) stop.abort();
      });
      expect(endings(stopped, toyForm)).toEqual([]);
      const resumed = await league.run({ phases: [2] });
      expect(endings(resumed, toyPoints)).toEqual(all('success').slice(4));
      expect(endings(resumed, toyForm)).toEqual(all('success'));
      expect(endings(resumed, toyTiers)).toEqual(all('success'));
    });

    it('triggers nothing when it has made nothing new, whatever the phases after it lack', async () => {
      await league.run({ phases: [2], skipDownstreamTrigger: true });
      const outcome = await league.run({ phases: [2] }, { startDate: D1, endDate: D4 });
      expect(outcome.phases.map(({ phase, outcomes }) => [phase, outcomes])).toEqual([[2, []]]);
      expect(league.bus.published).toEqual([]);
      expect(await league.rows(toyForm.table)).toEqual([]);
    });

    it('is followed by Phases 3 and 4 through their events', async () => {
      const outcome = await league.run({ phases: [2] });
      expect(outcome.phases.map(({ phase, cause }) => `${phase} ${cause}`)).toEqual(['2 request', '3 cascade', '4 cascade']);
      expect(endings(outcome, toyTiers)).toEqual(all('success'));
      expect(league.bus.published.map(({ topic, processor }) => `${topic} ${processor}`)).toEqual([
        'nba-phase2-raw-complete NbacScheduleProcessor',
        'nba-phase2-raw-complete ToyPointsProcessor',
        'nba-phase3-analytics-complete ToyFormProcessor',
        'nba-phase4-precompute-complete ToyTiersProcessor',
      ]);
    });
  });
});
