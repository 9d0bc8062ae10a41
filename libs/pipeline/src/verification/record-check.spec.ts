import { type TableDefinition, dateRange, parseSeason, seasonSpan, sql } from '@nba/kernel';
import { createRegistry } from '../definition/registry';
import { D1, D2, D3, D4, D6, DATES, ToyLeague, gameIdOn, linesOn } from '../toy-league.fixture';
import { scheduleTable, toyForm, toyPoints, toyTiers, type ToyGame } from '../toy-processors.fixture';
import type { RecordDifference } from './record-check';
import { Verifier } from './verifier';

const SEASON = seasonSpan(parseSeason('2024-25'));
const HOUR_MS = 3_600_000;

describe('what is stored beside what was recorded', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
    await league.run();
  });
  afterEach(() => league.close());

  async function found(isDeep: boolean, range = SEASON): Promise<RecordDifference[]> {
    const verifier = new Verifier(createRegistry(league.processors), league.warehouse, { gameTypes: ['regular-season'] }, league.clock);
    const phases = [await verifier.verifyPhase(2, range, { isDeep }), await verifier.verifyPhase(3, range, { isDeep }), await verifier.verifyPhase(4, range, { isDeep })];
    for (const { complete, unlikeRecord } of phases) if (unlikeRecord.length > 0) expect(complete).toBe(false);
    return phases.flatMap(({ unlikeRecord }) => unlikeRecord);
  }
  const behindItsBack = (table: TableDefinition, change: string) => league.warehouse.query(change.replace('TABLE', sql`${table}`.text));
  const form = { table: 'nba_analytics.toy_form', processor: 'ToyFormProcessor', phase: 3 } as const;

  it('is the same after one run, after repairs, and where a date had to be emptied', async () => {
    expect([await found(false), await found(true)]).toEqual([[], []]);
    await league.scrape(D2, linesOn(D2, { 11: 31 }));
    await league.run({ maxGroup: 1 });
    // The game of the third date moves to one without games.
    await league.scrapeSchedule(DATES.map((date): ToyGame => [gameIdOn(date), date === D3 ? '2024-10-25' : date, 3]));
    await league.run();
    expect([await found(false), await found(true)]).toEqual([[], []]);
    expect(await league.rows(toyForm.table, D3)).toEqual([]);
  });

  it.each([
    ['a value', 'UPDATE TABLE SET points = points + 1 WHERE player_id = 12'],
    ['NULL by 0', 'UPDATE TABLE SET points_last_2 = 0 WHERE points_last_2 IS NULL AND player_id = 12'],
    ['a row by another', 'UPDATE TABLE SET player_id = 13 WHERE player_id = 12'],
  ])('tells %s that was replaced, with the number of rows unchanged, only when it looks deep', async (_, change) => {
    await behindItsBack(toyForm.table, `${change} AND game_date = '${D1}'`);
    expect(await found(false)).toEqual([]);
    expect(await found(true)).toEqual([{ ...form, unit: D1, kind: 'content', recorded: 4, stored: 4 }]);
  });

  it('tells each date, in order', async () => {
    await behindItsBack(toyTiers.table, `UPDATE TABLE SET rows_so_far = 77 WHERE game_date IN ('${D4}', '${D2}') AND team_id = 1`);
    expect((await found(true)).map(({ table, unit, kind }) => [table, unit, kind])).toEqual([['nba_precompute.toy_tiers', D2, 'content'], ['nba_precompute.toy_tiers', D4, 'content']]);
  });

  it('tells a deleted row and a deleted partition with the numbers of rows, however it looks', async () => {
    await behindItsBack(toyForm.table, `DELETE FROM TABLE WHERE game_date = '${D2}' AND player_id = 21`);
    await behindItsBack(toyForm.table, `DELETE FROM TABLE WHERE game_date = '${D4}'`);
    const expected = [{ ...form, unit: D2, kind: 'rows', recorded: 4, stored: 3 }, { ...form, unit: D4, kind: 'rows', recorded: 4, stored: 0 }];
    expect([await found(false), await found(true)]).toEqual([expected, expected]);
    // In the dates that were asked for.
    expect(await found(false, dateRange(D3, D6))).toEqual(expected.slice(1));
  });

  it('tells rows that nobody has recorded, among the others in the order of the dates', async () => {
    const [row] = await league.rows(toyForm.table, D6);
    await league.warehouse.append(toyForm.table, [{ ...row, game_date: '2024-11-02' }, { ...row, game_date: '2024-10-25' }]);
    await behindItsBack(toyForm.table, `DELETE FROM TABLE WHERE game_date = '${D6}'`);
    const stray = { ...form, kind: 'unrecorded', recorded: null, stored: 1 };
    const expected = [{ ...stray, unit: '2024-10-25' }, { ...form, unit: D6, kind: 'rows', recorded: 4, stored: 0 }, { ...stray, unit: '2024-11-02' }];
    expect([await found(false), await found(true)]).toEqual([expected, expected]);
  });

  it('takes a unit that has only ever failed for one that has stored nothing', async () => {
    const later = '2024-10-30' as typeof D6;
    await league.scrapeSchedule([...DATES.map((date): ToyGame => [gameIdOn(date), date, 3]), ['0022400099', later, 3]]);
    await league.scrape(later, 'no JSON');
    await league.run();
    expect(await found(false)).toEqual([]);
    const [row] = await league.rows(toyPoints.table, D6);
    await league.warehouse.append(toyPoints.table, [{ ...row, game_date: later }]);
    expect((await found(false)).map(({ table, unit, kind, recorded }) => [table, unit, kind, recorded])).toEqual([['nba_raw.toy_points', later, 'unrecorded', null]]);
  });

  it('takes a schedule by its season, whole, whatever dates are asked for', async () => {
    const schedule = { table: 'nba_raw.nbac_schedule', processor: 'NbacScheduleProcessor', phase: 2, unit: '2024-25', recorded: 6 };
    await behindItsBack(scheduleTable, `UPDATE TABLE SET away_score = 99 WHERE game_date = '${D6}'`);
    expect(await found(false)).toEqual([]);
    expect(await found(true, dateRange(D1, D1))).toEqual([{ ...schedule, kind: 'content', stored: 6 }]);
    await behindItsBack(scheduleTable, `DELETE FROM TABLE WHERE game_date = '${D6}'`);
    expect(await found(false, dateRange(D1, D1))).toEqual([{ ...schedule, kind: 'rows', stored: 5 }]);
  });

  it('goes by the newest run that has stored something, not by one that failed or was blocked since', async () => {
    await league.scrape(D2, 'no JSON');
    await league.run({ force: true });
    const newest = await league.warehouse.query(`SELECT DISTINCT status FROM nba_reference.processor_run_history WHERE data_date = '${D2}' QUALIFY
      ROW_NUMBER() OVER (PARTITION BY processor_name ORDER BY started_at DESC, finished_at DESC NULLS LAST) = 1 ORDER BY status`);
    expect(newest).toEqual(expect.arrayContaining([{ status: 'blocked' }, { status: 'failed' }]));
    expect(await found(true)).toEqual([]);
    await behindItsBack(toyPoints.table, `DELETE FROM TABLE WHERE game_date = '${D2}'`);
    expect((await found(false)).map(({ table, unit, recorded, stored }) => [table, unit, recorded, stored])).toEqual([['nba_raw.toy_points', D2, 4, 0]]);
  });

  it('goes by what was stored last, also where the clock of a rehearsal stood earlier', async () => {
    league.clock.advance(24 * HOUR_MS);
    await league.run({ force: true });
    league.clock.advance(-23 * HOUR_MS);
    // One player less: the teams of the spine are still there.
    await league.scrape(D6, linesOn(D6).slice(1));
    await league.run();
    expect(await league.rows(toyPoints.table, D6)).toHaveLength(3);
    expect(await found(true)).toEqual([]);
  });
});
