import { copyFileSync } from 'node:fs';
import { describeOnRealData, LakeFolder } from './lake-folder.fixture';
import { type Ended, Programs, Workplace, answer } from './programs.fixture';
import { COMPUTED, TABLES, change, differences, query } from './warehouse-file.fixture';

/** Three weeks of 2024-25, as they were on the morning after. */
const SPAN = ['--start-date', '2024-10-22', '--end-date', '2024-11-12'];
const OFF_DATE = '2024-11-05';
const PLAYERS = 'nba_raw.nbac_player_boxscore';
const TEAMS = 'nba_raw.nbac_team_boxscore';
const SCHEDULE = 'nba_raw.nbac_schedule';
const SUMMARY = 'nba_analytics.player_game_summary';

interface Violation { invariant: string; severity: string; date: string; gameId: string | null; who: string | null; detail: string }
interface Gap { kind: string; date: string; gameId?: string; team?: string; player?: string }
interface Answer { complete: boolean; verifications: { phase: number; reports: { table: string; gaps: Gap[] }[]; violations: Violation[] }[] }

/** An edit of one line, a player's or a team's, and what the verifier must say about it. */
interface Edit { readonly set: string; readonly of: 'player' | 'team' | 'summary'; readonly invariant: string; readonly who?: 'team'; readonly detail: string; readonly reports?: true }

const COUNTED = ['assists', 'steals', 'blocks', 'turnovers', 'personal_fouls', 'offensive_rebounds', 'defensive_rebounds', 'rebounds', 'field_goals_attempted',
  'field_goals_made', 'three_pointers_attempted', 'three_pointers_made', 'free_throws_attempted', 'free_throws_made', 'points'];

const EDITS: readonly Edit[] = [
  ...COUNTED.map((stat): Edit => ({ set: `${stat} = ${stat} + 1`, of: 'player', who: 'team', invariant: 'players-add-up-to-team', detail: stat })),
  { set: 'points = NULL', of: 'player', who: 'team', invariant: 'players-add-up-to-team', detail: 'points' },
  { set: 'points = points + 1', of: 'team', invariant: 'team-points-are-the-score', detail: 'schedule says' },
  { set: 'seconds_played = seconds_played + 600', of: 'team', invariant: 'team-minutes-fit-the-game', detail: 'seconds played' },
  { set: 'seconds_played = 235 * 60', of: 'team', invariant: 'team-minutes-fit-the-game', detail: '14100 seconds' },
  { set: 'three_pointers_made = three_pointers_made + 1', of: 'player', invariant: 'player-lines-are-consistent', detail: 'points do not follow from shots' },
  { set: 'free_throws_made = free_throws_made - 1', of: 'team', invariant: 'team-lines-are-consistent', detail: 'points do not follow from shots' },
  { set: 'rebounds = rebounds + 1', of: 'player', invariant: 'player-lines-are-consistent', detail: 'rebounds are not' },
  { set: 'field_goals_attempted = field_goals_made - 1', of: 'player', invariant: 'player-lines-are-consistent', detail: 'more field goals made' },
  { set: 'three_pointers_attempted = three_pointers_made - 1', of: 'player', invariant: 'player-lines-are-consistent', detail: 'more three-pointers made' },
  { set: 'free_throws_attempted = free_throws_made - 1', of: 'player', invariant: 'player-lines-are-consistent', detail: 'more free throws made' },
  { set: 'personal_fouls = 7', of: 'player', invariant: 'player-lines-are-consistent', detail: 'more than six' },
  { set: "season = '2023-24'", of: 'player', invariant: 'nbac-player-boxscore-lies-in-its-season', detail: 'season 2023-24' },
  { set: "season = '2023-24'", of: 'team', invariant: 'nbac-team-boxscore-lies-in-its-season', detail: 'season 2023-24' },
  { set: 'usage_rate = -0.5', of: 'summary', invariant: 'usage-rate-is-not-negative', detail: 'usage rate -0.5' },
  { set: 'plus_minus = plus_minus + 200', of: 'team', invariant: 'plus-minus-balances', detail: 'adds up to', reports: true },
  { set: 'usage_rate = 117', of: 'summary', invariant: 'usage-rate-is-at-most-100', detail: 'usage rate 117', reports: true },
];

