import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Kind, type Line, LakeFolder, describeOnRealData, gameDateOf, gamesOf, realSchedule, scheduleOn } from './lake-folder.fixture';
import { type Ended, Programs, Workplace, answer } from './programs.fixture';
import { type Difference, COMPUTED, differences, query } from './warehouse-file.fixture';

const FROM = '2024-10-22';
const TO = '2024-11-04';
const SPAN = ['--start-date', FROM, '--end-date', TO];
/** Nine games, three dates before the last; the first of them is broken. */
const DATE = '2024-11-01';
const STAMP = '20250101_060000';

interface Finding { severity: string; code: string; message: string }
interface Unit { processor: string; date: string; status: string; findings: Finding[] }
interface Answer { exitCode: number; phases: { phase: number; units: Unit[]; rows: number }[] }

describeOnRealData('a lake that is broken', () => {
  let programs: Programs;
  let place: Workplace;
  let clean: LakeFolder;
  let lake: LakeFolder;
  let game: { id: string; home: string; away: string };

  const isOf = (line: Line) => line['GAME_ID'] === game.id;
  const all = (...args: string[]): Promise<Ended> => programs.backfill(['all', ...SPAN, ...place.at('w.duckdb', lake.folder), ...args]);
  const different = (first = 'w.duckdb'): Promise<Difference[]> => differences(place.path(first), place.path('clean.duckdb'));
  const units = (ended: Ended) => answer<Answer>(ended).phases.flatMap((phase) => phase.units);
  const messages = (ended: Ended) => units(ended).flatMap(({ findings }) => findings.map(({ message }) => message));

  /** What is stored is whole: raw rows differ in the broken game only, computed ones are those of a clean run or, where a unit waits, not there at all. */
  async function expectTheRestLanded(ended: Ended, tables: readonly string[], isBroken: (row: string) => boolean): Promise<void> {
    const differing = await different();
    for (const { table, date, row } of differing.filter((one) => one.table.startsWith('nba_raw'))) {
      expect(tables).toContain(table);
      expect(date).toBe(DATE);
      expect([row, isBroken(row)]).toEqual([row, true]);
    }
    const waiting = new Set(units(ended).filter(({ status }) => status === 'blocked').map(({ processor, date }) => `${processor} ${date}`));
    const computed = differing.filter((one) => COMPUTED.includes(one.table));
    // Nothing that is not in the clean run, nothing before the broken date, and only whole units.
    expect(computed.filter(({ only, date }) => only === 'first' || date < DATE)).toEqual([]);
    const absent = new Set(computed.map(({ table, date }) => `${table} ${date}`));
    for (const unit of absent) {
      const [table, date] = unit.split(' ') as [string, string];
      expect(await query(place.path('w.duckdb'), `SELECT game_id FROM ${table} WHERE game_date = '${date}'`)).toEqual([]);
      expect([unit, waiting.has(`${processorOf(table)} ${date}`)]).toEqual([unit, true]);
    }
    expect(waiting.size).toBeGreaterThan(0);
    expect([...waiting].every((unit) => unit.split(' ')[1] as string >= DATE)).toBe(true);
  }

  /** A newer document, and the same command again: as if nothing had ever been wrong. */
  async function expectRepairedBy(repair: () => void): Promise<void> {
    repair();
    expect(await all()).toMatchObject({ code: 0 });
    expect(await different()).toEqual([]);
  }

  const scrapeAgain = () => {
    for (const kind of ['player-boxscores', 'team-boxscores'] as const) lake.write(`nba-com/${kind}/${DATE}/${STAMP}.json`, clean.text(clean.newest(kind, DATE)));
  };

  beforeAll(async () => {
    programs = new Programs();
    place = new Workplace();
    clean = LakeFolder.upTo(TO, '2024-11-05', place.path('clean'));
    const loaded = await programs.backfill(['all', ...SPAN, ...place.at('clean.duckdb', clean.folder)]);
    if (loaded.code !== 0) throw new Error(`${loaded.out}\n${loaded.err}`);
    const first = gamesOf(realSchedule()).find((one) => gameDateOf(one) === DATE);
    if (!first) throw new Error(`The schedule has no game on ${DATE}`);
    game = { id: first.gameId, home: first.homeTeam.teamTricode, away: first.awayTeam.teamTricode };
  }, 60_000);
  beforeEach(() => {
    lake = clean.copy(place.path('lake'));
    rmSync(place.path('w.duckdb'), { force: true });
  });
  afterAll(() => {
    programs.remove();
    place.remove();
  });

  it('with one file cut off: the file and where it ends, nothing of that date in that table, the other table whole', async () => {
    const file = lake.newest('player-boxscores', DATE);
    const text = lake.text(file);
    lake.write(file, text.slice(0, text.length / 2));
    const ended = await all('--json');
    expect(ended.code).toBe(1);
    expect(messages(ended).some((message) => message.includes(file) && message.includes('position') && message.includes('nothing of this document is used'))).toBe(true);
    expect(messages(ended).some((message) => message.includes(game.id) && message.includes(DATE) && message.includes(`${game.away} at ${game.home}`))).toBe(true);
    await expectTheRestLanded(ended, ['nba_raw.nbac_player_boxscore'], () => true);
    expect(await query(place.path('w.duckdb'), `SELECT COUNT(*) AS n FROM nba_raw.nbac_player_boxscore WHERE game_date = '${DATE}'`)).toEqual([{ n: '0' }]);
    await expectRepairedBy(scrapeAgain);
  });

  it('with one file cut off after it had been loaded: what was stored stays', async () => {
    copyFileSync(place.path('clean.duckdb'), place.path('w.duckdb'));
    const file = `nba-com/player-boxscores/${DATE}/${STAMP}.json`;
    const cutOff = lake.text(lake.newest('player-boxscores', DATE)).slice(0, -1000);
    // With the older document beside it, and as the only one.
    for (const prepare of [() => undefined, () => lake.remove('player-boxscores', DATE)]) {
      prepare();
      lake.write(file, cutOff);
      const ended = await all('--json');
      expect(ended.code).toBe(1);
      expect(messages(ended).join()).toContain(file);
      expect(await different()).toEqual([]);
    }
  });

  it.each<[string, Kind, (text: string) => string, string[]]>([
    ['with one header renamed', 'team-boxscores', (text) => text.replace('"FGA"', '"FIELD_GOALS"'), ['header FGA', 'is missing']],
    ['with text where a number belongs', 'player-boxscores', (text) => text.replace(/\],\[.*?\]/, (row) => row.replace(/,"[WL]",\d+/, (minutes) => minutes.replace(/\d+$/, '"many"'))), ['MIN', '"many"', 'game ']],
    ['with another league in it', 'player-boxscores', (text) => text.replace('"resultSets"', '"resultSet"'), ['resultSets', 'must be a list']],
  ])('%s: file and field, and nothing of that file', async (_what, kind, broken, words) => {
    const file = lake.newest(kind, DATE);
    lake.write(file, broken(lake.text(file)));
    const ended = await all('--json');
    expect(ended.code).toBe(1);
    expect(messages(ended).filter((message) => [file, ...words].every((word) => message.includes(word)))).toHaveLength(1);
    const table = kind === 'team-boxscores' ? 'nba_raw.nbac_team_boxscore' : 'nba_raw.nbac_player_boxscore';
    await expectTheRestLanded(ended, [table], () => true);
    expect(await query(place.path('w.duckdb'), `SELECT COUNT(*) AS n FROM ${table} WHERE game_date = '${DATE}'`)).toEqual([{ n: '0' }]);
  });

  it('with one scorer missing: file, date, game, team and both totals; the other games land', async () => {
    const lines = lake.lines('player-boxscores', DATE);
    const scorer = lines.find((line) => isOf(line) && line['TEAM_ABBREVIATION'] === game.home && Number(line['PTS']) >= 10) as Line;
    const file = lake.writeLines('player-boxscores', DATE, lines.filter((line) => line !== scorer));
    const points = lines.filter((line) => isOf(line) && line['TEAM_ABBREVIATION'] === game.home).reduce((sum, line) => sum + Number(line['PTS']), 0);
    const ended = await all('--json');
    expect(ended.code).toBe(1);
    const words = [file, DATE, game.id, game.home, `expected ${points} points`, `found ${points - Number(scorer['PTS'])}`];
    expect(messages(ended).filter((message) => words.every((word) => message.includes(word)))).toHaveLength(1);
    await expectTheRestLanded(ended, ['nba_raw.nbac_player_boxscore'], (row) => row.includes(String(scorer['PLAYER_ID'])) && row.includes(game.id));
    await expectRepairedBy(scrapeAgain);
  });

  it('with one row twice: stored once when it is the same, refused a say when it is not', async () => {
    const lines = lake.lines('player-boxscores', DATE);
    const twice = lines.find(isOf) as Line;
    const file = lake.writeLines('player-boxscores', DATE, [...lines, twice]);
    const same = await all('--json');
    expect(same.code).toBe(0);
    expect(messages(same).some((message) => [file, game.id, String(twice['PLAYER_NAME']), 'listed twice'].every((word) => message.includes(word)))).toBe(true);
    expect(await different()).toEqual([]);

    lake.writeLines('player-boxscores', DATE, [...lines, { ...twice, AST: Number(twice['AST']) + 1 }], '20241231_060000');
    const other = await all('--json');
    // The version before reconciles, and is kept.
    expect(messages(other).join()).toContain('20241231_060000');
    expect(await different()).toEqual([]);
    await expectRepairedBy(scrapeAgain);
  });

  it('with a team missing from a date: it is named, in both tables', async () => {
    const isGone = (line: Line) => isOf(line) && line['TEAM_ABBREVIATION'] === game.away;
    const files = (['player-boxscores', 'team-boxscores'] as const).map((kind) => lake.writeLines(kind, DATE, lake.lines(kind, DATE).filter((line) => !isGone(line))));
    const ended = await all('--json');
    expect(ended.code).toBe(1);
    for (const file of files) {
      expect(messages(ended).filter((message) => [file, DATE, game.id, game.away, 'has no'].every((word) => message.includes(word)))).toHaveLength(1);
    }
    const verified = await programs.verifier(['--phase', '2', ...SPAN, ...place.at('w.duckdb')]);
    expect(verified.code).toBe(1);
    expect(verified.out).toContain(`${DATE}: missing, game ${game.id}, team ${game.away}`);
    await expectTheRestLanded(ended, ['nba_raw.nbac_player_boxscore', 'nba_raw.nbac_team_boxscore'], (row) => row.includes(game.id));
    await expectRepairedBy(scrapeAgain);
  });

  it('with a partial document, then the final one: complete; the other way round: complete as well', async () => {
    const lines = lake.lines('player-boxscores', DATE);
    const partial = lines.filter((line, i) => !isOf(line) || i % 2 === 0);
    const [oldest, newest] = [lake.newest('player-boxscores', DATE), '20241111_060000'];
    lake.writeLines('player-boxscores', DATE, partial, oldest.slice(-'20241102_060000.json'.length, -'.json'.length));
    const early = await all();
    expect(early.code).toBe(1);
    lake.writeLines('player-boxscores', DATE, lines, newest);
    expect((await all()).code).toBe(0);
    expect(await different()).toEqual([]);

    // The newest is not the fullest.
    const late = lake.writeLines('player-boxscores', DATE, partial, '20241230_060000');
    const ended = await all('--json');
    expect(ended.code).toBe(0);
    expect(messages(ended).some((message) => message.includes(late) && message.includes(game.id) && message.includes('does not reconcile'))).toBe(true);
    expect(await different()).toEqual([]);
  });

  it('with a document stamped in the future: it does not exist', async () => {
    const lines = lake.lines('player-boxscores', DATE).map((line) => ({ ...line, AST: 0 }));
    lake.writeLines('player-boxscores', DATE, lines, '29991231_235959');
    lake.writeSchedule(scheduleOn('2024-10-01'), '29991231_235959');
    expect((await all()).code).toBe(0);
    expect(await different()).toEqual([]);

    lake.remove('team-boxscores', DATE);
    lake.write(`nba-com/team-boxscores/${DATE}/29991231_235959.json`, clean.text(clean.newest('team-boxscores', DATE)));
    rmSync(place.path('w.duckdb'));
    const ended = await all('--json');
    expect(ended.code).toBe(1);
    expect(messages(ended).some((message) => message.includes(`nba-com/team-boxscores/${DATE}/`) && message.includes(game.id))).toBe(true);
  });

  it('with a game that was postponed after its date had been computed: nothing of it survives under the old date', async () => {
    // On the morning of the 1st the feed still has a game of the 4th on the 2nd.
    const before = scheduleOn(DATE);
    const moved = gamesOf(before).find((one) => gameDateOf(one) === '2024-11-04');
    if (!moved) throw new Error('The schedule has no game on 2024-11-04');
    moved.gameDateEst = '2024-11-02T00:00:00Z';
    for (const day of before.leagueSchedule.gameDates) day.games = day.games.filter((one) => one !== moved);
    before.leagueSchedule.gameDates.find(({ games }) => games.some((one) => gameDateOf(one) === '2024-11-02'))?.games.push(moved);
    const now = lake.text('nba-com/schedule/2024-25/20241201_060000.json');
    lake.write('nba-com/schedule/2024-25/20241201_060000.json', JSON.stringify(before));
    expect((await all()).code).toBe(0);
    const stored = () => query(place.path('w.duckdb'), `SELECT DISTINCT game_date FROM nba_analytics.upcoming_team_game_context WHERE game_id = '${moved.gameId}'`);
    expect(await stored()).toEqual([{ game_date: '2024-11-02' }]);
    await expectRepairedBy(() => lake.write('nba-com/schedule/2024-25/20241201_060001.json', now));
    expect(await stored()).toEqual([{ game_date: '2024-11-04' }]);
  });

  it.each([['when the season is stored', true], ['when nothing is stored', false]])('with a newer schedule that lists only part of the season, %s: the file is named and no table loses a row', async (_when, isStored) => {
    if (isStored) {
      // What is stored is then all that tells of the games: the older document is gone.
      copyFileSync(place.path('clean.duckdb'), place.path('w.duckdb'));
      rmSync(join(lake.folder, 'nba-com/schedule/2024-25/20241201_060000.json'));
    }
    const whole = scheduleOn('2024-11-05');
    const part = scheduleOn('2024-11-05');
    const isGone = (date: string) => date >= FROM && date <= DATE;
    const gone = gamesOf(part).filter((one) => isGone(gameDateOf(one)));
    expect(gone.length).toBeGreaterThan(70);
    for (const day of part.leagueSchedule.gameDates) day.games = day.games.filter((one) => !isGone(gameDateOf(one)));
    const file = lake.writeSchedule(part, '20241202_060000');
    // Again as well: what was kept is still kept.
    for (let run = 0; run < 2; run++) {
      const ended = await all('--json');
      expect(ended.code).toBe(1);
      expect(messages(ended).filter((message) => [file, `${gone.length} played games`, FROM, 'backfill:phase2 --season 2024-25'].every((word) => message.includes(word)))).toHaveLength(1);
      expect(await different()).toEqual([]);
    }
    await expectRepairedBy(() => lake.writeSchedule(whole, '20241203_060000'));
  });

  it('that is not there: wrong usage, and how to name one', async () => {
    const ended = await programs.backfill(['all', ...SPAN, ...place.at('none.duckdb', place.path('nowhere'))]);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain(place.path('nowhere'));
    expect(ended.err).toContain('--lake');
  });
});

