import type { Row, Warehouse } from '@nba/kernel';
import { memoryWarehouse, plainClient } from '@nba/testing';
import type { EntityCheck } from './check-entities';
import { CompletenessChecker } from './completeness-checker';
import type { EntityReport } from './entity-report';
import { days, games, seasonSoFar } from './entity-window';
import { type RawData, game, players, schedule, store, teams, together } from './raw-tables.fixture';

const SUMMARY = 'nba_raw.form';
// Team 1 plays on 22, 24, 26, 28 October and 1 November; on the 30th its game has not been played. Last season it played in April.
const LEAGUE = together(
  game('0022300900', '2024-04-10', 1, 2),
  game('0022400001', '2024-10-22', 1, 2), game('0022400002', '2024-10-24', 3, 1), game('0022400003', '2024-10-26', 1, 4), game('0022400004', '2024-10-28', 2, 1),
  game('0022400005', '2024-10-30', 1, 3, { status: 1 }), game('0022400006', '2024-11-01', 1, 2), game('0022400007', '2024-11-01', 3, 4),
  game('0012400001', '2024-10-21', 1, 3, { type: 'preseason' }),
);
const on = (date: string, gameId: string) => ({ date, gameId });
const [G1, G2, G3, G4, G6] = [on('2024-10-22', '0022400001'), on('2024-10-24', '0022400002'), on('2024-10-26', '0022400003'), on('2024-10-28', '0022400004'), on('2024-11-01', '0022400006')];

