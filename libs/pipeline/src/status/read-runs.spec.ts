import { D3, D6, ToyLeague, linesOn } from '../toy-league.fixture';
import { toyForm, toyPoints } from '../toy-processors.fixture';
import { readRuns } from './read-runs';

describe('readRuns', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
    await league.scrape(D3, 'no JSON');
    await league.run({ trigger: 'the first' });
    await league.scrape(D3, linesOn(D3));
    await league.run({ trigger: 'the second' });
  });
  afterEach(() => league.close());

  const runs = (over = {}) => readRuns(league.warehouse, { limit: 50, ...over });

  it('tells each run once, the newest first, with how its units ended', async () => {
    const points = await runs({ processor: toyPoints });
    expect(points.map(({ trigger, units, endings, rows }) => [trigger, units, endings, rows])).toEqual([['the second', 1, 'success: 1', 4], ['the first', 6, 'failed: 1, success: 5', 20]]);
    expect(points[1]).toMatchObject({ processor: toyPoints.name, from: '2024-10-22', to: D6, changes: 5, errors: expect.stringContaining('is no JSON') });
  });

  it('at one date: of the runs there, what they did there', async () => {
    const form = await runs({ processor: toyForm, date: D3 });
    expect(form.map(({ endings, units, from, to }) => [endings, units, from, to])).toEqual([['success: 1', 1, D3, D3], ['blocked: 1', 1, D3, D3]]);
  });

  it('no more than asked for', async () => {
    const all = await runs();
    expect(await runs({ limit: 2 })).toEqual(all.slice(0, 2));
    expect(await runs({ date: '2024-10-25' })).toEqual([]);
  });

  it('says of a run without an end that it is at work, or has died', async () => {
    await league.warehouse.query(`DELETE FROM nba_reference.processor_run_history WHERE processor_name = '${toyForm.name}' AND status <> 'running' AND data_date <> '${D6}'`);
    const [newest, first] = await runs({ processor: toyForm });
    expect([newest?.endings, newest?.finishedAt]).toEqual(['running, or died: 3', null]);
    expect(first?.endings).toBe('success: 1, running, or died: 2');
  });
});
