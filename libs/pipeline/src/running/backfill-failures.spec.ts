import { NbaError, processorRunHistory, sql, type Row } from '@nba/kernel';
import { D1, D2, D3, D4, D5, D6, DATES, endings, linesOn, ToyLeague } from '../toy-league.fixture';
import { toyForm, toyPoints, toyTiers, type ToyLine } from '../toy-processors.fixture';

const succeeded = (...dates: string[]): string[] => dates.map((date) => `${date} success`);
/** Every unit has a row for its start as well. */
const ENDED = `status <> 'running'`;
const failedOn = (date: string, window: string): string => `Upstream Failure — ToyPointsProcessor failed for ${date} (${window})`;
const blocked = (...dates: string[]): string[] => dates.map((date) => `${date} blocked`);

describe('a backfill in which something is wrong', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
  });
  afterEach(() => league.close());

  const history = (condition: string): Promise<readonly Row[]> =>
    league.warehouse.query(`${sql`SELECT * FROM ${processorRunHistory}`.text} WHERE ${condition} ORDER BY started_at`);

  it('leaves a stored partition as it was when the newer document is bad, and says so', async () => {
    await league.run();
    const path = await league.scrape(D3, 'no JSON');
    const outcome = await league.run({ phases: [2] });
    expect(endings(outcome, toyPoints)).toEqual([`${D3} failed`]);
    expect(outcome.phases[0]?.outcomes[0]).toMatchObject({ fault: `${path} is no JSON`, findings: [{ code: 'DOCUMENT_INVALID' }] });
    expect(await league.rows(toyPoints.table, D3)).toHaveLength(4);
    expect((await history(`processor_name = 'ToyPointsProcessor' AND data_date = '${D3}'`)).at(-1)).toMatchObject({
      status: 'failed', error_code: 'DOCUMENT_INVALID', errors: `${path} is no JSON`, rows_stored: null, output_version: null,
    });
    await league.scrape(D3, linesOn(D3));
    expect(endings(await league.run(), toyPoints)).toEqual(succeeded(D3));
  });

  it('calls a unit failed whose document is gone from under it, and lands the others', async () => {
    const path = await league.scrape(D3, linesOn(D3));
    const read = league.lake.read.bind(league.lake);
    jest.spyOn(league.lake, 'read').mockImplementation((ref) => {
      if (ref.path === path) league.lake.remove(path);
      return read(ref);
    });
    const outcome = await league.run({ phases: [2] });
    expect(endings(outcome, toyPoints)).toEqual(DATES.map((date) => `${date} ${date === D3 ? 'failed' : 'success'}`));
    expect((await history(`status = 'failed'`)).map((row) => row['error_code'])).toEqual(['LAKE_UNREADABLE']);
  });

  it('blocks what reads a missing date, and runs all else (skip-dependents)', async () => {
    await league.scrape(D3, 'no JSON');
    const outcome = await league.run();
    // Two games are read before the date, and the date itself: a hole on the third date blocks the third to fifth.
    expect(endings(outcome, toyForm)).toEqual([...succeeded(D1, D2, D6), ...blocked(D3, D4, D5)]);
    // The three days before: the 26th sees the 24th, the 28th the 26th, the 29th both the 26th and the 28th.
    expect(endings(outcome, toyTiers)).toEqual([...succeeded(D1, D2, D3), ...blocked(D4, D5, D6)]);
    const [form] = outcome.phases[1]?.outcomes.filter(({ date, status }) => date === D4 && status === 'blocked') ?? [];
    expect(form?.reasons).toEqual([
      {
        kind: 'upstream-failure', detail: 'failed', table: 'nba_raw.toy_points', processor: 'ToyPointsProcessor', phase: 2,
        window: { kind: 'games', count: 2, per: 'player' }, missingDates: [D3], missingGames: [],
      },
    ]);
    expect(await history(`status = 'blocked' AND data_date = '${D4}' AND phase = 3`)).toMatchObject([
      { error_code: 'UPSTREAM_FAILURE', errors: failedOn(D3, 'last 2 games per player'), blocked_by: `ToyPointsProcessor:${D3}` },
    ]);
    await league.scrape(D3, linesOn(D3));
    const repaired = await league.run();
    expect(endings(repaired, toyForm)).toEqual(succeeded(D3, D4, D5));
    expect(endings(repaired, toyTiers)).toEqual(succeeded(D4, D5, D6));
    expect((await league.run()).phases.flatMap(({ outcomes }) => outcomes)).toEqual([]);
  });

  it('runs them beside the gaps when told to continue, and records the gaps', async () => {
    await league.scrape(D3, 'no JSON');
    const outcome = await league.run({ failurePolicy: 'continue' });
    expect(endings(outcome, toyForm)).toEqual([D1, D2, D3, D4, D5, D6].map((date) => (date === D3 ? `${date} partial` : `${date} success`)));
    const rows = await history(`processor_name = 'ToyFormProcessor' AND ${ENDED} ORDER BY data_date --`);
    expect(rows.map((row) => row['coverage_gaps'])).toEqual([
      null, null, failedOn(D3, 'the same game'), failedOn(D3, 'last 2 games per player'), failedOn(D3, 'last 2 games per player'), null,
    ]);
  });

  it('does the same without strict mode', async () => {
    await league.scrape(D3, 'no JSON');
    expect(endings(await league.run({ strictMode: false }), toyForm).filter((ending) => ending.endsWith('blocked'))).toEqual([]);
    const gaps = await history(`processor_name = 'ToyFormProcessor' AND ${ENDED} AND coverage_gaps IS NOT NULL`);
    expect(Object.fromEntries(gaps.map((row) => [row['data_date'], row['coverage_gaps']]))).toEqual({
      [D3]: failedOn(D3, 'the same game'), [D4]: failedOn(D3, 'last 2 games per player'), [D5]: failedOn(D3, 'last 2 games per player'),
    });
  });

  it('runs no later phase when told to stop', async () => {
    await league.scrape(D3, 'no JSON');
    const outcome = await league.run({ failurePolicy: 'stop' });
    expect(outcome.phases.map(({ phase }) => phase)).toEqual([2]);
    expect(outcome.stoppedBefore).toBe(3);
    expect(await league.rows(toyForm.table)).toEqual([]);
  });

  it('stops before a phase of the cascade too', async () => {
    await league.scrape(D3, 'no JSON');
    expect(await league.run({ failurePolicy: 'stop', phases: [2] })).toMatchObject({ stoppedBefore: 3, phases: [{ phase: 2 }] });
  });

  it('records the coverage of an informing window without blocking on it', async () => {
    await league.scrape(D1, 'no JSON');
    await league.run();
    // On the 29th the season so far lacks the 22nd to 24th (each blocked or failed), its three days are whole.
    const [row] = await history(`processor_name = 'ToyTiersProcessor' AND data_date = '${D6}' AND ${ENDED}`);
    expect(row).toMatchObject({
      status: 'success', coverage_gaps: `nba_analytics.toy_form, season so far per team: 2 of 5 dates (without ${D1}, ${D2}, ${D3})`,
    });
    await league.scrape(D1, linesOn(D1));
    expect(endings(await league.run(), toyTiers)).toContain(`${D6} success`);
    expect((await league.rows(toyTiers.table, D6)).map((one) => one['rows_so_far'])).toEqual([10, 10]);
  });

  it('halves a group until the unit at fault stands alone, and lands the others', async () => {
    await league.scrape(D4, linesOn(D4, { 12: 666 }));
    const outcome = await league.run();
    expect(endings(outcome, toyForm).sort()).toEqual(DATES.map((date) => `${date} ${date === D4 ? 'failed' : 'success'}`));
    const [failed] = await history(`status = 'failed'`);
    expect(failed).toMatchObject({ processor_name: 'ToyFormProcessor', data_date: D4, error_code: 'WAREHOUSE_STATEMENT_FAILED' });
    expect(failed?.['errors']).toContain('too many');
  });

  it('runs and tells every unit of a group once, when one document is bad and the rows of another cannot be stored', async () => {
    await league.scrape(D3, 'no JSON');
    await league.scrape(D5, linesOn(D5).map(([game, team, player, , assists]) => [game, team, player, 'ten', assists] as unknown as ToyLine));
    const outcome = await league.run({ phases: [2] });
    expect(endings(outcome, toyPoints)).toEqual([...succeeded(D1, D2), `${D3} failed`, `${D4} success`, `${D5} failed`, `${D6} success`]);
    expect(await history(`processor_name = 'ToyPointsProcessor' AND ${ENDED}`)).toHaveLength(6);
    expect(await history(`processor_name = 'ToyPointsProcessor' AND status = 'running'`)).toHaveLength(6);
    const told = league.bus.published.find(({ processor }) => processor === toyPoints.name);
    expect(told?.gameDates).toEqual([D1, D2, D4, D6]);
  });

  it('stores what there is of a unit that lacks a team, and calls it partial', async () => {
    await league.scrape(D3, linesOn(D3).filter(([, team]) => team === 1));
    const outcome = await league.run({ phases: [2] });
    expect(outcome.phases[0]?.outcomes.find(({ date }) => date === D3)).toMatchObject({ status: 'partial', rows: 2, expected: 2, missing: 1 });
    expect(endings(outcome, toyForm)).toContain(`${D1} success`);
    expect(endings(await league.run({ phases: [2] }), toyPoints)).toEqual([`${D3} partial`]);
  });

  it('does not swallow a fault that is no error of ours', async () => {
    jest.spyOn(league.lake, 'read').mockRejectedValue(new TypeError('a bug'));
    await expect(league.run()).rejects.toThrow('a bug');
  });

  it('leaves alone what is stored of a season whose schedule is lost, and says so', async () => {
    await league.run();
    await league.warehouse.query('DELETE FROM nba_raw.nbac_schedule WHERE TRUE');
    const before = await league.rows(toyTiers.table);
    const outcome = await league.run({ phases: [3, 4], force: true });
    expect(outcome.phases.flatMap(({ outcomes }) => outcomes)).toEqual([]);
    expect(outcome.seasonsWithoutSchedule).toEqual(['2024-25']);
    expect(await league.rows(toyTiers.table)).toEqual(before);
  });

  describe('for a moment', () => {
    const away = (): NbaError => new NbaError('WAREHOUSE_UNAVAILABLE', 'the warehouse is busy');

    /** Lets the first writes of toy form fail. */
    function failWritesOfForm(times: number, fault: () => NbaError) {
      const write = league.warehouse.replacePartitions.bind(league.warehouse);
      const tried: (readonly [from: string, to: string])[] = [];
      jest.spyOn(league.warehouse, 'replacePartitions').mockImplementation((replacement, lease) => {
        if (replacement.table !== toyForm.table) return write(replacement, lease);
        tried.push([replacement.range.from, replacement.range.to]);
        return tried.length <= times ? Promise.reject(fault()) : write(replacement, lease);
      });
      return tried;
    }

    it('is written at the second attempt when the warehouse was busy once, in one piece', async () => {
      const tried = failWritesOfForm(1, away);
      expect(endings(await league.run(), toyForm)).toEqual(succeeded(...DATES));
      expect(tried).toEqual([[D1, D6], [D1, D6]]);
      const rows = await history(`processor_name = 'ToyFormProcessor' AND ${ENDED}`);
      expect(rows.map(({ status, attempt }) => [status, attempt])).toEqual(DATES.map(() => ['success', 2]));
      expect(new Set((await history(`processor_name = 'ToyFormProcessor'`)).map((row) => row['run_id'])).size).toBe(1);
    });

    it('fails whole after three attempts when it stays busy, is not halved, and runs when it is back', async () => {
      const tried = failWritesOfForm(3, away);
      const began = league.clock.now().getTime();
      const outcome = await league.run();
      expect(endings(outcome, toyForm)).toEqual(DATES.map((date) => `${date} failed`));
      expect(tried).toEqual([[D1, D6], [D1, D6], [D1, D6]]);
      // A second for the run itself; then pauses of at most half a second and two seconds.
      const pausedMs = league.clock.now().getTime() - began - 1000;
      expect(pausedMs).toBeGreaterThanOrEqual(1250);
      expect(pausedMs).toBeLessThanOrEqual(2500);
      const rows = await history(`processor_name = 'ToyFormProcessor' AND ${ENDED}`);
      expect(rows.map(({ status, attempt, error_code: code }) => [status, attempt, code])).toEqual(DATES.map(() => ['failed', 3, 'WAREHOUSE_UNAVAILABLE']));
      expect(rows[0]?.['errors']).toContain('the warehouse is busy');
      expect(endings(outcome, toyTiers)).toEqual([...succeeded(D1), ...blocked(D2, D3, D4, D5, D6)]);
      const repaired = await league.run();
      expect([endings(repaired, toyForm), endings(repaired, toyTiers)]).toEqual([succeeded(...DATES), succeeded(D2, D3, D4, D5, D6)]);
    });

    it('reads a document again when the lake was away once', async () => {
      const path = await league.scrape(D3, linesOn(D3));
      const read = league.lake.read.bind(league.lake);
      let tried = 0;
      jest.spyOn(league.lake, 'read').mockImplementation((ref) =>
        ref.path === path && ++tried === 1 ? Promise.reject(new NbaError('LAKE_UNAVAILABLE', 'the lake is away')) : read(ref));
      expect(endings(await league.run({ phases: [2] }), toyPoints)).toEqual(succeeded(...DATES));
      expect(tried).toBe(2);
    });

    it('fails the one unit whose document cannot be had in three attempts, and keeps what is stored of it', async () => {
      await league.run();
      const path = await league.scrape(D3, linesOn(D3, { 11: 25 }));
      const read = league.lake.read.bind(league.lake);
      let tried = 0;
      const away = jest.spyOn(league.lake, 'read').mockImplementation((ref) => {
        if (ref.path !== path) return read(ref);
        tried += 1;
        return Promise.reject(new NbaError('LAKE_UNAVAILABLE', 'the lake is away'));
      });
      expect(endings(await league.run({ phases: [2] }), toyPoints)).toEqual([`${D3} failed`]);
      expect(tried).toBe(3);
      expect((await history(`status = 'failed'`)).map((row) => row['error_code'])).toEqual(['LAKE_UNAVAILABLE']);
      expect((await league.rows(toyPoints.table, D3)).map((row) => row['points'])).toEqual([10, 12, 12, 14]);
      away.mockRestore();
      expect(endings(await league.run({ phases: [2] }), toyPoints)).toEqual(succeeded(D3));
    });

    it('ends the command when its table was given to another runner meanwhile: nothing is stored, nothing called failed', async () => {
      const read = league.lake.read.bind(league.lake);
      jest.spyOn(league.lake, 'read').mockImplementation(async (ref) => {
        if (ref.kind === 'player-boxscores' && ref.partition === D1) {
          // The machine slept for longer than a lease.
          league.clock.advance(3_600_000);
          await league.warehouse.leases.acquire('nba_raw.toy_points', 'backfill phase2 (process 4711)', 60_000);
        }
        return read(ref);
      });
      await expect(league.run()).rejects.toMatchObject({ code: 'LEASE_LOST', message: expect.stringContaining('backfill phase2 (process 4711)') });
      expect(await league.rows(toyPoints.table)).toEqual([]);
      expect(await history(`processor_name = 'ToyPointsProcessor' AND ${ENDED}`)).toEqual([]);
      expect(await league.warehouse.leases.held()).toMatchObject([{ table: 'nba_raw.toy_points', holder: 'backfill phase2 (process 4711)' }]);
    });
  });
});
