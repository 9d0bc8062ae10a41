import type { PhaseVerification, RecordDifference, TableVerification } from '@nba/pipeline';
import type { Gap, Violation } from '@nba/completeness';
import type { GameDate } from '@nba/kernel';
import { dateList, describeGap, describeVerification } from './describe-verification';

const date = (text: string): GameDate => text as GameDate;
const share = (present: number, expected: number) => ({ present, expected, fraction: present / expected });
const report = (over: Partial<TableVerification> = {}): TableVerification => ({
  table: 'nba_raw.nbac_player_boxscore', startDate: date('2024-10-01'), endDate: date('2025-09-30'), per: 'team', hasGaps: false, gapCount: 0, missingDates: [],
  incompleteDates: [], dates: share(163, 163), games: share(1230, 1230), coverage: share(2460, 2460),
  byDate: [], threshold: { overall: 1, perDate: 1 }, meetsThreshold: true, gaps: [], seasonsWithoutSchedule: [], ...over,
});
const verification = (over: Partial<PhaseVerification> = {}): PhaseVerification => ({
  phase: 2, range: { from: date('2024-10-01'), to: date('2025-09-30') }, reports: [report()], violations: [], unlikeRecord: [], complete: true, ...over,
});
const missing = (on: string, over: Partial<Gap> = {}): Gap => ({ kind: 'missing', date: date(on), gameId: '0022400633', ...over });
const violation = (over: Partial<Violation> = {}): Violation => ({
  invariant: 'team-points-are-the-score', severity: 'fails', date: '2025-01-26', gameId: '0022400633', who: 'NOP', detail: 'points 107, schedule says 117', ...over,
});

const unlike = (unit: string, over: Partial<RecordDifference> = {}): RecordDifference => ({
  table: 'nba_analytics.player_game_summary', processor: 'PlayerGameSummaryProcessor', phase: 3, unit: date(unit), kind: 'rows', recorded: 1259, stored: 258, ...over,
});

