import { type GameDate, type Row, processorRunHistory, sql } from '@nba/kernel';
import { D1, D2, D3, D4, D5, D6, ToyLeague, endings } from '../toy-league.fixture';
import { toyForm, toyPoints, toyTiers } from '../toy-processors.fixture';

describe('units that were meant to run and did not', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
  });
  afterEach(() => league.close());

  const recorded = (processor: string, status: string): Promise<readonly Row[]> =>
    league.warehouse.query(`${sql`SELECT data_date, run_id, errors FROM ${processorRunHistory}`.text} WHERE processor_name = '${processor}' AND status = '${status}' ORDER BY data_date`);
  const datesOf = (rows: readonly Row[]): GameDate[] => rows.map((row) => row['data_date'] as GameDate);

  describe('when a run date by date is interrupted', () => {
    beforeEach(async () => {
      const stop = new AbortController();
      await league.run({ maxGroup: 1, signal: stop.signal }, undefined, ({ processor, range }) => {
        if (processor === toyPoints.name && range?.to === D2) stop.abort();
      });
    });

    it('are recorded as skipped, each under the run that had begun for it', async () => {
      const [began, skipped] = [await recorded(toyPoints.name, 'running'), await recorded(toyPoints.name, 'skipped')];
      expect(datesOf(began)).toEqual([D1, D2, D3, D4, D5, D6]);
      expect(datesOf(skipped)).toEqual([D3, D4, D5, D6]);
      expect(skipped.map((row) => row['run_id'])).toEqual(began.slice(2).map((row) => row['run_id']));
      expect(skipped[0]?.['errors']).toBe('interrupted before its turn');
    });

    it('are run by the next run, and those that had ended are not', async () => {
      expect(endings(await league.run(), toyPoints)).toEqual([D3, D4, D5, D6].map((date) => `${date} success`));
      expect((await league.run()).phases.flatMap(({ outcomes }) => outcomes)).toEqual([]);
    });
  });

  it('record their start once for a month of dates, and under a run each', async () => {
    const append = jest.spyOn(league.warehouse, 'append');
    await league.run({ phases: [2], maxGroup: 1, skipDownstreamTrigger: true });
    const starts = append.mock.calls.filter(([table, rows]) => table === processorRunHistory && rows.some((row) => row['status'] === 'running'));
    // The season's schedule, and the six dates.
    expect(starts.map(([, rows]) => rows.length)).toEqual([1, 6]);
    expect(new Set(starts[1]?.[1].map((row) => row['run_id'])).size).toBe(6);
  });

  it('are recorded for the phases that the policy stop keeps from running, and run once the cause is repaired', async () => {
    await league.scrape(D3, 'no JSON');
    const outcome = await league.run({ failurePolicy: 'stop' });
    expect(outcome.stoppedBefore).toBe(3);
    for (const { name } of [toyForm, toyTiers]) {
      const skipped = await recorded(name, 'skipped');
      expect(datesOf(skipped)).toEqual([D1, D2, D3, D4, D5, D6]);
      expect(skipped[0]?.['errors']).toBe('not run: what comes before it is not complete, and the failure policy is stop');
    }
    await league.scrape(D3, [['0022400003', 1, 11, 10, 5], ['0022400003', 2, 21, 12, 5]]);
    expect(endings(await league.run({ failurePolicy: 'stop' }), toyTiers)).toEqual([D1, D2, D3, D4, D5, D6].map((date) => `${date} success`));
  });

  it('are not recorded by the policy stop where rows are there already, though stale', async () => {
    await league.run();
    await league.scrape(D4, [['0022400004', 1, 11, 30, 5], ['0022400004', 2, 21, 12, 5]]);
    await league.scrape(D5, 'no JSON');
    await league.run({ failurePolicy: 'stop' });
    // The 28th has no points, and the 29th looks back at it: these would have waited. The others hold the rows they held.
    expect(datesOf(await recorded(toyForm.name, 'skipped'))).toEqual([D5, D6]);
    await league.scrape(D5, [['0022400005', 1, 11, 30, 5], ['0022400005', 2, 21, 12, 5]]);
    const repaired = await league.run();
    expect(endings(repaired, toyForm)).toContain(`${D4} success`);
  });
});
