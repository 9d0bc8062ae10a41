import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registry } from '@nba/wiring';
import { SHARED, describeOnRealData, gameDateOf, gamesOf } from './lake-folder.fixture';
import { type Ended, Programs, Workplace, start } from './programs.fixture';
import { type RehearsalLake, writeRehearsalLake } from './rehearsal-lake.fixture';
import { differences, query } from './warehouse-file.fixture';

const SEASON = ['--season', '2024-25'];
const HISTORY = 'nba_reference.processor_run_history';

interface LoggedAlert {
  readonly kind: 'opened' | 'grown' | 'resolved';
  readonly message: string;
  readonly resolution: string;
}

/** The alerts that a run wrote to standard error, one line of JSON each. */
const alertsOf = ({ err }: Ended): LoggedAlert[] => err.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as LoggedAlert);

/** A code block of the recovery runbook, as it is printed. */
function runbook(alert: string): string {
  const text = readFileSync(join(SHARED, 'seed/backfill-strategy.md'), 'utf8');
  const block = new RegExp(`#### Alert: "${alert}"[\\s\\S]*?\`\`\`bash\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1];
  if (!block) throw new Error(`The runbook has no procedure for ${alert}`);
  return block;
}

/** The same text with other dates in it. @throws Error where one of them is not in it */
function withDates(text: string, dates: Readonly<Record<string, string>>): string {
  return Object.entries(dates).reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`${from} is not in the runbook`);
    return changed.replaceAll(from, to);
  }, text);
}

describeOnRealData('the scenarios of the strategy document', () => {
  let programs: Programs;
  let place: Workplace;
  /** The season up to the morning of Sunday 2025-01-26, and a warehouse that has all of it. */
  let sunday: RehearsalLake;

  /** A lake and a warehouse of a scenario's own, at the instants that its commands are told. */
  class Scene {
    constructor(private readonly name: string, readonly lake: RehearsalLake) {}

    file(): string {
      return place.path(`${this.name}.duckdb`);
    }

    /** Runs a command of `backfill` as if it were that instant. */
    at(now: string, ...args: string[]): Promise<Ended> {
      return programs.backfill([...args, '--now', now, '--alerts', 'log', ...place.at(`${this.name}.duckdb`, this.lake.folder)]);
    }

    /** Runs lines of the runbook as they are printed, under bash: its scripts are our commands. It stops at the first that fails. */
    shell(now: string, script: string): Promise<Ended> {
      const program = (name: 'backfill' | 'verifier') => `'${process.execPath}' '${programs.fileOf(name)}'`;
      return start('bash', ['-c', `set -euo pipefail
        date() { echo ${now.slice(0, 10)}; }
        bq() { shift 2; ${program('backfill')} sql "$@"; }
        python() {
          local script=$(basename "$1"); shift
          case "$script" in
            nbac_player_boxscore_processor.py) ${program('backfill')} phase2 "$@" ;;
            player_game_summary_processor.py | backfill_phase3_range.py) ${program('backfill')} phase3 "$@" ;;
            verify_phase2_completeness.py) ${program('verifier')} --phase 2 "$@" ;;
            *) echo "no such script: $script" >&2; return 2 ;;
          esac
        }
        ${script}`], { environment: { NBA_WAREHOUSE: `duckdb:${this.file()}`, NBA_LAKE: this.lake.folder, NBA_NOW: now, NBA_ALERTS: 'log' } }).ended;
    }

    ask(text: string) {
      return query(this.file(), text);
    }

    /** How the newest run of a unit ended, and what it said. */
    async lastRun(processor: string, date: string) {
      const [run] = await this.ask(`SELECT status, errors FROM ${HISTORY} WHERE processor_name = '${processor}' AND data_date = '${date}' ORDER BY started_at DESC, rowid DESC LIMIT 1`);
      return run;
    }

    async runs(): Promise<number> {
      return Number((await this.ask(`SELECT COUNT(*) AS n FROM ${HISTORY}`))[0]?.['n']);
    }

    async requestedRows(date: string): Promise<number[]> {
      return (await this.ask(`SELECT rows_stored FROM ${HISTORY} WHERE phase = 5 AND data_date = '${date}'`)).map((row) => Number(row['rows_stored']));
    }

    /** Every row that differs from what one run over the whole season makes of the same lake at the same instant. */
    async differencesFromCleanRun(now: string) {
      const clean = `${this.name}-clean.duckdb`;
      expect(await programs.backfill(['all', ...SEASON, '--now', now, ...place.at(clean, this.lake.folder)])).toMatchObject({ code: 0 });
      return differences(this.file(), place.path(clean));
    }
  }

  /** The morning of Monday 2025-01-27, before anything has run. */
  function monday(name: string, break_: (lake: RehearsalLake) => void = () => undefined): Scene {
    const lake = sunday.copy(place.path(`${name}-lake`));
    break_(lake);
    lake.advanceTo('2025-01-27');
    const scene = new Scene(name, lake);
    copyFileSync(place.path('sunday.duckdb'), scene.file());
    return scene;
  }

  beforeAll(async () => {
    programs = new Programs();
    place = new Workplace();
    sunday = writeRehearsalLake(place.path('lake'), '2024-25', { from: '2025-01-24', to: '2025-01-26' });
    expect(await programs.backfill(['all', ...SEASON, '--now', '2025-01-26T12:00:00Z', ...place.at('sunday.duckdb')])).toMatchObject({ code: 0 });
  }, 120_000);
  afterAll(() => {
    programs.remove();
    place.remove();
  });

  it('A: a normal day runs phase 2, 3 and 4, then asks for predictions; played again it does nothing', async () => {
    const [scene, now] = [monday('normal'), '2025-01-27T12:00:00Z'];
    const before = await scene.runs();
    expect(await scene.at(now, 'daily')).toMatchObject({ code: 0 });
    const ran = await scene.ask(`SELECT processor_name, phase, CAST(data_date AS VARCHAR) AS data_date, status FROM ${HISTORY} WHERE rowid >= ${before} ORDER BY rowid`);
    expect([...new Set(ran.map(({ phase }) => Number(phase)))]).toEqual([2, 3, 4, 5]);
    // A phase may begin beside the last of the one before; a processor begins when all that it reads have ended.
    const names = ran.map(({ processor_name: name }) => String(name));
    const begunTooEarly = registry.processors.filter(({ name }) => names.includes(name)).flatMap(({ name, upstreams }) => Object.values(upstreams)
      .filter(({ processor: upstream }) => names.lastIndexOf(upstream.name) > names.indexOf(name)).map(({ processor: upstream }) => `${name} before ${upstream.name}`));
    expect(begunTooEarly).toEqual([]);
    // Each unit is recorded when it begins and when it has ended.
    expect(ran.filter(({ status }) => status !== 'running' && status !== 'success')).toEqual([]);
    // Two raw tables of yesterday and the schedule; yesterday's summaries, today's contexts and Phase 4.
    expect([...new Set(ran.filter(({ phase }) => Number(phase) > 2).map(({ data_date }) => data_date))].sort()).toEqual(['2025-01-26', '2025-01-27']);
    const games = (date: string) => gamesOf(scene.lake.scheduleOf('2025-01-27')).filter((game) => gameDateOf(game) === date).length;
    expect(await scene.ask(`SELECT COUNT(DISTINCT game_id) AS n FROM nba_analytics.player_game_summary WHERE game_date = '2025-01-26'`)).toEqual([{ n: String(games('2025-01-26')) }]);
    expect(await scene.ask(`SELECT COUNT(DISTINCT game_id) AS n, COUNT(*) > 100 AS many FROM nba_precompute.player_composite_factors WHERE game_date = '2025-01-27'`))
      .toEqual([{ n: String(games('2025-01-27')), many: true }]);
    const [upcoming] = await scene.ask(`SELECT COUNT(*) AS n FROM nba_analytics.upcoming_player_game_context WHERE game_date = '2025-01-27'`);
    expect(await scene.requestedRows('2025-01-27')).toEqual([Number(upcoming?.['n'])]);

    const after = await scene.runs();
    expect(await scene.at('2025-01-27T13:00:00Z', 'daily')).toMatchObject({ code: 0 });
    expect(await scene.runs()).toBe(after);
    expect(await scene.differencesFromCleanRun(now)).toEqual([]);
  });

  it.each(['withhold', 'corrupt'] as const)('B: a failure of the same day is repaired by running phase 2 again, and everything follows (%s)', async (breaks) => {
    const scene = monday(`same-day-${breaks}`, (lake) => lake[breaks]('player-boxscores', '2025-01-26'));
    expect((await scene.at('2025-01-27T12:00:00Z', 'daily')).code).toBe(1);
    expect(await scene.lastRun('NbacPlayerBoxscoreProcessor', '2025-01-26')).toMatchObject({ status: 'failed' });
    expect(await scene.lastRun('PlayerGameSummaryProcessor', '2025-01-26')).toMatchObject({ status: 'blocked' });
    expect(await scene.ask(`SELECT 1 FROM nba_analytics.player_game_summary WHERE game_date = '2025-01-26'`)).toEqual([]);
    expect(await scene.requestedRows('2025-01-27')).toEqual([]);

    scene.lake.deliver('player-boxscores', '2025-01-26', '20250127_143000');
    // Until it is stamped it does not exist.
    expect((await scene.at('2025-01-27T14:00:00Z', 'phase2', '--date', '2025-01-26')).code).toBe(1);
    const repaired = await scene.at('2025-01-27T15:00:00Z', 'phase2', '--date', '2025-01-26');
    expect(repaired).toMatchObject({ code: 0 });
    expect(alertsOf(repaired).map(({ kind }) => kind)).toEqual(['resolved']);
    expect(await scene.differencesFromCleanRun('2025-01-27T15:00:00Z')).toEqual([]);
    // What is left of the day is the request for its predictions.
    expect(await scene.at('2025-01-27T15:05:00Z', 'daily')).toMatchObject({ code: 0 });
    expect(await scene.requestedRows('2025-01-27')).toHaveLength(1);
  });

  it('C: the day after a failure is blocked, says by what, and recovers by the runbook', async () => {
    const scene = monday('next-day', (lake) => lake.withhold('player-boxscores', '2025-01-26'));
    const onMonday = await scene.at('2025-01-27T12:00:00Z', 'daily');
    scene.lake.advanceTo('2025-01-28');
    const onTuesday = await scene.at('2025-01-28T12:00:00Z', 'daily');
    expect([onMonday.code, [1, 3].includes(onTuesday.code ?? 0)]).toEqual([1, true]);
    const title = 'Analytics BLOCKED: Upstream Failure — NbacPlayerBoxscoreProcessor failed for 2025-01-26';
    // One incident, told once, however many mornings it lasts.
    const opened = [onMonday, onTuesday].flatMap(alertsOf).filter(({ kind }) => kind === 'opened');
    expect(opened.map(({ message }) => message)).toEqual([title]);
    expect(opened[0]?.resolution).toMatch(/backfill(:| )phase2 --dates?[= ]2025-01-26/);
    expect(onTuesday.out).toContain('2025-01-26');
    // Monday's games were loaded; their summaries need Sunday, so they wait.
    expect(await scene.lastRun('NbacPlayerBoxscoreProcessor', '2025-01-27')).toMatchObject({ status: 'success' });
    const blocked = await scene.lastRun('PlayerGameSummaryProcessor', '2025-01-27');
    expect(blocked).toMatchObject({ status: 'blocked' });
    expect(blocked?.['errors']).toContain('2025-01-26');
    expect(await scene.ask(`SELECT 1 FROM nba_analytics.player_game_summary WHERE game_date >= '2025-01-26'`)).toEqual([]);

    scene.lake.deliver('player-boxscores', '2025-01-26', '20250128_140000');
    const now = '2025-01-28T15:00:00Z';
    const procedure = runbook('Analytics BLOCKED: Upstream Failure');
    expect(procedure).toContain('FAILED_DATE="2025-01-26"');
    expect(procedure).toContain('BLOCKED_DATE="2025-01-27"');
    expect(procedure).toContain('`nba-props-platform.nba_reference.processor_run_history\\`');
    const recovered = await scene.shell(now, procedure);
    expect(recovered).toMatchObject({ code: 0 });
    const [run] = await scene.ask(`SELECT run_id FROM ${HISTORY} WHERE processor_name = 'NbacPlayerBoxscoreProcessor' AND data_date = '2025-01-26' AND status = 'success'`);
    expect(recovered.out).toMatch(/status.*run_id.*errors/);
    expect(recovered.out).toContain(String(run?.['run_id']));
    expect(alertsOf(recovered).map(({ kind }) => kind)).toEqual(['resolved']);
    expect(await scene.differencesFromCleanRun(now)).toEqual([]);
  });

  it('D: a gap in the middle of the season blocks later dates, and is closed by the runbook', async () => {
    // "Today" is Wednesday 2024-11-27; Friday 2024-11-15 has never been loaded.
    const now = '2024-11-27T12:00:00Z';
    const scene = new Scene('gap', writeRehearsalLake(place.path('gap-lake'), '2024-25', { from: '2024-11-25', to: '2024-11-27' }));
    for (const [from, to] of [['2024-10-22', '2024-11-14'], ['2024-11-16', '2024-11-26']] as const) {
      expect(await scene.at(now, 'phase2', '--start-date', from, '--end-date', to, '--skip-downstream-trigger')).toMatchObject({ code: 0 });
    }
    expect(await scene.at(now, 'phase3', '--start-date', '2024-10-22', '--end-date', '2024-11-14')).toMatchObject({ code: 0 });
    const blocked = await scene.at(now, 'phase3', '--date', '2024-11-26');
    expect(blocked.code).toBe(3);
    const opened = alertsOf(blocked).filter(({ kind }) => kind === 'opened').map(({ message }) => message);
    expect(opened).toContain('Analytics BLOCKED: Data Gaps — 1 missing date in nba_raw.nbac_player_boxscore: 2024-11-15');
    expect(await scene.lastRun('PlayerGameSummaryProcessor', '2024-11-26')).toMatchObject({ status: 'blocked' });
    expect(await scene.ask(`SELECT 1 FROM nba_analytics.player_game_summary WHERE game_date > '2024-11-14'`)).toEqual([]);

    const verify = () => scene.shell(now, 'python verify_phase2_completeness.py --start-date 2024-11-01 --end-date 2024-11-26');
    expect(await verify()).toMatchObject({ code: 1, out: expect.stringContaining('2024-11-15') as string });
    // October 2025 has not been played in the shared lake; the same procedure with the dates of this gap.
    const recovered = await scene.shell(now, withDates(runbook('Analytics BLOCKED: Data Gaps'), {
      '2025-10-15 2025-10-16': '2024-11-15', '2025-10-15': '2024-11-15', '2025-10-01': '2024-11-01', '2025-10-31': '2024-11-26',
    }));
    expect(recovered).toMatchObject({ code: 0 });
    expect(await verify()).toMatchObject({ code: 0 });
    expect(await scene.differencesFromCleanRun(now)).toEqual([]);
  });
});
