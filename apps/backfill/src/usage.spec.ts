import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { FixedClock } from '@nba/testing';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBackfillProgram } from './program';

/** Runs the program in this process: nothing of what it is asked for here gets as far as a warehouse. */
async function ended(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<{ code: number; told: string }> {
  const told: string[] = [];
  const tell = (text: string) => void told.push(text);
  const code = await runBackfillProgram(args, {
    output: { line: tell, error: tell }, environment, isTerminal: false, clock: new FixedClock('2025-02-01T12:00:00Z'), signal: new AbortController().signal,
  });
  return { code, told: told.join('\n') };
}

describe('wrong usage', () => {
  let folder: string;
  const at = () => ['--warehouse', `duckdb:${folder}/w.duckdb`, '--lake', `${folder}/lake`];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'nba-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const cases: readonly (readonly [said: string, says: string])[] = [
    ['all --season 2024-25 --date 2025-01-26', 'one way only'],
    ['all --date 2025-01-26 --dates 2025-01-26', 'one way only'],
    ['phase2 --season 2024-25 --start 2025-01-26 --end 2025-01-27', 'one way only'],
    ['all --season 2024-26', '"2024-26" is not a season'],
    ['all --season 2023-24,2024', '"2024" is not a season'],
    ['phase2 --date 2025-02-30', '2025-02-30'],
    ['phase2 --date 01/26/2025', '01/26/2025'],
    ['phase2 --start-date 2025-01-27 --end-date 2025-01-26', '2025-01-26'],
    ['phase2 --start 2025-01-26', '--end-date'],
    ['phase2 --end-date 2025-01-26', '--start-date'],
    ['phase3 --sesaon 2024-25', '--sesaon'],
    ['phase3 --date 2025-01-26 --processor NbacNothing', 'There is no processor "NbacNothing"'],
    ['phase4 --season 2024-25 --processor player_game_summary', 'nx run backfill:phase3 --processor=player_game_summary'],
    ['phase3 --date 2025-01-26 --failure-policy continue', '--allow-gaps'],
    ['phase3 --date 2025-01-26 --failure-policy sometimes', 'skip-dependents, stop or continue'],
    ['phase3 --date 2025-01-26 --strict-mode perhaps', 'true or false'],
    ['all --date 2025-01-26 --max-group 0', 'whole number'],
    ['all --date 2025-01-26 --workers many', 'whole number'],
    ['repair --max-group 5 --date-by-date', "'--date-by-date' cannot be used with option '--max-group <n>'"],
    ['plan --explain player_daily_cache 2025-01-27 --season 2022-23', "cannot be used with option '--season"],
    ['all --date 2025-01-26 --game-types preseason', 'preseason'],
    ['watch-corrections', '--since <date>'],
    ['watch-corrections --since 26.01.2025', 'Write it as YYYY-MM-DD, for example 2025-01-26'],
    ['watch-corrections --since 2025-02-30', '--since: "2025-02-30" is not a date'],
    ['phase6', 'phase6'],
    ['sql', 'query'],
  ];

  it.each(cases)('%s: 2, and what is wrong', async (said, says) => {
    const { code, told } = await ended([...said.split(' '), ...(said.includes(' ') ? at() : [])]);
    expect([code, told]).toEqual([2, expect.stringContaining(says)]);
  });

  it.each(['phase5', 'phase5 --season 2024-25', 'phase5 --date 2025-01-26'])('%s: 2, and why it is never backfilled', async (said) => {
    const { code, told } = await ended(said.split(' '));
    expect(code).toBe(2);
    expect(told).toContain('Phase 5 predicts today\'s games and is never backfilled');
    expect(told).toContain('nba_precompute');
  });

  it.each([
    [['--warehouse', 'postgres:here'], {}, '--warehouse'],
    [[], { NBA_WAREHOUSE: 'bigquery' }, 'NBA_WAREHOUSE'],
    [['--lake', ''], {}, '--lake'],
    [['--events', 'kafka'], {}, '--events'],
  ] as const)('settings %j %j: 2, and the setting', async (flags, environment, says) => {
    const { code, told } = await ended(['status', ...flags], environment);
    expect([code, told]).toEqual([2, expect.stringContaining(says)]);
  });

  it('a warehouse that is not there: 2, and none is made by who only reads', async () => {
    for (const command of [['status'], ['sql', 'SELECT 1']]) {
      const { code, told } = await ended([...command, ...at()]);
      expect([code, told]).toEqual([2, expect.stringContaining(`${folder}/w.duckdb`)]);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('help: 0', async () => {
    for (const said of [['--help'], ['help', 'phase3'], ['all', '--help']]) expect(await ended(said)).toMatchObject({ code: 0, told: expect.stringContaining('Usage: backfill') as string });
  });
});
