import { randomUUID } from 'node:crypto';
import { Consumer, type ModuleKind, packLibraries, removeTarballs } from './consumer';

const bigQuery = process.env['BIGQUERY_EMULATOR_HOST'];
const [BOSTON, MIAMI] = [1610612738, 1610612748];

if (bigQuery) {
  jest.setTimeout(300_000);
  describe('the project of another team, with its own BigQuery client', () => {
    let tarballs: string;
    let consumer: Consumer;

    beforeAll(() => {
      tarballs = packLibraries();
      consumer = Consumer.install(tarballs);
    });
    afterAll(() => {
      consumer?.remove();
      if (tarballs) removeTarballs(tarballs);
    });

    // Three games on 1, 3 and 4 November, none on the 2nd, one still to come; Miami's line of the 3rd and all of the 4th are not there.
    it.each<ModuleKind>(['module', 'commonjs'])('checks a table against schedule, calendar and keys, and asks the guard, as %s', (type) => {
      const { status, stdout } = consumer.compile(type);
      expect([status, stdout]).toEqual([0, '']);
      const facts = consumer.run(type, 'bigquery', `scouting-${randomUUID().slice(0, 8)}`, bigQuery);
      const lost = { kind: 'missing', date: '2024-11-03', gameId: '0022400002', teamId: MIAMI, team: 'MIA' };
      const notScraped = [[BOSTON, 'BOS'], [MIAMI, 'MIA']].map(([teamId, team]) => ({ kind: 'missing', date: '2024-11-04', gameId: '0022400003', teamId, team }));
      expect(facts).toEqual({
        schedule: {
          played: { '2024-11-01': ['0022400001'], '2024-11-03': ['0022400002'], '2024-11-04': ['0022400003'] },
          next: [['0022400004', 'scheduled']],
          window: ['0022400001', '0022400002'], // Boston's and Miami's games before the 4th
        },
        check: {
          hasGaps: true, missingDates: ['2024-11-04'], incompleteDates: ['2024-11-03'], games: [1, 3],
          coverage: { expected: 6, present: 3, fraction: 0.5 }, poorDates: ['2024-11-04'], meetsThreshold: false, gaps: [lost, ...notScraped],
        },
        otherwise: {
          everyDay: ['2024-11-02', '2024-11-04'],
          workingDays: true,
          byKeys: [],
          months: [['2024-09-22', '2024-09-30', 0, 0], ['2024-10-01', '2024-10-31', 0, 0], ['2024-11-01', '2024-11-04', 3, 6]],
          teams: {
            meetsThreshold: false,
            lacking: [[BOSTON, [{ date: '2024-11-04', gameId: '0022400003' }]], [MIAMI, [{ date: '2024-11-03', gameId: '0022400002' }, { date: '2024-11-04', gameId: '0022400003' }]]],
            expected: [2, 2, 2],
          },
          aborted: 'we left',
        },
        verdicts: {
          '2024-11-02': [],
          '2024-11-03': [],
          '2024-11-04': [
            expect.stringMatching(/^Scouting BLOCKED: Data Gaps — 1 missing date in scouting\.team_lines: 2024-11-03/),
            'Missing dates: 2024-11-03', 'Missing games: 2024-11-03 0022400002 MIA@DEN without MIA', 'Resolution: make box-scores DATES=2024-11-03',
          ],
        },
      });
    });
  });
} else {
  it.skip('the project of another team, with its own BigQuery client: needs BIGQUERY_EMULATOR_HOST (npm run emulated)', () => undefined);
}
