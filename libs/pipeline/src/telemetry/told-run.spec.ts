import { NbaError, type RunEnd, type RunFacts, type RunListener } from '@nba/kernel';
import { D3, DATES, ToyLeague, linesOn } from '../toy-league.fixture';

/** Remembers what it is told, as `started toy_form` and `complete toy_form`. */
class Listening implements RunListener {
  readonly told: string[] = [];
  readonly runs: RunFacts[] = [];
  readonly ends: RunEnd[] = [];

  started(run: RunFacts): void {
    this.told.push(`started ${run.output.name}`);
    this.runs.push(run);
  }

  ended({ output }: RunFacts, end: RunEnd): void {
    this.told.push(`${end.kind} ${output.name}`);
    this.ends.push(end);
  }
}

describe('whoever listens to runs', () => {
  let league: ToyLeague;
  let listener: Listening;
  beforeEach(async () => {
    league = await ToyLeague.open();
    listener = new Listening();
  });
  afterEach(() => league.close());

  it('is told of every run that it starts and how it ends, and of none when there is nothing to do', async () => {
    await league.run({}, undefined, undefined, { listener });
    const tables = ['nbac_schedule', 'toy_points', 'toy_form', 'toy_tiers'];
    expect(listener.told).toEqual(tables.flatMap((table) => [`started ${table}`, `complete ${table}`]));
    // Two lines for each of two teams on six dates.
    expect(listener.ends[1]).toMatchObject({ rows: 24, fault: null });
    const [, points, form] = listener.runs;
    expect(points).toMatchObject({ documents: 'player-boxscores', sql: null, dates: { from: DATES[0], to: DATES.at(-1) }, units: 6 });
    expect(form?.inputs.map(({ table, columns }) => [table.name, columns])).toEqual([['toy_points', ['game_id', 'game_date', 'player_id', 'points']]]);
    expect(form?.sql).toContain('points_last_2');
    await league.run({}, undefined, undefined, { listener });
    expect(listener.runs).toHaveLength(4);
  });

  it('is told why units failed', async () => {
    await league.scrape(D3, linesOn(D3, { 11: 666 }));
    await league.run({}, undefined, undefined, { listener });
    const failed = listener.ends.filter(({ kind }) => kind === 'failed');
    expect(failed).toMatchObject([{ fault: expect.stringContaining(`${D3}: `) }]);
    // The five other dates have landed.
    expect(failed[0]?.rows).toBe(20);
  });

  it('is told of those that never came to their turn', async () => {
    const interruption = new AbortController();
    const stopAtFirst = ({ range, processor }: { range: unknown; processor: string }) => range && processor === 'ToyPointsProcessor' && interruption.abort();
    await league.run({ maxGroup: 1, signal: interruption.signal }, undefined, stopAtFirst, { listener });
    expect(listener.told.filter((text) => text.endsWith('toy_points'))).toEqual([...DATES.map(() => 'started toy_points'), 'complete toy_points', ...DATES.slice(1).map(() => 'aborted toy_points')]);
  });

  it('is told of those that a fault kept from their turn', async () => {
    const replace = league.warehouse.replacePartitions.bind(league.warehouse);
    const taken = new NbaError('LEASE_LOST', 'another has it');
    jest.spyOn(league.warehouse, 'replacePartitions').mockImplementation((what, lease) => (what.table.name === 'toy_points' ? Promise.reject(taken) : replace(what, lease)));
    const ended = league.run({ maxGroup: 1 }, undefined, undefined, { listener });
    await expect(ended).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(listener.told.filter((text) => text.endsWith('toy_points'))).toEqual([...DATES.map(() => 'started toy_points'), 'failed toy_points', ...DATES.slice(1).map(() => 'aborted toy_points')]);
    expect(listener.ends.at(-1)?.fault).toContain('another has it');
  });

  it('does no harm when it throws', async () => {
    const broken: RunListener = { started: () => { throw new Error('no'); }, ended: () => { throw new Error('no'); } };
    const outcome = await league.run({}, undefined, undefined, { listener: broken });
    expect(outcome.phases.flatMap(({ outcomes }) => outcomes).every(({ status }) => status === 'success')).toBe(true);
  });
});