describe('describeVerification', () => {
  it('says of a complete phase what was counted', () => {
    const players = report({ table: 'nba_analytics.player_game_summary', per: 'player', coverage: share(26306, 26306) });
    expect(describeVerification(verification({ reports: [report(), players] }))).toEqual([
      'Phase 2, 2024-25',
      '  ✓ nba_raw.nbac_player_boxscore                 163 of 163 dates, 1,230 of 1,230 games, 2,460 of 2,460 teams (100 %)',
      '  ✓ nba_analytics.player_game_summary            163 of 163 dates, 1,230 of 1,230 games, 26,306 of 26,306 players (100 %)',
    ]);
  });

  it('names what is missing: whole dates together, single keys one by one', () => {
    const gaps = [
      missing('2024-11-15', { gameId: '0022400210', teamId: 1610612740 }),
      missing('2025-01-26', { teamId: 1610612740, team: 'NOP' }),
      { ...missing('2024-11-15', { gameId: '0022400999', teamId: 1 }), kind: 'unexpected' as const },
    ];
    const found = report({
      hasGaps: true, gaps, missingDates: [date('2024-11-15')], dates: share(161, 163), games: share(1222, 1230), coverage: share(2445, 2460),
    });
    expect(describeVerification(verification({ complete: false, reports: [found] }))).toEqual([
      'Phase 2, 2024-25',
      '  ✗ nba_raw.nbac_player_boxscore                 161 of 163 dates, 1,222 of 1,230 games, 2,445 of 2,460 teams (99.3 %)',
      '      no rows at all on 1 date: 2024-11-15',
      '      2025-01-26: missing, game 0022400633, team NOP',
      '      2024-11-15: unexpected, game 0022400999, team 1',
    ]);
  });

  it('lists twenty gaps and counts the rest', () => {
    const gaps = Array.from({ length: 1025 }, (_, i) => missing('2025-01-26', { playerId: i }));
    const lines = describeVerification(verification({ reports: [report({ hasGaps: true, gaps })] }));
    expect(lines).toHaveLength(2 + 20 + 1);
    expect(lines.at(-2)).toBe('      2025-01-26: missing, game 0022400633, player 19');
    expect(lines.at(-1)).toBe('      … and 1,005 more; --json lists them all');
  });

  it('tells violated invariants one by one, and oddities of the source by kind', () => {
    const odd = (invariant: string) => violation({ invariant, severity: 'reports' });
    const violations = [violation(), violation({ gameId: null, who: null, detail: 'something else' }), odd('plus-minus-balances'), odd('usage'), odd('plus-minus-balances')];
    expect(describeVerification(verification({ reports: [], violations }))).toEqual([
      'Phase 2, 2024-25',
      '  ✗ 2 violated invariants',
      '      2025-01-26: team-points-are-the-score, game 0022400633, NOP, points 107, schedule says 117',
      '      2025-01-26: team-points-are-the-score, something else',
      '  · 3 odd lines in the source, reported and kept (plus-minus-balances: 2, usage: 1)',
    ]);
  });

  it('says how to load a schedule that is not there, and no figures that would mean nothing', () => {
    const unknown = report({ hasGaps: true, seasonsWithoutSchedule: ['2023-24', '2024-25'] as never, coverage: { present: 0, expected: 0, fraction: 0 } });
    // Once, however many tables it leaves without expectation.
    expect(describeVerification(verification({ reports: [unknown, unknown] })).slice(1)).toEqual([
      '  ✗ no schedule for 2023-24, 2024-25: load it with nx run backfill:phase2 --season=2023-24,2024-25',
    ]);
  });

  it('names what is not stored as it was recorded, with both numbers of rows, and the command', () => {
    const unlikeRecord = [unlike('2023-01-26'), unlike('2025-01-26', { stored: 0 }), unlike('2025-01-27', { kind: 'unrecorded', recorded: null, stored: 1 })];
    expect(describeVerification(verification({ reports: [], unlikeRecord, complete: false })).slice(1)).toEqual([
      '  ✗ 3 units are not stored as they were recorded',
      '      nba_analytics.player_game_summary 2023-01-26: 1,259 rows recorded, 258 stored',
      '      nba_analytics.player_game_summary 2025-01-26: 1,259 rows recorded, 0 stored',
      '      nba_analytics.player_game_summary 2025-01-27: 1 row stored, which no run has recorded',
      '      Next: nx run backfill:repair --season=2022-23,2024-25',
    ]);
  });

  it('has what was edited with its number of rows unchanged run again by name, table by table', () => {
    const edited = (unit: string, over: Partial<RecordDifference> = {}) => unlike(unit, { kind: 'content', recorded: 258, ...over });
    const schedule = { table: 'nba_raw.nbac_schedule', processor: 'NbacScheduleProcessor', phase: 2, unit: '2024-25' as never } as const;
    expect(describeVerification(verification({ reports: [], unlikeRecord: [edited('', schedule), edited('2025-01-26'), edited('2025-01-28')], complete: false })).slice(1)).toEqual([
      '  ✗ 3 units are not stored as they were recorded',
      '      nba_raw.nbac_schedule 2024-25: 258 rows as recorded, but the content has been changed since',
      '      nba_analytics.player_game_summary 2025-01-26: 258 rows as recorded, but the content has been changed since',
      '      nba_analytics.player_game_summary 2025-01-28: 258 rows as recorded, but the content has been changed since',
      '      Next: nx run backfill:phase2 --processor=nbac_schedule --season=2024-25 --force',
      '      Next: nx run backfill:phase3 --processor=player_game_summary --dates=2025-01-26,2025-01-28 --force',
    ]);
    expect(describeVerification(verification({ reports: [], unlikeRecord: [edited('2025-01-26')] }))[1]).toBe('  ✗ 1 unit is not stored as it was recorded');
    // Twenty are listed, the command names them all.
    const many = Array.from({ length: 25 }, (_, i) => edited(`2025-01-${String(i + 1).padStart(2, '0')}`));
    const lines = describeVerification(verification({ reports: [], unlikeRecord: many }));
    expect([lines.length, lines.at(-1)?.split(',').length]).toEqual([2 + 20 + 1 + 1, 25]);
  });

  it.each([
    ['2025-01-26', '2025-01-26', 'Phase 2, 2025-01-26'],
    ['2025-01-01', '2025-01-31', 'Phase 2, 2025-01-01 to 2025-01-31'],
    ['2024-10-01', '2025-09-30', 'Phase 2, 2024-25'],
    ['2022-10-01', '2025-09-30', 'Phase 2, 2022-10-01 to 2025-09-30'],
  ])('names the range %s to %s', (from, to, title) => {
    expect(describeVerification(verification({ range: { from: date(from), to: date(to) }, reports: [] }))).toEqual([title]);
  });
});

describe('describeGap', () => {
  it.each<[Gap, string]>([
    [missing('2025-01-26', { playerId: 203999, player: 'Nikola Jokić' }), '2025-01-26: missing, game 0022400633, player Nikola Jokić (203999)'],
    [missing('2025-01-26', { playerId: 203999 }), '2025-01-26: missing, game 0022400633, player 203999'],
    [{ kind: 'duplicate', date: date('2025-01-26'), gameId: '0022400633', teamId: 7, team: 'NOP' }, '2025-01-26: duplicate, game 0022400633, team NOP'],
  ])('%#', (gap, text) => {
    expect(describeGap(gap)).toBe(text);
  });
});

describe('dateList', () => {
  it('names five and counts the rest', () => {
    expect(dateList(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c, d, e');
    expect(dateList(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe('a, b, c, d, e and 2 more');
    expect(dateList(['a', 'b', 'c'], 1)).toBe('a and 2 more');
  });
});
