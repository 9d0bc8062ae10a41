import { addDays, tableId, type GameDate, type Row, type Warehouse } from '@nba/kernel';
import { analyticsProcessors } from '@nba/processors-analytics';
import { playerCompositeFactors, playerDailyCache, playerShotProfile, precomputeProcessors, teamDefenseShotProfile } from './index';
import { Oracle } from './oracle.fixture';
import { describeRealSeason, lookbackSamples, realSeason, SEASON, upstreamRows } from './real-season.fixture';
import { answer, store, storeAll, stored } from './warehouse.fixture';

const keyOf = (row: Row) => `${row['game_date']}|${row['game_id']}|${row['player_id'] ?? row['team_id']}`;

/** The rows that differ, by key: readable where a comparison of ninety thousand rows is not. */
function differing(actual: readonly Row[], expected: readonly Row[]): unknown[] {
  const others = new Map(expected.map((row) => [keyOf(row), row]));
  const different: unknown[] = actual.flatMap((row) => {
    const other = others.get(keyOf(row));
    others.delete(keyOf(row));
    return Object.keys({ ...row, ...other })
      .filter((column) => !other || !Object.is(row[column], other[column]))
      .map((column) => `${keyOf(row)} ${column}: ${row[column]} against ${other?.[column]}`);
  });
  return [...different, ...[...others.keys()].map((key) => `${key} is missing`)];
}

describeRealSeason('Phase 4 on a real season', () => {
  let warehouse: Warehouse;
  const whole = new Map<string, readonly Row[]>();
  const rowsOf = (processor: (typeof precomputeProcessors)[number]) => whole.get(processor.name) as readonly Row[];

  beforeAll(async () => {
    warehouse = await realSeason();
    await storeAll(warehouse, SEASON.from, SEASON.to);
    for (const processor of precomputeProcessors) whole.set(processor.name, await stored(warehouse, processor.table));
  });
  afterAll(() => warehouse.close());

  it('has a row for both teams of every game and for every expected player', async () => {
    expect(rowsOf(teamDefenseShotProfile)).toHaveLength(2 * 1230);
    const [players] = await warehouse.query('SELECT COUNT(*) AS n FROM nba_analytics.upcoming_player_game_context');
    for (const processor of [playerShotProfile, playerDailyCache, playerCompositeFactors]) expect(rowsOf(processor)).toHaveLength(players?.['n'] as number);
  });

  it('equals plain loops in every bit of every row', async () => {
    const oracle = new Oracle(await upstreamRows(warehouse));
    expect(differing(rowsOf(teamDefenseShotProfile), oracle.teamDefenseShotProfile())).toEqual([]);
    expect(differing(rowsOf(playerShotProfile), oracle.playerShotProfile())).toEqual([]);
    expect(differing(rowsOf(playerDailyCache), oracle.playerDailyCache())).toEqual([]);
    expect(differing(rowsOf(playerCompositeFactors), oracle.playerCompositeFactors())).toEqual([]);
  });

  it('knows the golden lookbacks', () => {
    for (const sample of lookbackSamples().filter(({ season }) => season === SEASON.name)) {
      const row = rowsOf(playerDailyCache).find((cached) => cached['player_id'] === Number(sample.player_id) && cached['game_date'] === sample.date);
      expect(row).toMatchObject({ games_this_season: sample.prior_games, points_avg_last_5: sample.last5_pts, points_avg_last_10: sample.last10_pts, points_avg_season: sample.season_to_date_pts });
      expect(row?.['minutes_avg_last_10']).toBeCloseTo(sample.last10_min, 1);
    }
  });

  it.each([1, 7, 30])('gives the same bits %i days at a time, for a month', async (days) => {
    const [from, to] = ['2024-12-15', '2025-01-13'];
    for (const processor of precomputeProcessors) {
      const rows: Row[] = [];
      for (let day = from as GameDate; day <= to; day = addDays(day, days)) {
        const end = addDays(day, days - 1);
        rows.push(...(await answer(warehouse, processor, day, end < to ? end : to)));
      }
      expect(differing(rows, rowsOf(processor).filter((row) => String(row['game_date']) >= from && String(row['game_date']) <= to))).toEqual([]);
      expect(rows.length).toBeGreaterThan(0);
    }
  });

  // Last: it takes games away.
  it('does not see what is played on the date or later', async () => {
    const date = '2025-02-05';
    await warehouse.query(`UPDATE nba_raw.nbac_schedule SET game_status = 1, home_score = NULL, away_score = NULL WHERE game_date >= CAST(@date AS DATE)`, { date });
    for (const table of ['nbac_player_boxscore', 'nbac_team_boxscore']) await warehouse.query(`DELETE FROM nba_raw.${table} WHERE game_date >= CAST(@date AS DATE)`, { date });
    for (const processor of analyticsProcessors) await store(warehouse, processor, date, SEASON.to);
    await storeAll(warehouse, date, SEASON.to);
    for (const processor of precomputeProcessors) {
      const until = (rows: readonly Row[]) => rows.filter((row) => String(row['game_date']) <= date);
      expect(differing(until(await stored(warehouse, processor.table)), until(rowsOf(processor)))).toEqual([]);
    }
    // Every later scheduled game still has its rows, all by the same latest games: what was known on the morning of the date.
    const [later] = await warehouse.query(`SELECT COUNT(*) AS n, MAX(games_in_last_15) AS most FROM ${tableId(teamDefenseShotProfile.table)} WHERE game_date > CAST(@date AS DATE)`, { date });
    expect(later).toEqual({ n: rowsOf(teamDefenseShotProfile).filter((row) => String(row['game_date']) > date).length, most: 15 });
  });
});
