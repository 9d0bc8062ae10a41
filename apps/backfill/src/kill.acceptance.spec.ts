import {
  type KilledRuns, endedUnits, killAgainAndAgain, lostTooMany, notPublishedOnce, seededRandom, unitsInFlight, unitsOutOfOrder, writtenAgain,
} from './kill.fixture';
import { REAL_LAKE, describeOnRealData } from './lake-folder.fixture';
import { type Ended, Programs, Workplace, jsonIn, until } from './programs.fixture';
import { differences, query, rowCounts } from './warehouse-file.fixture';

const WEEKS = ['--start-date', '2024-10-22', '--end-date', '2024-11-30'];
/** Counted in the lake's team box scores: every day but the election's and Thanksgiving. */
const [DATES, GAMES] = [38, 293];
/** Ten in CI; `npm run kill-test` does a hundred. */
const KILLS = Number(process.env['NBA_KILLS'] ?? 10);
const SEED = 20241022;

describeOnRealData('a run that is killed, and two at once', () => {
  let programs: Programs;
  let place: Workplace;
  let clean: string;
  let fullMs: number;
  const at = (warehouse: string) => place.at(warehouse, REAL_LAKE);
  const all = (warehouse: string, range: readonly string[], ...options: readonly string[]) => programs.start('backfill', ['all', ...range, ...options, ...at(warehouse)]);

  beforeAll(async () => {
    programs = new Programs();
    place = new Workplace();
    clean = place.path('clean');
    const started = performance.now();
    const { code, err } = await all('clean', WEEKS).ended;
    fullMs = performance.now() - started;
    if (code !== 0) throw new Error(`The clean run ended with ${code}: ${err}`);
  });
  afterAll(() => {
    programs.remove();
    place.remove();
  });

  describe(`kill -9 at ${KILLS} random instants of six weeks (seed ${SEED})`, () => {
    const warehouses: (KilledRuns & { readonly name: string })[] = [];

    beforeAll(async () => {
      const random = seededRandom(SEED);
      for (let hits = 0; hits < KILLS; ) {
        const name = `killed-${warehouses.length}`;
        const runs = await killAgainAndAgain(() => all(name, WEEKS), fullMs, random, KILLS - hits);
        warehouses.push({ name, ...runs });
        hits += runs.hits;
      }
    }, 18_000 * KILLS);

    /** The same for every warehouse; what went wrong is shown with the instants that led there. */
    async function each<T>(find: (file: string) => Promise<T>, expected: T): Promise<void> {
      for (const { name, instants } of warehouses) expect({ name, instants, found: await find(place.path(name)) }).toEqual({ name, instants, found: expected });
    }

    it('meets as many live processes, some of them in the middle of units', async () => {
      expect(warehouses.reduce((sum, { hits }) => sum + hits, 0)).toBe(KILLS);
      let inFlight = 0;
      for (const { name } of warehouses) inFlight += await unitsInFlight(place.path(name));
      expect(inFlight).toBeGreaterThan(0);
    });

    it('is completed by the next run that is left alone', () => {
      for (const { instants, ended } of warehouses) expect({ instants, code: ended.code, err: ended.code ? ended.err : '' }).toEqual({ instants, code: 0, err: '' });
    });

    it('loses, doubles and changes no row', async () => {
      const counts = await rowCounts(clean);
      const teamGames = 2 * GAMES;
      expect(counts).toMatchObject({ 'nba_raw.nbac_team_boxscore': teamGames, 'nba_analytics.team_offense_game_summary': teamGames });
      await each(rowCounts, counts);
      await each((file) => differences(clean, file), []);
    });

    it('ends every unit well, exactly once, and recomputes only those that were in flight', async () => {
      const units = await endedUnits(clean);
      // Eleven tables by date, and the season's schedule.
      expect(units).toHaveLength(11 * DATES + 1);
      await each(endedUnits, units);
      await each(unitsOutOfOrder, []);
      await each(lostTooMany, []);
    });

    it('records each change once, and publishes each run that made one once', async () => {
      await each(writtenAgain, []);
      await each(notPublishedOnce, []);
    });
  });

  describe('two processes at once on the same range', () => {
    async function bothAtOnce(warehouse: string, ...options: readonly string[]): Promise<(Ended & { readonly pid: number | undefined })[]> {
      const both = [all(warehouse, WEEKS, ...options), all(warehouse, WEEKS, ...options)];
      const ended = await Promise.all(both.map(async (one) => ({ ...(await one.ended), pid: one.process.pid })));
      return ended.sort((a, b) => Number(a.code) - Number(b.code));
    }

    async function expectOneResult(warehouse: string): Promise<void> {
      const file = place.path(warehouse);
      expect(await differences(clean, file)).toEqual([]);
      expect(await unitsOutOfOrder(file)).toEqual([]);
      expect(await unitsInFlight(file)).toBe(0);
      expect(await writtenAgain(file)).toEqual([]);
    }

    it('one does it; the other names the one that has the file, and changes nothing', async () => {
      const [first, second] = await bothAtOnce('both');
      expect([first?.code, second?.code]).toEqual([0, 4]);
      expect(second?.err).toContain('WAREHOUSE_LOCKED');
      expect(second?.err).toContain(`process ${first?.pid} (backfill all, 2024-10-22 to 2024-11-30)`);
      await expectOneResult('both');
    }, 60_000);

    it('with --wait the other has its turn afterwards, and finds nothing to do', async () => {
      const both = await bothAtOnce('in-turn', '--wait', '60');
      expect(both.map(({ code, err }) => [code, code ? err : ''])).toEqual([[0, ''], [0, '']]);
      // One command, one correlation: everything was done by one of the two.
      expect(await query(place.path('in-turn'), 'SELECT COUNT(DISTINCT correlation_id) AS n FROM nba_reference.processor_run_history')).toEqual([{ n: '1' }]);
      await expectOneResult('in-turn');
    }, 60_000);

    it.each([['SIGTERM', 143], ['SIGINT', 130]] as const)('%s ends a run with %i in whole units, and the next one completes it', async (signal, code) => {
      const sidecar = `${place.path(signal)}.owner.json`;
      const running = all(signal, WEEKS, '--date-by-date');
      await until(() => Number(/^(\d+) of/.exec(jsonIn<{ progress: string | null }>(sidecar)?.progress ?? '')?.[1]) > 40);
      running.process.kill(signal);
      expect((await running.ended).code).toBe(code);
      expect(await unitsInFlight(place.path(signal))).toBe(0);
      expect(Number((await query(place.path(signal), `SELECT COUNT(*) AS n FROM nba_reference.processor_run_history WHERE status = 'success'`))[0]?.['n'])).toBeGreaterThan(40);
      expect((await all(signal, WEEKS).ended).code).toBe(0);
      await expectOneResult(signal);
    }, 60_000);
  });
});
