import { parseScope } from '@nba/schedule';
import { PipelineStatus } from './pipeline-status';
import { createRegistry } from '../definition/registry';
import { D3, D4, DATES, linesOn, ToyLeague } from '../toy-league.fixture';

describe('PipelineStatus', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
  });
  afterEach(() => league.close());

  async function read(season = ['2024-25']) {
    const status = new PipelineStatus(createRegistry(league.processors), league.warehouse, league.lake, league.clock, { gameTypes: ['regular-season'] });
    const statuses = await status.read(parseScope({ season }));
    return statuses.map(({ processor, season: one, complete, ready, blocked, waitingFor }) => [processor.table.name, one, complete, Object.fromEntries(ready), blocked, waitingFor]);
  }

  it('knows nothing but the season before a schedule is loaded', async () => {
    expect(await read()).toEqual([
      ['nbac_schedule', '2024-25', 0, { missing: 1 }, 0, []],
      ['toy_points', '2024-25', 0, {}, 0, []],
      ['toy_form', '2024-25', 0, {}, 0, []],
      ['toy_tiers', '2024-25', 0, {}, 0, []],
    ]);
  });

  it('says what is complete, what would run and why, what waits and for what', async () => {
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    await league.run({ phases: [3], skipDownstreamTrigger: true }, { dates: DATES.slice(0, 2).join() });
    await league.scrape(D4, linesOn(D4, { 11: 30 }));
    expect(await read()).toEqual([
      ['nbac_schedule', '2024-25', 1, {}, 0, []],
      ['toy_points', '2024-25', 5, { 'stale-by-input': 1 }, 0, []],
      ['toy_form', '2024-25', 2, { missing: 4 }, 0, []],
      // What it looks back at is missing as well, but would run before it: nothing keeps it waiting.
      ['toy_tiers', '2024-25', 0, { missing: 6 }, 0, []],
    ]);
  });

  it('counts as waiting what no run of what is ready would free, and says for which dates', async () => {
    await league.scrape(D3, 'no JSON');
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    expect(await read()).toEqual([
      ['nbac_schedule', '2024-25', 1, {}, 0, []],
      ['toy_points', '2024-25', 5, { failed: 1 }, 0, []],
      // The date itself, and the two after it that look back two games.
      ['toy_form', '2024-25', 0, { missing: 3 }, 3, [D3]],
      // Three days back: the 26th, 28th and 29th see form of the 24th, 26th or 28th, and all of that waits for the 24th.
      ['toy_tiers', '2024-25', 0, { missing: 3 }, 3, [D3]],
    ]);
  });

  it('looks at each season of its own', async () => {
    await league.run();
    const table = await read(['2023-24', '2024-25']);
    expect(table.filter(([name]) => name === 'toy_form')).toEqual([['toy_form', '2023-24', 0, {}, 0, []], ['toy_form', '2024-25', 6, {}, 0, []]]);
  });

  it('changes nothing', async () => {
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    const [replace, append] = [jest.spyOn(league.warehouse, 'replacePartitions'), jest.spyOn(league.warehouse, 'append')];
    await read();
    expect([replace.mock.calls, append.mock.calls]).toEqual([[], []]);
  });
});
