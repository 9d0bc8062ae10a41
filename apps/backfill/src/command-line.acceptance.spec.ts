import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REAL_LAKE, SHARED, describeOnRealData, gameDateOf, gamesOf, realSchedule } from './lake-folder.fixture';
import { Programs, ROOT, type Running, Workplace, answer, jsonIn, start, until } from './programs.fixture';
import { differences, query } from './warehouse-file.fixture';

interface Owner { pid: number; command: string; since: string; progress: string | null }

const SEASON = ['--season', '2024-25'];
const SPAN = ['--start-date', '2024-10-22', '--end-date', '2024-11-20'];

describeOnRealData('the programs on a real season', () => {
  let programs: Programs;
  let place: Workplace;
  const at = (warehouse = 'w.duckdb') => place.at(warehouse, REAL_LAKE);

  beforeAll(() => {
    programs = new Programs();
    place = new Workplace();
  });
  afterAll(() => {
    programs.remove();
    place.remove();
  });

  describe('while a run is on', () => {
    let running: Running;
    const owner = () => jsonIn<Owner>(`${place.path('w.duckdb')}.owner.json`);

    beforeAll(async () => {
      running = programs.start('backfill', ['all', ...SPAN, '--date-by-date', ...at()]);
      await until(() => /^[1-9]\d* of/.test(owner()?.progress ?? ''));
    });
    afterAll(async () => {
      running.process.kill('SIGKILL');
      await running.ended;
    });

    it('others are told who has the warehouse, and change nothing', async () => {
      for (const others of [
        programs.backfill(['phase2', '--date', '2024-10-22', ...at()]),
        programs.verifier(['--phase', '2', ...SPAN, ...at()]),
        programs.backfill(['sql', 'SELECT 1', ...at()]),
      ]) {
        const { code, err } = await others;
        expect(code).toBe(4);
        expect(err).toContain('WAREHOUSE_LOCKED');
        expect(err).toContain(`process ${running.process.pid} (backfill all, 2024-10-22 to 2024-11-20)`);
      }
      expect(owner()?.pid).toBe(running.process.pid);
    });

    it('status tells how far it is, from the file beside the warehouse', async () => {
      const told = await programs.backfill(['status', ...at()]);
      expect(told.code).toBe(0);
      expect(told.out).toMatch(new RegExp(`A run is on: backfill all, 2024-10-22 to 2024-11-20 \\(pid ${running.process.pid}\\), since 20.*, \\d+ of \\d+ units`));
      const data = answer<{ running: Owner }>(await programs.backfill(['status', '--json', ...at()]));
      expect(data.running.pid).toBe(running.process.pid);
    });

    it('an interrupted one ends with 130, leaves whole units, and the same command goes on from there', async () => {
      running.process.kill('SIGINT');
      const interrupted = await running.ended;
      expect(interrupted.code).toBe(130);
      expect(interrupted.out).toContain('Interrupted');
      expect(owner()).toBeUndefined();
      const file = place.path('w.duckdb');
      const lives = await query(file, `
        SELECT output_table, data_date, string_agg(status, ',' ORDER BY started_at, status) AS life, MAX(rows_stored) AS rows_stored, MAX(errors) AS errors
        FROM nba_reference.processor_run_history GROUP BY ALL`);
      const done = lives.filter(({ life }) => /^running,(success|empty_ok)$/.test(String(life)));
      expect(done.length).toBeGreaterThan(0);
      // What began has ended: no unit is left in the middle. What was to come is said to be skipped, and why.
      for (const { output_table, data_date, life, errors } of lives.filter((unit) => !done.includes(unit))) {
        expect({ output_table, data_date, life, errors }).toEqual({ output_table, data_date, life: expect.stringMatching(/^(running,)?skipped$/), errors: expect.stringMatching(/^interrupted/) });
      }
      for (const { output_table, data_date, rows_stored } of done.filter((run) => run['output_table'] !== 'nba_raw.nbac_schedule')) {
        expect(await query(file, `SELECT COUNT(*) AS n FROM ${output_table} WHERE game_date = '${data_date}'`)).toEqual([{ n: rows_stored }]);
      }
      const rest = await programs.backfill(['all', ...SPAN, ...at(), '--json']);
      expect(rest.code).toBe(0);
      const { phases } = answer<{ phases: { unitsRun: number; alreadyComplete: number }[] }>(rest);
      expect(phases.reduce((sum, phase) => sum + phase.alreadyComplete, 0)).toBe(done.length);
      expect((await programs.verifier([...SPAN, ...at()])).code).toBe(0);

      expect((await programs.backfill(['all', ...SPAN, ...at('at-once.duckdb')])).code).toBe(0);
      expect(await differences(file, place.path('at-once.duckdb'))).toEqual([]);
    });

    it('a killed one leaves a warehouse that the next can open and complete', async () => {
      const killed = programs.start('backfill', ['all', ...SPAN, '--date-by-date', ...at('killed.duckdb')]);
      const sidecar = `${place.path('killed.duckdb')}.owner.json`;
      await until(() => Number(/^(\d+) of/.exec(jsonIn<Owner>(sidecar)?.progress ?? '')?.[1]) > 60);
      killed.process.kill('SIGKILL');
      await killed.ended;
      expect((await programs.backfill(['status', ...SPAN, ...at('killed.duckdb')])).code).toBe(1);
      expect((await programs.backfill(['all', ...SPAN, ...at('killed.duckdb')])).code).toBe(0);
      expect(await differences(place.path('killed.duckdb'), place.path('at-once.duckdb'))).toEqual([]);
    });
  });

  describe('the strategy document', () => {
    const text = () => readFileSync(join(SHARED, 'seed/backfill-strategy.md'), 'utf8');
    /** Its snippets run under bash as they are printed; `bq query` is `backfill sql`. */
    const bash = (script: string) => start('bash', ['-c', `set -euo pipefail
      bq() { shift 2; '${process.execPath}' '${programs.fileOf('backfill')}' sql "$@"; }
      ${script}`], { environment: { NBA_WAREHOUSE: `duckdb:${place.path('runbook.duckdb')}`, NBA_LAKE: REAL_LAKE } }).ended;
    const snippet = (from: string) => {
      const start = text().indexOf(from);
      if (start < 0) throw new Error(`The document has no ${from}`);
      return text().slice(start);
    };

    beforeAll(async () => {
      expect((await programs.backfill(['phase2', ...SEASON, '--skip-downstream-trigger', ...at('runbook.duckdb')])).code).toBe(0);
    }, 60_000);

    it('asks the run history of a failed date, back-ticks and all', async () => {
      const own = /^bq query --use_legacy_sql=false[\s\S]*?LIMIT 1"/m.exec(snippet('FAILED_DATE="2025-01-26"'))?.[0] ?? '';
      expect(own).toContain('\\`nba-props-platform.nba_reference.processor_run_history\\`');
      const { code, out, err } = await bash(`FAILED_DATE="2025-01-26"\n${own}`);
      expect([code, err]).toEqual([0, '']);
      const [run] = await query(place.path('runbook.duckdb'), `SELECT run_id FROM nba_reference.processor_run_history WHERE processor_name = 'NbacPlayerBoxscoreProcessor' AND data_date = '2025-01-26'`);
      expect(out).toMatch(/status.*run_id.*errors/);
      expect(out).toContain('success');
      expect(out).toContain(String(run?.['run_id']));
    });

    it('lists the game dates of a season as CSV, for its loop', async () => {
      const own = /GAME_DATES=\$\(bq query[\s\S]*?ORDER BY game_date"\)/.exec(text())?.[0] ?? '';
      expect(own).toContain('--format=csv');
      const loop = `for game_date in $GAME_DATES; do if [ "$game_date" != "game_date" ]; then echo "Processing $game_date..."; fi; done`;
      const { code, out, err } = await bash(`START_DATE="2024-10-22"\nEND_DATE="2025-04-13"\n${own}\n${loop}`);
      expect([code, err]).toEqual([0, '']);
      const dates = gamesOf(realSchedule()).filter(({ gameStatus }) => gameStatus === 3).map(gameDateOf).filter((date) => date >= '2024-10-22' && date <= '2025-04-13');
      expect(out.trim().split('\n')).toEqual([...new Set(dates)].sort().map((date) => `Processing ${date}...`));
    });
  });

  it('pass their arguments on through nx', async () => {
    const nx = (target: string, ...args: string[]) => start(join(ROOT, 'node_modules/.bin/nx'), ['run', target, ...args], {
      cwd: ROOT, environment: { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false', FORCE_COLOR: '0' },
    }).ended;
    const [warehouse, lake] = [`--warehouse=duckdb:${place.path('runbook.duckdb')}`, `--lake=${REAL_LAKE}`];
    const ended = await nx('backfill:phase3', '--season=2024-25', warehouse, lake);
    expect(ended.out).toContain('163 of 163 dates, 26,306 rows');
    expect(ended.code).toBe(0);
    expect(await query(place.path('runbook.duckdb'), 'SELECT COUNT(*) AS n, MIN(season) AS season FROM nba_analytics.player_game_summary')).toEqual([{ n: '26306', season: '2024-25' }]);
    const refused = await nx('backfill:phase3', '--season=2024-26', warehouse, lake);
    expect(refused.code).toBe(1);
    expect(refused.out + refused.err).toContain('"2024-26" is not a season');
  });
});
