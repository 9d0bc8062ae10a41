import { NbaError, type Row, column, defineTable, processorRunHistory, seasonSoFar, sql } from '@nba/kernel';
import { defineProcessor, informs, reads } from '../definition/processor';
import { D1, D2, D3, D4, D6, DATES, endings, linesOn, ToyLeague } from '../toy-league.fixture';
import { toyForm, toySchedule, TOY_PROCESSORS } from '../toy-processors.fixture';

/** Rows of form before a date: nothing short is read, so by its windows alone it may always run. */
const toySeasons = defineProcessor({
  phase: 4,
  table: defineTable({
    dataset: 'nba_precompute', name: 'toy_seasons', description: 'A game and the season before it.', key: ['game_id'],
    columns: { game_id: column.text('game'), game_date: column.date('date'), season: column.text('season'), rows_before: column.integer('rows of form before') },
  }),
  upstreams: { schedule: reads(toySchedule, { reach: { kind: 'same-date', per: 'game' }, effect: 'blocks', columns: [] }), form: reads(toyForm, informs(seasonSoFar('league'), [])) },
  games: 'scheduled',
  spine: ({ from, inRange }) => sql`SELECT game_date, game_id FROM ${from.schedule} AS s WHERE ${inRange('game_date')}`,
  query: ({ from, inRange }) => sql`SELECT s.game_id, s.game_date, s.season, COUNT(f.player_id) AS rows_before
    FROM ${from.schedule} AS s LEFT JOIN ${from.form} AS f ON f.season = s.season AND f.game_date < s.game_date
    WHERE ${inRange('s.game_date')} GROUP BY s.game_id, s.game_date, s.season`,
});

const GAPS = `nba_analytics.toy_form, season so far per league: 2 of 3 dates (without ${D3})`;

describe('strict mode', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open([...TOY_PROCESSORS, toySeasons]);
  });
  afterEach(() => league.close());

  const ended = (date: string, processor = toySeasons): Promise<readonly Row[]> => league.warehouse.query(
    `${sql`SELECT status, coverage_gaps, error_code, errors, blocked_by FROM ${processorRunHistory}`.text} WHERE processor_name = '${processor.name}' AND data_date = '${date}' AND status <> 'running'`,
  );

  describe('after a game date whose form failed', () => {
    beforeEach(async () => {
      // Toy form cannot bear 666 points.
      await league.scrape(D3, linesOn(D3, { 11: 666 }));
      const outcome = await league.run({ phases: [2, 3], skipDownstreamTrigger: true });
      expect(endings(outcome, toyForm).filter((ending) => ending.endsWith('failed'))).toEqual([`${D3} failed`]);
    });
    const runOf = async (date: string, options: { strictMode?: boolean; backfillMode?: boolean }) =>
      endings(await league.run({ phases: [2, 3, 4], skipDownstreamTrigger: true, ...options }, { date }), toySeasons);

    it('blocks a single date whose windows are whole, and says so', async () => {
      expect(await runOf(D4, { backfillMode: false })).toEqual([`${D4} blocked`]);
      expect(await ended(D4)).toEqual([{
        status: 'blocked', coverage_gaps: null, error_code: 'UPSTREAM_FAILURE', errors: `Upstream Failure — ToyFormProcessor failed for ${D3} (the game date before)`,
        blocked_by: `ToyFormProcessor:${D3}`,
      }]);
    });

    it('looks at the game date before, not at all that failed once', async () => {
      expect(await runOf(D6, { backfillMode: false })).toEqual([`${D6} success`]);
    });

    it('does not block it in backfill mode, and records what it lacked', async () => {
      expect(await runOf(D4, { backfillMode: true })).toEqual([`${D4} success`]);
      expect(await ended(D4)).toMatchObject([{ status: 'success', coverage_gaps: GAPS }]);
    });

    it('does not block it when switched off, and records what it lacked', async () => {
      expect(await runOf(D4, { backfillMode: false, strictMode: false })).toEqual([`${D4} success`]);
      expect(await ended(D4)).toMatchObject([{ status: 'success', coverage_gaps: GAPS, error_code: null }]);
    });

    it('lets the date run once what blocked it is repaired, by itself', async () => {
      await runOf(D4, { backfillMode: false });
      await league.scrape(D3, linesOn(D3));
      const outcome = await league.run({ phases: [2], backfillMode: false }, { date: D3 });
      expect(endings(outcome, toySeasons)).toContain(`${D4} success`);
    });
  });

  it('does not block opening night, nor a date after one that has simply not been run', async () => {
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    for (const date of [D1, D2]) {
      const outcome = await league.run({ phases: [4], backfillMode: false, skipDownstreamTrigger: true, processor: toySeasons }, { date });
      expect(endings(outcome, toySeasons)).toEqual([`${date} success`]);
    }
  });
});

describe('a guard that cannot look at what is upstream', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
    await league.run({ phases: [2], skipDownstreamTrigger: true });
  });
  afterEach(() => league.close());

  function failReadsOfPoints(fault: Error) {
    const query = league.warehouse.query.bind(league.warehouse);
    return jest.spyOn(league.warehouse, 'query').mockImplementation((text, parameters) =>
      /COUNT\(\*\) AS rows_stored FROM \S*toy_points/.test(text) ? Promise.reject(fault) : query(text, parameters));
  }

  it('blocks every unit that would run, and lets them run when it can', async () => {
    const broken = failReadsOfPoints(new NbaError('WAREHOUSE_UNAVAILABLE', 'the warehouse is busy'));
    const outcome = await league.run({ phases: [3], skipDownstreamTrigger: true });
    expect(broken).toHaveBeenCalled();
    expect(endings(outcome, toyForm)).toEqual(DATES.map((date) => `${date} blocked`));
    expect(outcome.phases[0]?.outcomes.map(({ reasons }) => reasons)).toEqual(DATES.map(() => [{ kind: 'guard-failed', error: 'the warehouse is busy' }]));
    const recorded = await league.warehouse.query(`${sql`SELECT DISTINCT error_code, errors, blocked_by FROM ${processorRunHistory}`.text} WHERE status = 'blocked'`);
    expect(recorded).toEqual([{ error_code: 'GUARD_FAILED', errors: 'Guard Failed — what is upstream could not be looked at: the warehouse is busy', blocked_by: null }]);
    expect(await league.rows(toyForm.table)).toEqual([]);
    broken.mockRestore();
    expect(endings(await league.run({ phases: [3], skipDownstreamTrigger: true }), toyForm)).toEqual(DATES.map((date) => `${date} success`));
  });

  it('does not hide a bug', async () => {
    failReadsOfPoints(new TypeError('a bug'));
    await expect(league.run({ phases: [3] })).rejects.toThrow('a bug');
  });
});
