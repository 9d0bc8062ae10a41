import { type GameDate, NbaError, type Row, processorRunHistory, sql } from '@nba/kernel';
import type { Phase, Processor } from '../definition/processor';
import { D1, D2, D3, D4, D5, D6, endings, linesOn, ToyLeague } from '../toy-league.fixture';
import { toyForm, toyPoints, toyTiers } from '../toy-processors.fixture';
import { type Explanation, explainRun } from './explanation';
import { readProblems } from './read-problems';

const HOUR_MS = 3_600_000;

describe('the explanation of a run', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
  });
  afterEach(() => league.close());

  const explain = async (runId: string): Promise<Explanation> => explainRun(runId, await readProblems(league.parts), league.warehouse);
  /** The newest run of a unit, as it is found in the history or in an alert. */
  async function runOf(processor: Processor, date: GameDate): Promise<string> {
    const [row] = await league.warehouse.query(
      `${sql`SELECT run_id FROM ${processorRunHistory}`.text} WHERE processor_name = '${processor.name}' AND data_date = '${date}' ORDER BY started_at DESC LIMIT 1`,
    );
    return String(row?.['run_id']);
  }
  /** Types a command of an explanation. */
  function type(command: string) {
    const [, phase, dates] = /^nx run backfill:phase([234]) --dates=([\d,-]+)$/.exec(command) ?? [];
    if (!phase || !dates) throw new Error(`No command of a phase: ${command}`);
    return league.run({ phases: [Number(phase) as Phase] }, { dates });
  }
  const left = async (): Promise<number> => (await readProblems(league.parts)).units.length;

  it('that failed says how each date ended, which are wrong still, why, and what to type', async () => {
    const path = await league.scrape(D3, 'no JSON');
    await league.run({ trigger: 'the morning' });
    const runId = await runOf(toyPoints, D3);
    const cause = {
      key: 'ToyPointsProcessor DOCUMENT_INVALID', title: `Analytics BLOCKED: Upstream Failure — ToyPointsProcessor failed for ${D3}`, dates: [D3],
      heldUp: [{ processor: 'ToyFormProcessor', dates: [D3, D4, D5] }, { processor: 'ToyTiersProcessor', dates: [D4, D5, D6] }],
      errors: [`${path} is no JSON`], resolution: `nx run backfill:phase2 --dates=${D3}`,
    };
    expect(await explain(runId)).toEqual({
      runId, processor: 'ToyPointsProcessor', trigger: 'the morning', startedAt: expect.stringMatching(/^2024-10-30T12:00:/) as string,
      endings: [{ status: 'success', dates: [D1, D2, D4, D5, D6], errors: null }, { status: 'failed', dates: [D3], errors: `${path} is no JSON` }],
      causes: [cause], open: [D3], next: [`nx run backfill:phase2 --dates=${D3}`],
    });
  });

  it('that waits names what failed at the end of the chain, and its date, which may be none of its own', async () => {
    await league.scrape(D3, 'no JSON');
    await league.run();
    // Blocked by toy form of the 24th, which is blocked by toy points of the 24th.
    const explanation = await explain(await runOf(toyTiers, D4));
    expect(explanation).toMatchObject({
      processor: 'ToyTiersProcessor', open: [D4, D5, D6], causes: [{ key: 'ToyPointsProcessor DOCUMENT_INVALID', dates: [D3] }], next: [`nx run backfill:phase2 --dates=${D3}`],
    });
    expect(explanation.endings.map(({ status, dates }) => [status, dates])).toEqual([['blocked', [D4]], ['blocked', [D5]], ['blocked', [D6]]]);
    await league.scrape(D3, linesOn(D3));
    expect(endings(await type(explanation.next[0] ?? ''), toyTiers)).toEqual([D4, D5, D6].map((date) => `${date} success`));
    expect(await left()).toBe(0);
  });

  describe('that waits for two things', () => {
    let tiers: string;
    /** Toy points of the 23rd have no document that can be read, and toy form of the 28th cannot be written. */
    beforeEach(async () => {
      await league.scrape(D2, 'no JSON');
      const write = league.warehouse.replacePartitions.bind(league.warehouse);
      jest.spyOn(league.warehouse, 'replacePartitions').mockImplementation((replacement, lease) =>
        replacement.table === toyForm.table && replacement.range.from <= D5 && D5 <= replacement.range.to
          ? Promise.reject(new NbaError('WAREHOUSE_STATEMENT_FAILED', 'no room'))
          : write(replacement, lease));
      await league.run();
      jest.restoreAllMocks();
      await league.scrape(D2, linesOn(D2));
      tiers = await runOf(toyTiers, D6);
    });

    it('has both commands, the earlier phase first, and they put it right', async () => {
      const { next, causes, open } = await explain(tiers);
      expect(causes.map(({ key }) => key)).toEqual(['ToyPointsProcessor DOCUMENT_INVALID', 'ToyFormProcessor WAREHOUSE_STATEMENT_FAILED']);
      expect(open).toEqual([D3, D4, D5, D6]);
      expect(next).toEqual([`nx run backfill:phase2 --dates=${D2}`, `nx run backfill:phase3 --dates=${D5}`]);
      for (const command of next) await type(command);
      expect(await left()).toBe(0);
      expect(await explain(tiers)).toMatchObject({ causes: [], open: [], next: [] });
    });

    it('tells each run its own cause only', async () => {
      const told = async (processor: Processor, date: GameDate) => {
        const { causes, next } = await explain(await runOf(processor, date));
        return [causes.map(({ key }) => key), next];
      };
      expect(await told(toyPoints, D2)).toEqual([['ToyPointsProcessor DOCUMENT_INVALID'], [`nx run backfill:phase2 --dates=${D2}`]]);
      expect(await told(toyForm, D5)).toEqual([['ToyFormProcessor WAREHOUSE_STATEMENT_FAILED'], [`nx run backfill:phase3 --dates=${D5}`]]);
    });

    it('has one command less when one of them has been typed', async () => {
      await type(`nx run backfill:phase3 --dates=${D5}`);
      const { next, open } = await explain(tiers);
      expect([next, open]).toEqual([[`nx run backfill:phase2 --dates=${D2}`], [D3, D4, D5, D6]]);
    });
  });

  it('has one command for dates of one phase that went wrong in two ways', async () => {
    await league.scrape(D2, 'no JSON');
    await league.scrape(D5, []);
    await league.run();
    const { next, causes } = await explain(await runOf(toyPoints, D2));
    expect(causes).toHaveLength(2);
    expect(next).toEqual([`nx run backfill:phase2 --dates=${D2},${D5}`]);
  });

  it('asks for no date that it does not wait for, though the same went wrong there', async () => {
    for (const date of [D1, D5]) await league.scrape(date, 'no JSON');
    await league.run();
    league.clock.advance(1000);
    // The 24th sees the 22nd and 23rd, not the 28th.
    await league.run({ phases: [4], skipDownstreamTrigger: true }, { date: D3 });
    const { causes, next, open } = await explain(await runOf(toyTiers, D3));
    expect(open).toEqual([D3]);
    expect(causes).toMatchObject([{ dates: [D1, D5] }]);
    expect(next).toEqual([`nx run backfill:phase2 --dates=${D1}`]);
  });

  describe('that died while running', () => {
    beforeEach(async () => {
      await league.run({ phases: [2], skipDownstreamTrigger: true });
      league.clock.advance(1000);
      await league.warehouse.append(processorRunHistory, [D3, D4].map((date): Row => ({
        processor_name: toyPoints.name, data_date: date, run_id: 'died', phase: 2, attempt: 1, status: 'running', started_at: league.clock.now().toISOString(),
        output_table: 'nba_raw.toy_points', code_version: 'x', trigger: 'spec', correlation_id: 'c', skip_downstream_trigger: false,
      })));
    });
    const begun = { status: 'running, or died while running', dates: [D3, D4], errors: null };

    it('is wrong, and is to be run again', async () => {
      expect(await explain('died')).toMatchObject({
        endings: [begun], open: [D3, D4], next: [`nx run backfill:phase2 --dates=${D3},${D4}`],
        causes: [{ title: `Raw FAILED: ToyPointsProcessor died while running for ${D3}, ${D4}` }],
      });
      await type(`nx run backfill:phase2 --dates=${D3},${D4}`);
      expect(await explain('died')).toMatchObject({ endings: [begun], open: [], causes: [], next: [] });
    });

    it('is not, while somebody holds its table: there is nothing to do', async () => {
      await league.warehouse.leases.acquire('nba_raw.toy_points', 'backfill phase2 (process 4711)', HOUR_MS);
      expect(await explain('died')).toMatchObject({ endings: [begun], open: [], causes: [], next: [] });
    });
  });

  it('that has been repaired since says how it ended then, and that nothing is wrong any more', async () => {
    const path = await league.scrape(D3, 'no JSON');
    await league.run();
    const [failed, blocked] = [await runOf(toyPoints, D3), await runOf(toyForm, D4)];
    await league.scrape(D3, linesOn(D3));
    await league.run();
    expect(await explain(failed)).toMatchObject({
      endings: [{ status: 'success' }, { status: 'failed', dates: [D3], errors: `${path} is no JSON` }], causes: [], open: [], next: [],
    });
    const waited = await explain(blocked);
    expect(waited).toMatchObject({ causes: [], open: [], next: [] });
    expect(waited.endings.map(({ status }) => status)).toEqual(['blocked', 'blocked']);
  });

  it('that waits for what has been repaired meanwhile has no cause, and is run by a retry', async () => {
    await league.scrape(D3, 'no JSON');
    await league.run();
    await league.scrape(D3, linesOn(D3));
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    expect(await explain(await runOf(toyForm, D4))).toMatchObject({ causes: [], open: [D3, D4, D5], next: ['nx run backfill:retry'] });
  });

  it('that went well has nothing to explain', async () => {
    await league.run();
    expect(await explain(await runOf(toyForm, D4))).toMatchObject({
      endings: [{ status: 'success', dates: [D1, D2, D3, D4, D5, D6], errors: null }], causes: [], open: [], next: [],
    });
  });

  it('is refused where the history has no such run, with the query that lists them', async () => {
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    for (const runId of ['20240101T000000Z-none', '', `' OR 1=1 --`]) {
      const fault = await explain(runId).catch((caught: unknown) => caught);
      expect(fault).toMatchObject({ code: 'INVALID_ARGUMENT', message: expect.stringContaining(`There is no run ${runId} in the history.`) as string });
      const [, listing] = /^backfill sql "(.*)"$/.exec(String((fault as NbaError).fields.next)) ?? [];
      expect((await league.warehouse.query(listing ?? '')).map((row) => row['run_id'])).toContain(await runOf(toyPoints, D1));
    }
  });
});
