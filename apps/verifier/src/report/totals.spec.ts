import { gapOn, seasonOf, tableOf, unitOn } from './survey.fixture';
import { isAllComplete, nextCommands, totalsOf } from './totals';

const fixes = (...commands: string[]) => ({ condition: 'missing' as const, fixes: commands });
const phase2 = (dates: string): string => `nx run backfill:phase2 --dates=${dates}`;

describe('totals', () => {
  it('count units by what is to be done about them', () => {
    const units = (['complete', 'complete', 'stale-by-code', 'rows-differ', 'blocked', 'later'] as const).map((condition, i) => unitOn(`2024-10-2${i}`, { condition }));
    expect(totalsOf([seasonOf({ tables: [tableOf('nbac_player_boxscore', units)] })])).toEqual({ complete: 2, ready: 2, blocked: 1, later: 1 });
  });

  it('are well only when nothing is open, no game has gaps and every schedule is there', () => {
    const well = seasonOf({ tables: [tableOf('nbac_player_boxscore', [unitOn('2024-10-22'), unitOn('2025-02-01', { condition: 'later' })])] });
    const violation = { invariant: 'x', severity: 'fails', date: '2024-10-22', gameId: null, who: null, detail: '' } as const;
    const ill = [{ ...well, gaps: [gapOn('2024-10-22')] }, { ...well, scheduled: false }, { ...well, violations: [violation] }, { ...well, tables: [tableOf('nbac_player_boxscore', [unitOn('2024-10-22', { condition: 'blocked' })])] }];
    expect([isAllComplete([well]), ...ill.map((one) => isAllComplete([well, one]))]).toEqual([true, false, false, false, false]);
  });
});

describe('nextCommands', () => {
  it('makes one of those that differ in their dates, and puts first what serves most', () => {
    const units = [
      unitOn('2024-10-22', fixes('nx run backfill:phase3 --processor=x --dates=2024-10-22 --force')), unitOn('2024-10-23', fixes(phase2('2024-10-23'))),
      unitOn('2024-10-24', fixes(phase2('2024-10-23'))), unitOn('2024-10-25', fixes(phase2('2024-10-22,2024-10-23'))), unitOn('2024-10-26'),
    ];
    expect(nextCommands([seasonOf({ tables: [tableOf('player_game_summary', units)] })])).toEqual([
      { command: phase2('2024-10-22,2024-10-23'), units: 3 }, { command: 'nx run backfill:phase3 --processor=x --dates=2024-10-22 --force', units: 1 },
    ]);
  });

  it('names the season where there are too many dates to be named', () => {
    const units = Array.from({ length: 13 }, (_, i) => unitOn(`2024-11-${i + 10}`, fixes(phase2(`2024-11-${i + 10}`))));
    const command = (count: number) => nextCommands([seasonOf({ tables: [tableOf('player_game_summary', units.slice(0, count))] })]);
    expect(command(13)).toEqual([{ command: 'nx run backfill:all --season=2024-25', units: 13 }]);
    expect(command(12)).toEqual([{ command: phase2(units.slice(0, 12).map(({ date }) => date).join(',')), units: 12 }]);
  });

  it('has nothing to say when nothing is to be done', () => {
    expect(nextCommands([seasonOf({ tables: [tableOf('player_game_summary', [unitOn('2024-10-22')])] })])).toEqual([]);
  });
});
