import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Ended, Programs, Workplace } from './programs.fixture';
import { query } from './warehouse-file.fixture';

/** What a shell makes of a line that a person would type. */
const words = (line: string): string[] => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

describe('the demo', () => {
  let programs: Programs;
  let place: Workplace;
  let ended: Ended;
  const folder = () => place.path('demo');
  const environment = () => ({ NBA_WAREHOUSE: `duckdb:${folder()}/warehouse.duckdb`, NBA_LAKE: `${folder()}/lake` });

  /** A line as it is printed, run by the programs of this test in place of those in dist. */
  const run = (line: string): Promise<Ended> => {
    const [, ...args] = words(line.replace(/^npx /, ''));
    const nx = /^(?:npx )?nx run (backfill|verifier):([\w-]+) ?(.*)$/.exec(line);
    if (nx) {
      const rest = words(nx[3] ?? '');
      return nx[1] === 'verifier' ? programs.verifier(rest, { environment: environment() }) : programs.backfill([nx[2] ?? '', ...rest], { environment: environment() });
    }
    const program = /^node dist\/apps\/(backfill|verifier)\/main\.js/.exec(line)?.[1] as 'backfill' | 'verifier' | undefined;
    if (!program) throw new Error(`No command is printed in: ${line}`);
    return programs[program](args.slice(1), { environment: environment() });
  };
  /** The bytes of every document. */
  const fingerprint = () => {
    const files = readdirSync(`${folder()}/lake`, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json')).sort();
    const hash = createHash('sha256');
    for (const file of files) hash.update(file).update(readFileSync(join(folder(), 'lake', file)));
    return { files: files.length, hash: hash.digest('hex') };
  };
  const commandsIn = (text: string) => text.split('\n').map((line) => line.trim().replace(/ {3,}\S.*$/, '')).filter((line) => /^(npx )?(nx run|node dist)/.test(line));

  beforeAll(async () => {
    programs = new Programs();
    place = new Workplace();
    ended = await programs.backfill(['demo', '--folder', folder()]);
  }, 240_000);
  afterAll(() => {
    programs.remove();
    place.remove();
  });

  it('makes four seasons and everything that follows from them', async () => {
    expect(ended).toMatchObject({ code: 0 });
    const seasons = await query(`${folder()}/warehouse.duckdb`, `SELECT season, COUNT(DISTINCT game_id) AS games, COUNT(DISTINCT game_date) AS dates
      FROM nba_precompute.team_defense_shot_profile GROUP BY season ORDER BY season`);
    expect(seasons.map(({ season, games }) => [season, games])).toEqual(['2021-22', '2022-23', '2023-24', '2024-25'].map((season) => [season, '1230']));
    expect(ended.out).toContain('4,920 of 4,920');
  });

  it('shows the best scorers that the raw rows have', async () => {
    const best = await query(`${folder()}/warehouse.duckdb`, `SELECT player_name, COUNT(*) AS games, printf('%.1f', SUM(points) / COUNT(*)) AS ppg FROM nba_raw.nbac_player_boxscore
      WHERE season = '2024-25' GROUP BY player_id, player_name HAVING COUNT(*) >= 58 ORDER BY SUM(points) / COUNT(*) DESC LIMIT 5`);
    expect(best).toHaveLength(5);
    for (const { player_name, games, ppg } of best) expect(ended.out).toMatch(new RegExp(`${player_name} *│ ${games} *│ ${ppg} `));
  });

  it('prints commands that work as they are printed', async () => {
    const printed = commandsIn(ended.out);
    expect(printed).toHaveLength(3);
    for (const line of printed) expect([line, (await run(line)).code]).toEqual([line, 0]);
  });

  it('has a lake on which every example of the help works as it is printed', async () => {
    const texts = await Promise.all([programs.backfill(['--help']), programs.verifier(['--help']), programs.backfill(['sql', '--help'])]);
    expect(texts.map(({ code }) => code)).toEqual([0, 0, 0]);
    // The demo's league has no today, and nba.com is not here: lived-season and fetch.acceptance.spec.ts run these two.
    const examples = texts.flatMap(({ out }) => commandsIn(out)).filter((line) => !/backfill:(daily|fetch)/.test(line));
    expect(examples.length).toBeGreaterThanOrEqual(10);
    for (const line of examples) expect([line, (await run(line)).code]).toEqual([line, 0]);
  });

  it('keeps to its folder', () => {
    expect(existsSync(`${folder()}/lake/nba-com/schedule/2024-25`)).toBe(true);
    expect(existsSync(`${folder()}/warehouse.duckdb.owner.json`)).toBe(false);
  });

  it('writes the same league for the same seed, and shows the same table', async () => {
    const board = (text: string) => text.slice(text.indexOf('Best scorers'), text.indexOf('The database is'));
    const before = fingerprint();
    const again = await programs.backfill(['demo', '--folder', folder(), '--seed', '2021']);
    expect(again.code).toBe(0);
    expect(fingerprint()).toEqual(before);
    expect(board(ended.out)).toContain('true shooting');
    expect(board(again.out)).toBe(board(ended.out));
  });
});
