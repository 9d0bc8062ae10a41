import { type Row, processorRunHistory } from '@nba/kernel';
import { D3, D4, D5, D6, DATES, gameIdOn, linesOn, ToyLeague } from '../toy-league.fixture';
import { toyPoints } from '../toy-processors.fixture';
import { readProblems } from './read-problems';
import { findRootCauses } from './root-causes';

const HOUR_MS = 3_600_000;

describe('the problems of a league', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
  });
  afterEach(() => league.close());

  const units = async (): Promise<string[]> => (await readProblems(league.parts)).units.map(({ processor, date, status }) => `${processor} ${date} ${status}`);
  const causes = async () => findRootCauses(await readProblems(league.parts));
  /** As a process leaves it that began and never ended. */
  const begin = (date: string): Promise<void> => {
    league.clock.advance(1000);
    return league.warehouse.append(processorRunHistory, [{
      processor_name: toyPoints.name, data_date: date, run_id: 'begun', phase: 2, attempt: 1, status: 'running', started_at: league.clock.now().toISOString(),
      output_table: 'nba_raw.toy_points', code_version: 'x', trigger: 'spec', correlation_id: 'c', skip_downstream_trigger: false,
    } as Row]);
  };
  const holdPoints = () => league.warehouse.leases.acquire('nba_raw.toy_points', 'backfill phase2 (process 4711)', HOUR_MS);

  it('are none when everything is complete', async () => {
    await league.run();
    expect(await readProblems(league.parts)).toMatchObject({ units: [], gaps: [] });
  });

  it('are what failed and all that waits for it: one cause', async () => {
    const path = await league.scrape(D3, 'no JSON');
    await league.run();
    const { processors } = await readProblems(league.parts);
    expect(await units()).toEqual([
      `ToyPointsProcessor ${D3} failed`, ...[D3, D4, D5].map((date) => `ToyFormProcessor ${date} blocked`), ...[D4, D5, D6].map((date) => `ToyTiersProcessor ${date} blocked`),
    ]);
    expect(processors.get('ToyTiersProcessor')).toEqual({ phase: 4, table: 'nba_precompute.toy_tiers' });
    expect(await causes()).toEqual([{
      key: 'ToyPointsProcessor DOCUMENT_INVALID', title: `Analytics BLOCKED: Upstream Failure — ToyPointsProcessor failed for ${D3}`, dates: [D3],
      heldUp: [{ processor: 'ToyFormProcessor', dates: [D3, D4, D5] }, { processor: 'ToyTiersProcessor', dates: [D4, D5, D6] }],
      errors: [`${path} is no JSON`], resolution: `nx run backfill:phase2 --dates=${D3}`,
    }]);
  });

  it('have no cause any more as soon as the root is repaired, and are none when what waited has run', async () => {
    await league.scrape(D3, 'no JSON');
    await league.run();
    await league.scrape(D3, linesOn(D3));
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    expect(await units()).toHaveLength(6);
    expect(await causes()).toEqual([]);
    await league.run();
    expect(await units()).toEqual([]);
  });

  it('are gaps where rows are waited for that have gone, or never came', async () => {
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    await league.warehouse.query(`DELETE FROM nba_raw.toy_points WHERE game_date = CAST('${D3}' AS DATE)`);
    await league.run({ phases: [3], skipDownstreamTrigger: true });
    expect((await readProblems(league.parts)).gaps).toEqual([{ processor: 'ToyPointsProcessor', date: D3 }]);
    expect(await causes()).toEqual([{
      key: 'ToyPointsProcessor DATA_GAPS', title: `Analytics BLOCKED: Data Gaps — 1 missing date in nba_raw.toy_points: ${D3}`, dates: [D3],
      heldUp: [{ processor: 'ToyFormProcessor', dates: [D3, D4, D5] }], errors: [], resolution: `nx run backfill:phase2 --dates=${D3}`,
    }]);
    await league.run({ phases: [2], skipDownstreamTrigger: true }, { dates: D3 });
    expect(await causes()).toEqual([]);
  });

  it('are none on the date that a postponed game has left', async () => {
    await league.scrape(D3, 'no JSON');
    await league.run();
    await league.scrapeSchedule(DATES.map((date) => [gameIdOn(date), date === D3 ? '2024-11-02' : date, date === D3 ? 1 : 3]));
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    expect((await units()).filter((unit) => unit.includes(D3))).toEqual([]);
    expect(await causes()).toEqual([]);
    await league.run();
    expect(await units()).toEqual([]);
  });

  it('are what died while running, for nobody holds its table', async () => {
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    await begin(D3);
    expect(await causes()).toMatchObject([{ title: `Raw FAILED: ToyPointsProcessor died while running for ${D3}`, resolution: `nx run backfill:phase2 --dates=${D3}` }]);
    await league.run({ phases: [3], skipDownstreamTrigger: true });
    expect(await causes()).toMatchObject([{ title: `Analytics BLOCKED: Upstream Failure — ToyPointsProcessor died while running for ${D3}`, dates: [D3] }]);
  });

  it('are not what runs under a live lease, until that has ended', async () => {
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    await holdPoints();
    await begin(D3);
    expect(await units()).toEqual([]);
    league.clock.advance(HOUR_MS);
    expect(await units()).toEqual([`ToyPointsProcessor ${D3} running`]);
  });

  it('are no gap either, where somebody waits for what runs under a live lease', async () => {
    await league.scrape(D3, 'no JSON');
    await league.run();
    await holdPoints();
    await begin(D3);
    expect((await readProblems(league.parts)).gaps).toEqual([]);
    expect(await causes()).toEqual([]);
  });

  it('are not what a schedule does not expect of today or later', async () => {
    await league.scrape(D6, 'no JSON');
    await league.run();
    expect(await units()).toContain(`ToyPointsProcessor ${D6} failed`);
    league.clock.set(`${D5}T12:00:00Z`);
    expect((await units()).filter((unit) => unit.includes(D6))).toEqual([]);
  });
});
