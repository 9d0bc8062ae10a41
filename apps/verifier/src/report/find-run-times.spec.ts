import { findRunTimes } from './find-run-times';
import { runOf, seasonOf, surveyOf, tableOf, unitOn } from './survey.fixture';

describe('findRunTimes', () => {
  it('gives each unit its share of the statement, and names each statement once', () => {
    const together = { statementMs: 90, unitsTogether: 3, runId: 'r2' };
    const units = [
      unitOn('2024-10-22', { run: runOf(together) }), unitOn('2024-10-23', { run: runOf(together) }), unitOn('2024-10-24', { run: runOf(together) }),
      unitOn('2024-10-25', { run: runOf({ statementMs: 200 }) }),
    ];
    // 30, 30, 30 and 200 ms.
    expect(findRunTimes(surveyOf(seasonOf({ tables: [tableOf('player_game_summary', units)] })))).toEqual([{
      table: 'player_game_summary', phase: 3, units: 4, statements: 2, totalMs: 290, medianMs: 30,
      slowest: [{ date: '2024-10-25', ms: 200, unitsTogether: 1, statementMs: 200 }, { date: '2024-10-22', ms: 30, unitsTogether: 3, statementMs: 90 }],
    }]);
  });

  it('takes the mean of both in the middle, over all seasons, and at most three of the slowest', () => {
    const units = (...times: number[]) => times.map((statementMs, i) => unitOn(`2024-10-2${i}`, { run: runOf({ statementMs, runId: `r${statementMs}` }) }));
    const seasons = [units(10, 40), units(20, 30)].map((own) => seasonOf({ tables: [tableOf('nbac_team_boxscore', own)] }));
    expect(findRunTimes(surveyOf(...seasons))).toMatchObject([{ medianMs: 25, totalMs: 100, slowest: [{ ms: 40 }, { ms: 30 }, { ms: 20 }] }]);
  });

  it('leaves out what has written nothing', () => {
    const units = [unitOn('2024-10-22', { run: undefined }), ...(['failed', 'blocked', 'running', 'skipped'] as const).map((status, i) => unitOn(`2024-10-2${i + 3}`, { run: runOf({ status }) }))];
    expect(findRunTimes(surveyOf(seasonOf({ tables: [tableOf('player_game_summary', units)] })))).toEqual([]);
  });
});
