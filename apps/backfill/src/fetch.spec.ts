import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '@nba/testing';
import { type NbaComServer, lakeContents, startNbaComServer } from './nba-com-server.fixture';
import { runBackfillProgram } from './program';
import { D1, D2, D3, SEASON, tinyLake } from './tiny-lake.fixture';

interface FetchAnswer {
  readonly exitCode: number;
  readonly documentsWritten: number;
  readonly notBegun: readonly string[];
  readonly next: string | null;
  readonly seasons: readonly { readonly season: string; readonly complete: boolean; readonly written: readonly string[]; readonly missing: readonly unknown[]; readonly faults: readonly { readonly code: string; readonly message: string }[] }[];
}

describe('backfill fetch', () => {
  let folder: string;
  let source: string;
  let server: NbaComServer;
  beforeAll(() => {
    source = mkdtempSync(join(tmpdir(), 'nba-source-'));
    tinyLake(source);
  });
  afterAll(() => rmSync(source, { recursive: true }));
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nba-fetch-'));
    server = await startNbaComServer(SEASON, source);
  });
  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const lake = () => join(folder, 'lake');
  /** In this process, on a morning of the season; the clock takes no time. */
  async function ended(args: readonly string[], { now = '2019-11-02T12:00:00Z', environment = {} }: { now?: string; environment?: Readonly<Record<string, string>> } = {}) {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await runBackfillProgram(['fetch', '--lake', lake(), '--base-url', server.baseUrl, ...args], {
      output: { line: (text) => void out.push(text), error: (text) => void err.push(text) }, environment, isTerminal: false, clock: new FixedClock(now), signal: new AbortController().signal,
    });
    return { code, out: out.join('\n'), err: err.join('\n') };
  }
  const answered = async (args: readonly string[]): Promise<FetchAnswer> => JSON.parse((await ended([...args, '--json'])).out) as FetchAnswer;

  it('makes the lake, fills it with the current season, and says what to type next', async () => {
    const { code, out } = await ended([]);
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      '2019-20  schedule           new',
      '2019-20  player box scores  3 dates: 3 new',
      '2019-20  team box scores    3 dates: 3 new',
      expect.stringMatching(/^3 requests, [\d.]+ KiB received; 7 documents \([\d.]+ KiB\) written to .*lake\. \d/),
      'Next: nx run backfill:all --season=2019-20',
    ]);
    expect(lakeContents(lake(), SEASON)).toEqual(lakeContents(source, SEASON));
    expect(readdirSync(join(lake(), 'nba-com/schedule', SEASON))).toEqual(['20191102_120000.json']);
  });

  it('writes nothing the second time, and says so', async () => {
    await ended([]);
    const { code, out } = await ended(['--season', SEASON]);
    expect(code).toBe(0);
    expect(out).toContain('3 dates: 3 unchanged');
    expect(out).toContain('nothing was written to');
    expect(out).toContain('Nothing has changed: the lake holds what nba.com says.');
    expect(out).not.toContain('Next:');
  });

  it('opens no warehouse', async () => {
    await ended(['--warehouse', `duckdb:${folder}/w.duckdb`]);
    expect(existsSync(join(folder, 'w.duckdb'))).toBe(false);
  });

  it('fetches from a date on', async () => {
    const { seasons } = await answered(['--since', D2]);
    expect(server.requests).toEqual(['scheduleleaguev2', 'leaguegamelog P from 10/23/2019', 'leaguegamelog T from 10/23/2019']);
    expect(seasons[0]?.written.map((path) => path.split('/').slice(1, 3).join(' '))).toEqual([`schedule ${SEASON}`, ...['player-boxscores', 'team-boxscores'].flatMap((kind) => [D2, D3].map((date) => `${kind} ${date}`))]);
    expect(existsSync(join(lake(), 'nba-com/player-boxscores', D1))).toBe(false);
  });

  it('tells every wait on standard error, and goes on', async () => {
    server.faults.set('leaguegamelog P', ['429', '503']);
    const { code, err } = await ended([]);
    expect(code).toBe(0);
    expect(err).toMatch(/2019-20 {2}player box scores: it answered 429 "too many requests"; again in [1-9]/);
    expect(err).toMatch(/it answered 503 .*\(attempt 3 of 5\)/);
  });

  it.each([['403', 'Access Denied', '--user-agent'], ['page', 'Please stand by', '--user-agent']] as const)('ends with 1 after a %s, names it, and has stored the rest', async (fault, says, next) => {
    server.faults.set('leaguegamelog P', [fault]);
    const { code, out } = await ended([]);
    expect(code).toBe(1);
    expect(out).toMatch(new RegExp(`✗ SOURCE_ANSWER_INVALID: player box scores of 2019-20: .*leaguegamelog\\?.*${says}`));
    expect(out).toContain(next);
    expect(out).toContain('Next: nx run backfill:fetch --season=2019-20');
    expect(readdirSync(join(lake(), 'nba-com')).sort()).toEqual(['schedule', 'team-boxscores']);
  });

  it('ends with 1 and begins no further season when nba.com is out of reach', async () => {
    server.faults.set('scheduleleaguev2', ['503', '503', '503']);
    const result = await answered(['--season', '2019-20,2020-21', '--attempts', '3']);
    expect(result).toMatchObject({ exitCode: 1, documentsWritten: 0, notBegun: ['2020-21'], next: 'nx run backfill:fetch --season=2019-20,2020-21' });
    expect(result.seasons).toMatchObject([{ season: '2019-20', complete: false, faults: [{ code: 'SOURCE_UNAVAILABLE' }] }]);
    expect(server.requests).toHaveLength(3);
  });

  it('goes on with the next season when one cannot be used', async () => {
    const result = await answered(['--season', '2018-19,2019-20']);
    expect(result).toMatchObject({ exitCode: 1, documentsWritten: 7, notBegun: [], next: 'nx run backfill:fetch --season=2018-19' });
    expect(result.seasons.map(({ complete }) => complete)).toEqual([false, true]);
  });

  it.each([
    [['--season', '2019-21'], '"2019-21" is not a season'],
    [['--since', '26.10.2019'], '--since: "26.10.2019" is not a date'],
    [['--since', '2019-11-03'], '--since: 2019-11-03 is to come, today is 2019-11-02'],
    [['--season', '2018-19', '--since', '2019-10-25'], '2019-10-25 lies after the season 2018-19'],
    [['--interval', 'often'], 'whole number'],
    [['--attempts', '0'], 'whole number from 1'],
    [['--base-url', 'stats.nba.com'], 'an address as https://'],
    [['--game-types', 'preseason'], 'preseason'],
    [['--now', '2019-10-25T12:00:00Z'], 'fetch cannot be rehearsed'],
    [['--date', D1], '--date'],
  ])('%j: 2, and what is wrong', async (args, says) => {
    const { code, out, err } = await ended(args);
    expect([code, `${out}${err}`]).toEqual([2, expect.stringContaining(says)]);
    expect(server.requests).toEqual([]);
  });

  it('is not rehearsed by the environment either', async () => {
    expect((await ended([], { environment: { NBA_NOW: '2019-10-25T12:00:00Z' } })).code).toBe(2);
  });
});
