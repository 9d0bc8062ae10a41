import { reportDataOf } from './report-data-of';
import { gameOn, gapOn, runOf, seasonOf, surveyOf, tableOf, unitOn } from './survey.fixture';

const schedule = tableOf('nbac_schedule', [unitOn('2024-10-01', { storedRows: 1230 })], undefined);

describe('reportDataOf', () => {
  it('tells texts and runs once, and everything else by its index', () => {
    const blocked = { condition: 'blocked', why: ['waits for X'], fixes: ['run X'], storedRows: 0, run: undefined } as const;
    const tables = [{ ...schedule, keys: undefined }, tableOf('player_game_summary', [unitOn('2024-10-22'), unitOn('2024-10-24', blocked), unitOn('2024-10-25', blocked)])];
    const data = reportDataOf(surveyOf(seasonOf({ games: [gameOn('2024-10-22'), gameOn('2024-10-24', 2), gameOn('2024-10-25', 3)], tables })));
    expect(data).toMatchObject({
      conditions: [{ name: 'complete', group: 'complete' }, { name: 'blocked', group: 'blocked' }], texts: ['waits for X', 'run X'], runs: [['r1', '2025-01-27T11:00:00.000Z']],
      tables: [{ name: 'nbac_schedule', dataset: 'nba_raw', phase: 2 }, { name: 'player_game_summary', dataset: 'nba_analytics', phase: 3 }],
    });
    const [season] = data.seasons;
    expect(season?.days).toEqual([{ date: '2024-10-22', games: ['NYK@BOS 0022400001'] }, { date: '2024-10-24', games: ['NYK@BOS 0022400002'] }, { date: '2024-10-25', games: ['NYK@BOS 0022400003'] }]);
    expect(season?.tables[0]).toEqual({ coverage: '1 of 1, 100 %', keysInWords: '', units: [[-1, 0, 1230, 2, 2, 100, 1, 0, [], [], []]] });
    expect(season?.tables[1]).toEqual({
      coverage: '1 of 3, 33.3 %', keysInWords: '20 of 20 keys that are expected are stored',
      units: [[0, 0, 20, 2, 2, 100, 1, 0, [], [], []], [1, 1, 0, -1, -1, -1, -1, -1, [0], [1], []], [2, 1, 0, -1, -1, -1, -1, -1, [0], [1], []]],
    });
  });

  it('counts what is not due in neither number, and names no time for a run that wrote nothing', () => {
    const units = [unitOn('2024-10-22', { condition: 'failed', run: runOf({ status: 'failed', keys: null, coverageGaps: 'one hole' }) }), unitOn('2025-02-01', { condition: 'later', run: undefined })];
    const data = reportDataOf(surveyOf(seasonOf({ tables: [tableOf('player_game_summary', units)] })));
    expect([data.seasons[0]?.tables[0]?.coverage, data.seasons[0]?.tables[0]?.units[0]?.slice(3), data.texts]).toEqual(['0 of 1, 0 %', [-1, -1, -1, 1, 0, [], [], [0]], ['ran beside holes: one hole']]);
  });

  it('shows a date that has no game any more, and cuts what is too long to be read', () => {
    const why = ['a', 'b', 'c', 'd', 'x'.repeat(1000)];
    const data = reportDataOf(surveyOf(seasonOf({ tables: [tableOf('player_game_summary', [unitOn('2024-10-20', { condition: 'to-be-emptied', why })])], gaps: [gapOn('2024-10-21')] })));
    expect(data.seasons[0]?.days.map(({ date, games }) => [date, games.length])).toEqual([['2024-10-20', 0], ['2024-10-21', 0], ['2024-10-22', 1]]);
    expect(data.texts).toEqual(['a', 'b', 'c', 'and 2 more reasons']);
    const long = reportDataOf(surveyOf(seasonOf({ tables: [tableOf('player_game_summary', [unitOn('2024-10-22', { why: ['x'.repeat(1000)] })])] })));
    expect(long.texts[0]).toBe(`${'x'.repeat(319)}…`);
  });

  it('is short about each when there are more than a thousand', () => {
    const units = (count: number) => Array.from({ length: count }, (_, i) => unitOn('2024-10-22', { why: [`${i} ${'x'.repeat(300)}`, 'y'] }));
    const lengths = (count: number) => reportDataOf(surveyOf(seasonOf({ tables: [tableOf('player_game_summary', units(count))] }))).texts.slice(0, 2).map(({ length }) => length);
    expect([lengths(1000), lengths(1001)]).toEqual([[302, 1], [120, 'and 1 more reason'.length]]);
  });

  it('names three players of a gap and counts them all', () => {
    const players = ['A', 'B', 'C', 'D'];
    const [season] = reportDataOf(surveyOf(seasonOf({ tables: [tableOf('nbac_player_boxscore', [unitOn('2024-10-22')])], gaps: [gapOn('2024-10-22', { players, game: null })] }))).seasons;
    expect(season?.gaps).toEqual([{ day: 0, date: '2024-10-22', kind: 'missing', game: '0022400001', teams: ['BOS'], players: ['A', 'B', 'C'], playerCount: 4, tables: [0] }]);
  });
});
