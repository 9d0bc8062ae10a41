import { type Row, processorRunHistory, sql } from '@nba/kernel';
import { D1, D2, D3, D4, D5, D6, endings, ToyLeague } from '../toy-league.fixture';
import { toyForm, toyPoints, toyTiers } from '../toy-processors.fixture';

const HOUR_MS = 3_600_000;
const died = (window: string): string => `Upstream Failure — ToyPointsProcessor died while running for ${D3} (${window})`;

describe('a run that began and never ended', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    league.clock.advance(1000);
    await league.warehouse.append(processorRunHistory, [{
      processor_name: toyPoints.name, data_date: D3, run_id: 'died', phase: 2, attempt: 1, status: 'running', started_at: league.clock.now().toISOString(),
      output_table: 'nba_raw.toy_points', code_version: 'x', trigger: 'spec', correlation_id: 'c', skip_downstream_trigger: false,
    }]);
  });
  afterEach(() => league.close());

  const blockedRows = (): Promise<readonly Row[]> =>
    league.warehouse.query(`${sql`SELECT data_date, error_code, errors, blocked_by FROM ${processorRunHistory}`.text} WHERE status = 'blocked' AND phase = 3 ORDER BY data_date`);

  it.each([['at once', 0], ['after four hours', 4 * HOUR_MS], ['after five days', 120 * HOUR_MS]])('blocks its date and the windows that hold it: %s', async (_, later) => {
    league.clock.advance(later);
    const outcome = await league.run({ phases: [3], skipDownstreamTrigger: true });
    expect(endings(outcome, toyForm)).toEqual([...[D1, D2, D6].map((date) => `${date} success`), ...[D3, D4, D5].map((date) => `${date} blocked`)]);
    const reasons = outcome.phases[0]?.outcomes.filter(({ status }) => status === 'blocked').map((one) => one.reasons);
    expect(reasons).toMatchObject([D3, D4, D5].map(() => [{
      kind: 'upstream-failure', detail: 'died while running', table: 'nba_raw.toy_points', processor: 'ToyPointsProcessor', phase: 2, missingDates: [D3],
    }]));
    const why = (date: string, errors: string) => ({ data_date: date, error_code: 'UPSTREAM_FAILURE', errors, blocked_by: `ToyPointsProcessor:${D3}` });
    expect(await blockedRows()).toEqual([why(D3, died('the same game')), why(D4, died('last 2 games per player')), why(D5, died('last 2 games per player'))]);
  });

  it('is run again by the next run of its phase, which frees what waits for it', async () => {
    await league.run({ phases: [3], skipDownstreamTrigger: true });
    const outcome = await league.run({ phases: [2] });
    expect(endings(outcome, toyPoints)).toEqual([`${D3} success`]);
    await league.run({ phases: [3, 4] });
    expect(await league.rows(toyForm.table)).toHaveLength(24);
    expect(await league.rows(toyTiers.table)).toHaveLength(12);
    expect((await league.run()).phases.flatMap(({ outcomes }) => outcomes)).toEqual([]);
  });

  it('is at work while somebody holds its table, who is named, and has died when that ends', async () => {
    const answer = await league.warehouse.leases.acquire('nba_raw.toy_points', 'backfill phase2 (process 4711)', HOUR_MS);
    if (!answer.granted) throw new Error('the lease is taken');
    const waiting = await league.run({ phases: [3], skipDownstreamTrigger: true }, { dates: [D3, D4].join() });
    expect(waiting.phases[0]?.outcomes.map(({ date, status, reasons }) => [date, status, reasons.map(({ kind }) => kind)])).toEqual([
      [D3, 'blocked', ['upstream-running']], [D4, 'blocked', ['upstream-running']],
    ]);
    expect(waiting.phases[0]?.outcomes.flatMap(({ reasons }) => reasons)).toMatchObject([{ detail: 'backfill phase2 (process 4711)' }, { detail: 'backfill phase2 (process 4711)' }]);
    // What becomes of them is the other runner's to say.
    expect(await blockedRows()).toEqual([]);
    await league.warehouse.leases.release(answer.lease);
    const left = await league.run({ phases: [3], skipDownstreamTrigger: true }, { date: D3 });
    expect(left.phases[0]?.outcomes[0]?.reasons).toMatchObject([{ kind: 'upstream-failure', detail: 'died while running' }]);
  });

  it('counts as died when the lease on its table has run out without being renewed', async () => {
    await league.warehouse.leases.acquire('nba_raw.toy_points', 'backfill phase2 (process 4711)', HOUR_MS);
    league.clock.advance(HOUR_MS);
    const outcome = await league.run({ phases: [3], skipDownstreamTrigger: true }, { date: D3 });
    expect(outcome.phases[0]?.outcomes[0]?.reasons).toMatchObject([{ kind: 'upstream-failure', detail: 'died while running' }]);
  });

  it('is not at work because somebody writes another table', async () => {
    await league.warehouse.leases.acquire('nba_raw.nbac_schedule', 'backfill phase2 (process 4711)', HOUR_MS);
    const outcome = await league.run({ phases: [3], skipDownstreamTrigger: true }, { date: D3 });
    expect(outcome.phases[0]?.outcomes[0]?.reasons).toMatchObject([{ kind: 'upstream-failure', detail: 'died while running' }]);
  });
});