describeOnRealData('a postponed game under its old date', () => {
  /** Houston at Atlanta: 11 January, played on the 28th. */
  const GAME = '0022400532';
  let programs: Programs;
  let place: Workplace;
  beforeAll(() => {
    programs = new Programs();
    place = new Workplace();
  });
  afterAll(() => {
    programs.remove();
    place.remove();
  });

  it('is named with file, date, game and teams, and stored under the date on which it was played', async () => {
    const lake = LakeFolder.upTo('2025-01-28', '2025-01-29', place.path('lake'));
    const DATES = ['--dates', '2025-01-11,2025-01-28'];
    const file = lake.newest('player-boxscores', '2025-01-11');
    const own = lake.lines('player-boxscores', '2025-01-11');
    const stray = lake.lines('player-boxscores', '2025-01-28').filter((line) => line['GAME_ID'] === GAME);
    expect(stray.length).toBeGreaterThan(15);
    lake.writeLines('player-boxscores', '2025-01-11', [...own, ...stray.map((line) => ({ ...line, GAME_DATE: '2025-01-11' }))]);

    const ended = await programs.backfill(['phase2', ...DATES, '--skip-downstream-trigger', ...place.at('w.duckdb')]);
    expect(ended.code).toBe(1);
    const told = ended.out.split('\n').filter((line) => [file, '2025-01-11', GAME, 'HOU', 'ATL'].every((word) => line.includes(word)));
    expect(told).toHaveLength(1);
    const rows = await query(place.path('w.duckdb'), `SELECT CAST(game_date AS VARCHAR) AS date, COUNT(*) AS n FROM nba_raw.nbac_player_boxscore WHERE game_id = '${GAME}' GROUP BY ALL`);
    expect(rows).toEqual([{ date: '2025-01-28', n: String(stray.length) }]);
    expect(await query(place.path('w.duckdb'), `SELECT COUNT(*) AS n FROM nba_raw.nbac_player_boxscore WHERE game_date = '2025-01-11'`)).toEqual([{ n: String(own.length) }]);

    lake.writeLines('player-boxscores', '2025-01-11', own, '20250201_060000');
    expect((await programs.backfill(['phase2', ...DATES, '--skip-downstream-trigger', ...place.at('w.duckdb')])).code).toBe(0);
    expect((await programs.verifier(['--phase', '2', ...DATES, ...place.at('w.duckdb')])).code).toBe(0);
  });
});

/** `nba_analytics.player_game_summary` → `PlayerGameSummaryProcessor`. */
function processorOf(table: string): string {
  return `${(table.split('.')[1] ?? '').split('_').map((word) => word[0]?.toUpperCase() + word.slice(1)).join('')}Processor`;
}
