import { copyFileSync } from 'node:fs';
import { describeOnRealData } from './lake-folder.fixture';
import { type Ended, Programs, Workplace } from './programs.fixture';
import { writeRehearsalLake } from './rehearsal-lake.fixture';
import { change, differences, query } from './warehouse-file.fixture';

const NOW = ['--now', '2024-11-10T12:00:00Z'];
const SUMMARY = 'nba_analytics.player_game_summary';

describeOnRealData('what was changed behind the pipeline\'s back', () => {
  let programs: Programs;
  let place: Workplace;

  const verify = (args: readonly string[] = [], scope = ['--season', '2024-25']): Promise<Ended> => programs.verifier([...scope, ...NOW, ...args, ...place.at('w.duckdb')]);
  const verifyDeep = (scope?: string[]): Promise<Ended> => verify(['--deep'], scope);
  /** Runs what the verifier names as next, as it is printed. */
  async function runNext({ out }: Ended): Promise<void> {
    for (const [, command = ''] of out.matchAll(/^\s+Next: nx run backfill:(.+)$/gm)) expect(await programs.backfill([...command.split(' '), ...NOW, ...place.at('w.duckdb')])).toMatchObject({ code: 0 });
  }

  beforeAll(async () => {
    programs = new Programs();
    place = new Workplace();
    writeRehearsalLake(place.path('lake'), '2024-25', { from: '2024-11-10', to: '2024-11-10' });
    expect(await programs.backfill(['all', '--season', '2024-25', ...NOW, ...place.at('clean.duckdb')])).toMatchObject({ code: 0 });
  }, 60_000);
  beforeEach(() => copyFileSync(place.path('clean.duckdb'), place.path('w.duckdb')));
  afterAll(() => {
    programs.remove();
    place.remove();
  });

  it('nothing: 0, also when hashes are recomputed', async () => {
    expect([(await verify()).code, (await verifyDeep()).code]).toEqual([0, 0]);
  });

  it('one value, with the number of rows unchanged: only --deep tells, by table and date; the command it names puts it right', async () => {
    const where = `game_date = '2024-11-04' AND points = (SELECT MAX(points) FROM ${SUMMARY} WHERE game_date = '2024-11-04')`;
    await change(place.path('w.duckdb'), `UPDATE ${SUMMARY} SET usage_rate = usage_rate + 0.001 WHERE ${where}`);
    expect((await verify()).code).toBe(0);
    const told = await verifyDeep();
    expect(told.code).toBe(1);
    expect(told.out.match(/^.*(not stored as|content has been).*$/gm)).toEqual([
      '  ✗ 1 unit is not stored as it was recorded', expect.stringMatching(`^ +${SUMMARY} 2024-11-04: \\d+ rows as recorded, but the content has been changed since$`),
    ]);
    expect(await verifyDeep(['--date', '2024-11-06'])).toMatchObject({ code: 0 });
    await runNext(told);
    expect((await verifyDeep()).code).toBe(0);
    expect(await differences(place.path('w.duckdb'), place.path('clean.duckdb'))).toEqual([]);
  });

  it('a row and a partition: both tell, with the rows recorded and stored, and the command mends them', async () => {
    const [{ n: recorded } = {}] = await query(place.path('w.duckdb'), `SELECT COUNT(*) AS n FROM ${SUMMARY} WHERE game_date = '2024-11-04'`);
    await change(place.path('w.duckdb'), `DELETE FROM ${SUMMARY} WHERE game_date = '2024-11-06'`, `DELETE FROM ${SUMMARY} WHERE rowid = (SELECT MIN(rowid) FROM ${SUMMARY} WHERE game_date = '2024-11-04')`);
    const [told, deep] = [await verify(), await verifyDeep()];
    for (const { code, out } of [told, deep]) {
      expect(code).toBe(1);
      expect(out).toContain(`${SUMMARY} 2024-11-04: ${Number(recorded)} rows recorded, ${Number(recorded) - 1} stored`);
      expect(out).toMatch(new RegExp(`${SUMMARY} 2024-11-06: \\d+ rows recorded, 0 stored`));
    }
    await runNext(told);
    expect((await verifyDeep()).code).toBe(0);
    expect(await differences(place.path('w.duckdb'), place.path('clean.duckdb'))).toEqual([]);
  });
});
