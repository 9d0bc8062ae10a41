import { copyFileSync, cpSync } from 'node:fs';
import { type Kind, LakeFolder, type Line } from './lake-folder.fixture';
import { type Ended, Programs, Workplace, answer } from './programs.fixture';
import { D1, D2, D3, SEASON, tinyLake } from './tiny-lake.fixture';
import { change, differences, query, rowCounts } from './warehouse-file.fixture';

jest.setTimeout(60_000);

interface Answer { exitCode: number; phases: { unitsRun: number; alreadyComplete: number; units: { processor: string; date: string; status: string }[] }[] }

describe('the programs', () => {
  let programs: Programs;
  let place: Workplace;
  let lake: LakeFolder;
  let loaded: Ended;
  const at = (warehouse = 'w.duckdb') => place.at(warehouse);
  const ownCopy = (name: string) => copyFileSync(place.path('w.duckdb'), place.path(name));

  beforeAll(async () => {
    programs = new Programs();
    place = new Workplace();
    lake = tinyLake(place.path('lake'));
    loaded = await programs.backfill(['all', '--season', SEASON, ...at()]);
  });
  afterAll(() => {
    programs.remove();
    place.remove();
  });

  it('load, compute and verify a season: exit 0', async () => {
    expect(loaded).toMatchObject({ code: 0 });
    expect(await rowCounts(place.path('w.duckdb'))).toMatchObject({
      'nba_raw.nbac_schedule': 5, 'nba_raw.nbac_player_boxscore': 60, 'nba_raw.nbac_team_boxscore': 10, 'nba_analytics.player_game_summary': 60,
      // On the first date nobody has played; then New York and Los Angeles; then all four.
      'nba_analytics.upcoming_player_game_context': 36, 'nba_precompute.player_composite_factors': 36, 'nba_precompute.team_defense_shot_profile': 10,
    });
    const [verified, again] = [await programs.verifier(['--season', SEASON, ...at()]), await programs.backfill(['all', '--season', SEASON, '--json', ...at()])];
    expect(verified).toMatchObject({ code: 0 });
    expect(verified.out).toContain(`COMPLETE: season ${SEASON}, all phases.`);
    expect(again.code).toBe(0);
    expect(answer<Answer>(again).phases.map(({ unitsRun, alreadyComplete }) => [unitsRun, alreadyComplete])).toEqual([[0, 7], [0, 15], [0, 12]]);
  });

  it('refuse wrong usage with 2, and say what is wrong', async () => {
    const [mixed, lakeless, unknown] = await Promise.all([
      programs.backfill(['all', '--season', SEASON, '--date', D1, ...at('none.duckdb')]),
      programs.backfill(['all', '--season', SEASON, ...place.at('none.duckdb', place.path('nowhere'))]),
      programs.verifier(['--phase', '5', ...at()]),
    ]);
    expect([mixed.code, lakeless.code, unknown.code]).toEqual([2, 2, 2]);
    expect(mixed.err).toContain('one way only');
    expect(lakeless.err).toContain(place.path('nowhere'));
    expect(unknown.err).toContain('--phase');
  });

  it('find a row that is gone by name with 1, and bring it back', async () => {
    ownCopy('gone.duckdb');
    await change(place.path('gone.duckdb'), `DELETE FROM nba_precompute.player_daily_cache WHERE game_id = '0021900004' AND player_id = 384`);
    const verified = await programs.verifier(['--phase', '4', '--season', SEASON, ...at('gone.duckdb')]);
    expect(verified.code).toBe(1);
    expect(verified.out).toContain(`${D3}: missing, game 0021900004, player BOS Player 4 (384)`);
    const repaired = await programs.backfill(['all', '--season', SEASON, ...at('gone.duckdb')]);
    expect(repaired.code).toBe(0);
    expect(await differences(place.path('gone.duckdb'), place.path('w.duckdb'))).toEqual([]);
  });

  it('tell with 1 that a corrected player no longer adds up to the team, and with 0 that the team does again', async () => {
    ownCopy('corrected.duckdb');
    cpSync(place.path('lake'), place.path('corrected'), { recursive: true });
    const corrected = new LakeFolder(place.path('corrected'));
    const oneAssistMore = (kind: Kind, stamp: string, of: (line: Line) => boolean) =>
      corrected.writeLines(kind, D2, corrected.lines(kind, D2).map((line) => (of(line) ? { ...line, AST: Number(line['AST']) + 1 } : line)), stamp);
    const repair = () => programs.backfill(['repair', ...place.at('corrected.duckdb', place.path('corrected'))]);

    oneAssistMore('player-boxscores', '20191027_060000', (line) => line['PLAYER_NAME'] === 'NYK Player 4');
    const contradicted = await repair();
    expect(contradicted).toMatchObject({ code: 1 });
    expect(contradicted.out).toContain('What this changes runs as well, and is not in the estimate; nx run backfill:plan');
    // 1, 2, 3, 4, 5 and 6 assists, and one more.
    expect(contradicted.out).toContain(`${D2}: players-add-up-to-team, game 0021900003, NYK, players: assists 22 instead of 21`);
    expect(contradicted.out).toMatch(/Not complete, .*\nNext: the documents of 2019-10-23 contradict each other.*nx run backfill:repair/);

    oneAssistMore('team-boxscores', '20191027_060000', (line) => line['TEAM_ABBREVIATION'] === 'NYK');
    const settled = await repair();
    expect(settled).toMatchObject({ code: 0 });
    expect(settled.out).toContain('Complete, ');
    const done = await repair();
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('Nothing to do') });
    expect(done.out).not.toContain('What this changes');
  });

  it('wait with 3 for what is missing before them, and go on with it', async () => {
    const early = await programs.backfill(['phase2', '--date', D1, ...at('early.duckdb')]);
    expect(early.code).toBe(0);
    const blocked = await programs.backfill(['phase3', '--date', D2, ...at('early.duckdb')]);
    expect(blocked.code).toBe(3);
    expect(blocked.out).toContain(`nba_raw.nbac_player_boxscore`);
    expect(blocked.out).toContain(`nx run backfill:all --season=${SEASON}`);
    expect(await query(place.path('early.duckdb'), `SELECT * FROM nba_analytics.player_game_summary WHERE game_date = '${D2}'`)).toEqual([]);
    // Aliases of the range's ends; the phases that follow are triggered.
    expect((await programs.backfill(['phase2', '--start', D2, '--end', D3, ...at('early.duckdb')])).code).toBe(0);
    expect(await differences(place.path('early.duckdb'), place.path('w.duckdb'))).toEqual([]);
  });

  it('name a broken document with 1, and land the rest', async () => {
    const broken = lake.copy(place.path('broken'));
    const file = broken.newest('player-boxscores', D2);
    broken.write(file, broken.text(file).slice(0, 400));
    const ended = await programs.backfill(['all', '--season', SEASON, '--json', ...place.at('broken.duckdb', broken.folder)]);
    expect(ended.code).toBe(1);
    const { exitCode, phases } = answer<Answer>(ended);
    expect(exitCode).toBe(1);
    expect(ended.out).toContain(file);
    expect(phases[0]?.units.map(({ processor, date, status }) => [processor, date, status])).toEqual([['NbacPlayerBoxscoreProcessor', D2, 'failed']]);
    const raw = await differences(place.path('broken.duckdb'), place.path('w.duckdb'), { tables: ['nba_raw.nbac_player_boxscore', 'nba_raw.nbac_team_boxscore'] });
    expect([...new Set(raw.map(({ table, date, only }) => `${table} ${date} ${only}`))]).toEqual([`nba_raw.nbac_player_boxscore ${D2} second`]);
  });

  it('understand several seasons said in either way, and settings from the environment', async () => {
    const environment = { NBA_LAKE: place.path('lake') };
    const ends = await Promise.all([['--season', '2018-19', '--season', SEASON], ['--season', `2018-19,${SEASON}`]].map((said, i) => {
      ownCopy(`seasons-${i}.duckdb`);
      return programs.backfill(['status', '--json', ...said], { environment: { ...environment, NBA_WAREHOUSE: `duckdb:${place.path(`seasons-${i}.duckdb`)}` } });
    }));
    const seasons = answer<{ season: string; complete: number }[]>(ends[0] as Ended);
    expect([...new Set(seasons.map(({ season }) => season))]).toEqual(['2018-19', SEASON]);
    expect(ends[1]?.out).toBe(ends[0]?.out);
    expect(seasons.filter(({ season }) => season === SEASON).reduce((sum, { complete }) => sum + complete, 0)).toBe(34);
  });

  it('answer queries as CSV and as JSON, whatever a name holds', async () => {
    const text = 'SELECT player_name, points FROM `any-project.nba_raw.nbac_player_boxscore` WHERE game_id = "0021900002" AND team_tricode = "DEN" AND points >= 10 ORDER BY points';
    const csv = await programs.backfill(['sql', text, '--format=csv', ...at()]);
    expect(csv).toMatchObject({ code: 0, out: 'player_name,points\n"O\'Neal, ""Jr.""; DROP TABLE x --",10\nDEN Player 4,12\nDEN Player 5,14\n' });
    expect(answer(await programs.backfill(['sql', text, '--json', ...at()]))).toEqual([
      { player_name: `O'Neal, "Jr."; DROP TABLE x --`, points: 10 }, { player_name: 'DEN Player 4', points: 12 }, { player_name: 'DEN Player 5', points: 14 },
    ]);
  });

  it('let sql read and nothing else', async () => {
    for (const text of ['UPDATE nba_analytics.player_game_summary SET points = 0 WHERE TRUE', 'DROP TABLE nba_raw.nbac_schedule']) {
      const refused = await programs.backfill(['sql', text, ...at()]);
      expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('read-only')]);
    }
  });
});