describeOnRealData('what is stored', () => {
  let programs: Programs;
  let place: Workplace;
  const file = () => place.path('w.duckdb');
  const anew = () => copyFileSync(place.path('clean.duckdb'), file());
  const verify = (...args: readonly string[]): Promise<Ended> => programs.verifier([...args, ...place.at('w.duckdb')]);
  /** The lines of the verifier's answer, for people, that hold all of the words. */
  const linesWith = ({ out }: Ended, words: readonly string[]) => out.split('\n').filter((line) => words.every((word) => line.includes(word)));

  beforeAll(async () => {
    programs = new Programs();
    place = new Workplace();
    LakeFolder.upTo('2024-11-12', '2024-11-13', place.path('lake'));
    const loaded = await programs.backfill(['all', ...SPAN, ...place.at('clean.duckdb')]);
    if (loaded.code !== 0) throw new Error(`${loaded.out}\n${loaded.err}`);
  }, 60_000);
  beforeEach(anew);
  afterAll(() => {
    programs.remove();
    place.remove();
  });

  it('is complete before it is changed', async () => {
    expect(await verify(...SPAN)).toMatchObject({ code: 0 });
  });

  it('breaks an invariant with every edit, and the line is named by date, game and name', async () => {
    // Each edit in a game of its own: on top of what it breaks, it breaks nothing of another.
    const table = { player: PLAYERS, team: TEAMS, summary: SUMMARY };
    const victims = await query(file(), `SELECT game_id, game_date, player_id, player_name, team_id, team_tricode FROM ${PLAYERS}
      QUALIFY ROW_NUMBER() OVER (PARTITION BY game_id ORDER BY points DESC, player_id) = 1 ORDER BY game_date DESC, game_id LIMIT ${EDITS.length}`);
    const edits = EDITS.map((edit, i) => ({ ...edit, victim: victims[i] as (typeof victims)[number] }));
    await change(file(), ...edits.map(({ of, set, victim }) =>
      `UPDATE ${table[of]} SET ${set} WHERE game_id = '${victim['game_id']}' AND ${of === 'team' ? `team_id = ${victim['team_id']}` : `player_id = ${victim['player_id']}`}`));

    const ended = await verify(...SPAN, '--json');
    expect(ended.code).toBe(1);
    const violations = answer<Answer>(ended).verifications.flatMap((one) => one.violations);
    for (const { of, who, invariant, detail, victim, reports } of edits) {
      const ownedBy = violations.filter((one) => one.invariant === invariant && one.gameId === victim['game_id']);
      const named = /season|plus-minus/.test(invariant) ? null : who === 'team' || of === 'team' ? victim['team_tricode'] : victim['player_name'];
      expect(ownedBy).toEqual([expect.objectContaining({
        severity: reports ? 'reports' : 'fails', date: victim['game_date'], who: named, detail: expect.stringContaining(detail) as string,
      })]);
    }
  });

  it('is right with what real data has a few of, which is reported', async () => {
    await change(file(), `UPDATE ${TEAMS} SET plus_minus = plus_minus + 1 WHERE game_id = '0022400081'`, `UPDATE ${SUMMARY} SET usage_rate = 117 WHERE game_id = '0022400081'`);
    const ended = await verify(...SPAN);
    expect(ended.code).toBe(0);
    expect(linesWith(ended, ['reported and kept', 'plus-minus-balances: 1'])).toHaveLength(1);
    expect(linesWith(ended, ['reported and kept', 'usage-rate-is-at-most-100: '])).toHaveLength(1);
  });

  it.each([
    [`UPDATE ${PLAYERS} SET points = points + 2, field_goals_made = field_goals_made + 1, field_goals_attempted = field_goals_attempted + 1 WHERE game_id = '0022400081' AND player_name = 'Pascal Siakam'`,
      ['2024-10-25', 'game 0022400081', 'IND', 'points']],
    [`DELETE FROM ${PLAYERS} WHERE game_id = '0022400081' AND team_tricode = 'IND'`, ['2024-10-25: missing', 'game 0022400081', 'team IND']],
    [`DELETE FROM ${TEAMS} WHERE game_id = '0022400081' AND team_tricode = 'IND'`, ['2024-10-25: missing', 'game 0022400081', 'team IND']],
    [`UPDATE ${SCHEDULE} SET away_score = away_score + 1 WHERE game_id = '0022400081'`, ['2024-10-25', 'game 0022400081', 'IND', 'schedule says']],
    [`INSERT INTO ${SCHEDULE} SELECT * REPLACE (DATE '2024-10-26' AS game_date) FROM ${SCHEDULE} WHERE game_id = '0022400081'`, ['game 0022400081', '2 times']],
    [`UPDATE ${SCHEDULE} SET season = '2023-24' WHERE game_id = '0022400081'`, ['2024-10-25', 'game 0022400081', 'season 2023-24']],
  ])('is wrong after %s', async (edit, words) => {
    await change(file(), edit);
    const ended = await verify('--phase', '2', '--start-date', '2024-10-25', '--end-date', '2024-10-26');
    expect(ended.code).toBe(1);
    expect([ended.out, linesWith(ended, words).length > 0]).toEqual([ended.out, true]);
  });

  // Phase by phase: the keys that one table must have are those that another one has.
  it.each((['nba_raw', 'nba_analytics', 'nba_precompute'] as const).flatMap((dataset) => [
    [dataset, 'a row twice', '*', 'duplicate', '2024-11-08'],
    [dataset, 'a row on a date without games', `* REPLACE (DATE '${OFF_DATE}' AS game_date)`, 'unexpected', OFF_DATE],
  ] as const))('is wrong with any table of %s that has %s', async (dataset, _what, columns, kind, date) => {
    const tables = TABLES.filter((table) => table !== SCHEDULE && table.startsWith(dataset));
    await change(file(), ...tables.map((table) => `INSERT INTO ${table} SELECT ${columns} FROM (FROM ${table} WHERE game_id = '0022400190' ORDER BY ALL LIMIT 1)`));
    const ended = await verify('--date', date, '--json');
    expect(ended.code).toBe(1);
    const reports = answer<Answer>(ended).verifications.flatMap((one) => one.reports);
    for (const table of tables) {
      const gaps = reports.filter((report) => report.table === table).flatMap((report) => report.gaps).filter((gap) => gap.kind === kind);
      expect([table, gaps.length > 0]).toEqual([table, true]);
      for (const gap of gaps) expect(gap).toMatchObject({ date, gameId: '0022400190' });
      if (kind === 'duplicate') expect(gaps[0]?.player ?? gaps[0]?.team).toMatch(/^[A-Z]/);
    }
  });

  it('is wrong when a team has 81 games in a season that is over', async () => {
    await change(file(), `UPDATE ${SCHEDULE} SET game_status = 3 WHERE game_type = 'regular-season'`, `DELETE FROM ${SCHEDULE} WHERE game_id = '0022401186'`);
    const ended = await verify('--phase', '2', '--date', '2024-10-25');
    expect(ended.code).toBe(1);
    expect(linesWith(ended, ['81 games in 2024-25'])).toHaveLength(2);
  });

  describe('one row of a game', () => {
    const DATE = '2024-11-08';
    const GAME = '0022400190';
    /** The row that goes: the first by its key, of a player or a team. */
    const victimIn = async (table: string) => {
      const [row] = await query(file(), `SELECT * FROM ${table} WHERE game_id = '${GAME}' ORDER BY ALL LIMIT 1`);
      const [entity, id] = row?.['player_id'] === undefined ? ['team', row?.['team_id']] : ['player', row['player_id']];
      const [name] = await query(file(), `SELECT DISTINCT ${entity === 'team' ? 'team_tricode' : 'player_name'} AS name FROM ${PLAYERS} WHERE ${entity}_id = ${id}`);
      return { remove: `DELETE FROM ${table} WHERE game_id = '${GAME}' AND ${entity}_id = ${id}`, who: `${entity} ${name?.['name']}` };
    };

    it.each(COMPUTED)('is missed in %s by name', async (table) => {
      const { remove, who } = await victimIn(table);
      await change(file(), remove);
      const ended = await verify('--phase', table.startsWith('nba_analytics') ? '3' : '4', '--date', DATE);
      expect(ended.code).toBe(1);
      expect([ended.out, linesWith(ended, [`${DATE}: missing`, `game ${GAME}`, who]).length > 0]).toEqual([ended.out, true]);
    });

    it('comes back with the next run, in every table, and nothing else changes', async () => {
      for (const table of COMPUTED) await change(file(), (await victimIn(table)).remove);
      expect((await differences(file(), place.path('clean.duckdb'))).map(({ table, date }) => `${table} ${date}`).sort()).toEqual(COMPUTED.map((table) => `${table} ${DATE}`).sort());
      const repaired = await programs.backfill(['all', ...SPAN, ...place.at('w.duckdb'), '--json']);
      expect(repaired.code).toBe(0);
      expect(await differences(file(), place.path('clean.duckdb'))).toEqual([]);
      expect(await verify(...SPAN)).toMatchObject({ code: 0 });
    });
  });
});