describe('teams and players within a window', () => {
  let warehouse: Warehouse;
  let data: RawData;
  /** Whether a row of the raw box scores has its row in the table under check. */
  let hasRow: (row: Row) => boolean;

  beforeAll(async () => {
    warehouse = await memoryWarehouse([schedule, players, teams]);
  });
  afterAll(() => warehouse.close());
  beforeEach(() => {
    data = { ...LEAGUE, players: [...LEAGUE.players] };
    hasRow = () => true;
  });

  async function check(what: Partial<EntityCheck> & Pick<EntityCheck, 'entity'>, port: Pick<Warehouse, 'query'> = warehouse): Promise<EntityReport> {
    await store(warehouse, data);
    await warehouse.query(`CREATE OR REPLACE TABLE ${SUMMARY} (game_date DATE, game_id STRING, team_id BIGINT, player_id BIGINT)`);
    const kept = LEAGUE.players.filter(hasRow).map((row) => `(CAST('${row['game_date']}' AS DATE), '${row['game_id']}', ${row['team_id']}, ${row['player_id']})`);
    if (kept.length > 0) await warehouse.query(`INSERT INTO ${SUMMARY} VALUES ${kept.join(', ')}`);
    return new CompletenessChecker(port).checkEntities({ table: SUMMARY, window: games(3), asOf: '2024-11-01', ...what });
  }
  const gone = (gameId: string, id: number) => (row: Row) => !(row['game_id'] === gameId && (row['player_id'] === id || row['team_id'] === id));

  describe('a team', () => {
    it('has its last three played games, whatever is scheduled between, and none of the date itself', async () => {
      expect(await check({ entity: 'team', ids: [1] })).toEqual({
        table: SUMMARY, entity: 'team', window: { kind: 'games', count: 3 }, asOf: '2024-11-01', season: '2024-25', threshold: 1,
        entities: [{ id: 1, name: 'T01', expected: [G2, G3, G4], present: [G2, G3, G4], missing: [], unknown: [], coverage: { expected: 3, present: 3, fraction: 1 }, meetsThreshold: true }],
        coverage: { expected: 3, present: 3, fraction: 1 }, meetsThreshold: true, unknownGames: [], unknownTeams: [], seasonsWithoutSchedule: [],
      });
    });

    it('lacks one, which is named, and does not look further back for another', async () => {
      hasRow = gone('0022400003', 1);
      const report = await check({ entity: 'team', ids: [1, 4] });
      expect(report.entities.map(({ id, missing, present }) => [id, missing, present])).toEqual([[1, [G3], [G2, G4]], [4, [], [G3]]]);
      expect(report).toMatchObject({ meetsThreshold: false, coverage: { expected: 4, present: 3, fraction: 0.75 } });
      expect((await check({ entity: 'team', ids: [1], threshold: 0.66 })).meetsThreshold).toBe(true);
      expect((await check({ entity: 'team', ids: [1], threshold: 0.67 })).meetsThreshold).toBe(false);
    });

    it('is every team of the season unless some are named', async () => {
      const { entities } = await check({ entity: 'team', window: seasonSoFar() });
      expect(entities.map(({ id, expected }) => [id, expected.length])).toEqual([[1, 4], [2, 2], [3, 1], [4, 1]]);
    });

    it('is looked at over days, the date itself excluded', async () => {
      expect((await check({ entity: 'team', ids: [1], window: days(5) })).entities[0]?.expected).toEqual([G4]);
      expect((await check({ entity: 'team', ids: [1], window: days(6) })).entities[0]?.expected).toEqual([G3, G4]);
      expect((await check({ entity: 'team', ids: [1], window: days(1), asOf: '2024-11-02' })).entities[0]?.expected).toEqual([G6]);
    });

    it('never looks into another season: on opening night nothing is expected, and that is complete', async () => {
      for (const window of [games(10), days(300), seasonSoFar()]) {
        expect(await check({ entity: 'team', ids: [1], window, asOf: '2024-10-22' })).toMatchObject({ meetsThreshold: true, coverage: { expected: 0, present: 0, fraction: 1 }, entities: [{ id: 1, expected: [] }] });
        expect(await check({ entity: 'team', ids: [1], window, asOf: '2024-10-01' })).toMatchObject({ meetsThreshold: true, season: '2024-25', coverage: { expected: 0 } });
        expect((await check({ entity: 'team', ids: [1], window, asOf: '2024-09-30' })).coverage.expected).toBe(window.kind === 'season-so-far' || window.kind === 'games' || window.count > 170 ? 1 : 0);
      }
    });

    it('that the schedule does not know is never complete', async () => {
      expect(await check({ entity: 'team', ids: [1, 99] })).toMatchObject({
        meetsThreshold: false, unknownTeams: [99], entities: [{ id: 1, meetsThreshold: true }, { id: 99, name: undefined, expected: [], coverage: { expected: 0, fraction: 0 }, meetsThreshold: false }],
      });
    });

    it('of a season without a schedule is never complete', async () => {
      expect(await check({ entity: 'team', ids: [1], asOf: '2022-01-01' })).toMatchObject({ season: '2021-22', seasonsWithoutSchedule: ['2021-22'], meetsThreshold: false, unknownTeams: [], entities: [{ meetsThreshold: false }] });
      expect(await check({ entity: 'team', asOf: '2022-01-01' })).toMatchObject({ seasonsWithoutSchedule: ['2021-22'], meetsThreshold: false, entities: [], coverage: { expected: 0, fraction: 0 } });
    });

    it('has no row for a game that is stored on another date', async () => {
      await check({ entity: 'team' });
      await warehouse.query(`UPDATE ${SUMMARY} SET game_date = CAST('2024-10-27' AS DATE) WHERE game_id = '0022400004'`);
      expect((await new CompletenessChecker(warehouse).checkEntities({ table: SUMMARY, entity: 'team', ids: [2], window: games(5), asOf: '2024-11-01' })).entities[0]?.missing).toEqual([G4]);
    });
  });

  describe('a player', () => {
    it('has the games he appeared in: one that he sat out is neither expected nor missing', async () => {
      data.players = data.players.filter(gone('0022400003', 11));
      expect(await check({ entity: 'player', ids: [11], window: games(3) })).toMatchObject({
        meetsThreshold: true, entities: [{ id: 11, name: 'Player 11', expected: [G1, G2, G4], missing: [], unknown: [] }],
      });
    });

    it('lacks one, which is named', async () => {
      hasRow = gone('0022400002', 12);
      const report = await check({ entity: 'player' });
      expect(report.entities.filter(({ missing }) => missing.length > 0)).toMatchObject([{ id: 12, name: 'Player 12', missing: [G2], present: [G3, G4], coverage: { expected: 3, present: 2 } }]);
      expect(report.entities).toHaveLength(8);
      expect(report).toMatchObject({ meetsThreshold: false, coverage: { expected: 2 * (3 + 2 + 1 + 1), present: 13 } });
    });

    it('takes his games along when he is traded', async () => {
      // 31 plays for team 3 on the 24th, for team 1 on the 26th and 28th.
      const moved = LEAGUE.players.filter((row) => row['player_id'] === 11 && [G3, G4].some(({ gameId }) => gameId === row['game_id'])).map((row) => ({ ...row, player_id: 31 }));
      data.players.push(...moved);
      expect((await check({ entity: 'player', ids: [31] })).entities).toMatchObject([{ expected: [G2, G3, G4], present: [G2], missing: [G3, G4] }]);
    });

    it('who has not appeared yet has nothing to lack', async () => {
      expect(await check({ entity: 'player', ids: [777] })).toMatchObject({ meetsThreshold: true, entities: [{ id: 777, name: undefined, expected: [], meetsThreshold: true }] });
      expect(await check({ entity: 'player', ids: [11], asOf: '2024-10-01' })).toMatchObject({ meetsThreshold: true, entities: [{ id: 11, expected: [] }] });
    });

    it('is not known to be complete while appearances of his team are not stored within the window', async () => {
      const withoutG3 = (row: Row) => !(row['game_id'] === G3.gameId && row['team_id'] === 1);
      data.players = data.players.filter(withoutG3);
      const three = await check({ entity: 'player', ids: [11, 21, 41] });
      expect(three.unknownGames).toEqual([G3]);
      expect(three.entities).toMatchObject([
        { id: 11, expected: [G1, G2, G4], unknown: [G3], meetsThreshold: false },
        { id: 21, unknown: [], meetsThreshold: true },
        { id: 41, unknown: [], meetsThreshold: true },
      ]);
      expect(three.meetsThreshold).toBe(false);
      // Full without it: the hole lies before the window.
      expect((await check({ entity: 'player', ids: [11], window: games(1) })).entities).toMatchObject([{ expected: [G4], unknown: [], meetsThreshold: true }]);
      expect((await check({ entity: 'player', ids: [11], window: days(4) })).entities).toMatchObject([{ expected: [G4], unknown: [], meetsThreshold: true }]);
    });

    it('is not complete for want of any appearances at all', async () => {
      data.players = [];
      expect(await check({ entity: 'player', ids: [11] })).toMatchObject({ meetsThreshold: false, entities: [{ expected: [], unknown: [G1, G2, G3, G4], coverage: { expected: 0, fraction: 0 } }] });
      expect(await check({ entity: 'player' })).toMatchObject({ meetsThreshold: false, entities: [], coverage: { expected: 0, fraction: 0 }, unknownGames: [G1, G2, G3, G4] });
    });

    it('is expected to have no row for a game that is under way, though he has appeared in it', async () => {
      const [line] = data.players.filter((row) => row['player_id'] === 11);
      data.players.push({ ...line, game_id: '0022400005', game_date: '2024-10-30' });
      expect((await check({ entity: 'player', ids: [11], window: games(2) })).entities).toMatchObject([{ expected: [G3, G4], missing: [] }]);
    });

    it('is not asked about what is unknown of another season', async () => {
      data.players = data.players.filter((row) => row['season'] !== '2023-24');
      expect(await check({ entity: 'player', ids: [11], window: days(300), asOf: '2024-10-24' })).toMatchObject({ unknownGames: [], meetsThreshold: true, entities: [{ expected: [G1], unknown: [] }] });
    });

    it('may be found under other names, in another table of appearances', async () => {
      await check({ entity: 'player' });
      await warehouse.query(`CREATE OR REPLACE TABLE nba_raw.lineups AS SELECT * FROM nba_raw.nbac_player_boxscore WHERE player_id = 11`);
      await warehouse.query(`CREATE OR REPLACE TABLE nba_raw.cache AS SELECT game_date AS played_on, game_id AS gid, player_id AS person, 'v1' AS model FROM ${SUMMARY} WHERE game_id <> '${G4.gameId}'`);
      const report = await new CompletenessChecker(warehouse, { appearances: 'nba_raw.lineups' }).checkEntities({
        table: 'nba_raw.cache', entity: 'player', window: games(2), asOf: '2024-11-01', dateColumn: 'played_on', gameColumn: 'gid', idColumn: 'person', where: 'model = @model', parameters: { model: 'v1' },
      });
      expect(report.entities).toMatchObject([{ id: 11, missing: [G4], present: [G3] }]);
    });
  });

  it('answers alike through a client that returns dates as objects', async () => {
    hasRow = gone('0022400002', 12);
    for (const entity of ['player', 'team'] as const) expect(await check({ entity }, plainClient(warehouse))).toEqual(await check({ entity }));
  });

  it.each([
    [{ entity: 'coach' as never }, 'entity'],
    [{ entity: 'team', ids: [] }, 'ids'],
    [{ entity: 'team', ids: [1.5] }, 'ids'],
    [{ entity: 'team', window: games(0) }, 'window'],
    [{ entity: 'team', window: { kind: 'years', count: 1 } as never }, 'window'],
    [{ entity: 'team', asOf: 'today' }, 'asOf'],
    [{ entity: 'team', threshold: 90 }, 'threshold'],
    [{ entity: 'team', idColumn: 'a b' }, 'idColumn'],
    [{ entity: 'team', gameColumn: 'a b' }, 'gameColumn'],
  ] as const)('refuses %j', async (what, field) => {
    await expect(check(what)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', fields: { field } });
  });

  it('does not ask the table of appearances about itself', async () => {
    await expect(check({ entity: 'player', table: 'nba_raw.nbac_player_boxscore' })).rejects.toThrow('by its own word');
  });
});
