import { parseGameDate, type GameDate } from '@nba/kernel';
import type { Plan, PlannedStatement } from '@nba/pipeline';
import { describePlan, describeUnit } from './describe-plan';

const D = (day: number): GameDate => parseGameDate(`2025-01-${String(day).padStart(2, '0')}`);
const statement = (processor: string, phase: 2 | 3 | 4, reason: string, ...days: number[]): PlannedStatement =>
  ({ processor, phase, table: 'x.y', units: days.map((day) => ({ date: D(day), kind: 'stale-by-input', reason })) });
const nothing: Plan = { statements: [], mayFollow: [], waiting: [], complete: 6_846, estimate: null, estimateWithFollowers: null, cost: null };

describe('describePlan', () => {
  it('says that there is nothing to do in one line', () => {
    expect(describePlan(nothing)).toEqual(['Nothing to do: 6,846 units complete.']);
  });

  it('tells units, reasons, totals, what may follow, what waits, and the time with how past ones held', () => {
    const change = 'stale: nba_raw.nbac_player_boxscore 2025-01-26 changed';
    const lines = describePlan({
      complete: 1_000,
      statements: [statement('NbacPlayerBoxscoreProcessor', 2, 'stale: the lake has other documents', 26), statement('PlayerGameSummaryProcessor', 3, change, 26, 28), statement('PlayerGameSummaryProcessor', 3, change, 30)],
      mayFollow: [{ processor: 'PlayerDailyCacheProcessor', phase: 4, dates: [D(27), D(28)] }],
      waiting: [{ processor: 'PlayerShotProfileProcessor', phase: 4, season: '2024-25' as never, dates: [D(29)], waitingFor: [D(24)] }],
      estimate: { ms: 1_400, fromMs: 900, toMs: 3_000, pastRequests: 9, pastFactor: 1.24 },
      estimateWithFollowers: { ms: 2_000, fromMs: 1_500, toMs: 4_000, pastRequests: 9, pastFactor: 1.24 },
      cost: { bytesProcessed: 3 * 2 ** 20, bytesBilled: 20 * 2 ** 20, usd: 0.0001, asked: 1, queries: 2 },
    });
    expect(lines).toEqual([
      'Phase 2 · raw',
      '  NbacPlayerBoxscoreProcessor            1 unit in 1 statement: 2025-01-26',
      '      stale: the lake has other documents',
      'Phase 3 · analytics',
      '  PlayerGameSummaryProcessor             3 units in 2 statements: 2025-01-26, 2025-01-28, 2025-01-30',
      `      3 × ${change}`,
      '',
      'Waiting',
      '  PlayerShotProfileProcessor             1 unit of 2024-25, frees when 2025-01-24 is loaded',
      '',
      'To run: 4 units in 3 statements; phase 2: 1, phase 3: 3; stale-by-input: 4.',
      'May follow: at most 2 units, each only where what it reads turns out other than it was (PlayerDailyCacheProcessor 2).',
      'Complete as they are: 1,000 units.',
      'Estimated time of what is to run: 1.4 s (0.9 s to 3.0 s; half of 9 past requests took what their statements let expect, within a factor of 1.2).',
      'With all that may follow: 2.0 s (1.5 s to 4.0 s).',
      'Estimated cost of its queries: less than 0.01 US dollars (3.0 MiB read, 20.0 MiB billed, as asked of 1 of 2 queries).',
    ]);
  });

  it('says so when nothing of the kind has run, and when all that is left waits', () => {
    expect(describePlan({ ...nothing, statements: [statement('A', 2, 'missing: it has never run', 1)] }).at(-1)).toContain('not known');
    const waiting = { processor: 'A', phase: 3 as const, season: '2024-25' as never, dates: [D(1)], waitingFor: [] };
    expect(describePlan({ ...nothing, waiting: [waiting] })).toEqual(['Waiting', expect.stringContaining('held by another run'), '', 'To run: nothing.', 'Complete as they are: 6,846 units.']);
  });
});

describe('describeUnit', () => {
  it('tells windows and the newest run', () => {
    const lines = describeUnit({
      processor: 'PlayerGameSummaryProcessor', date: D(27), isExpected: true, verdict: 'to run', reasons: ['stale: x changed'],
      windows: [
        { table: 'nba_raw.a', reach: 'the same game', effect: 'blocks', columns: ['points', 'assists'], dates: [D(27)], games: 12 },
        { table: 'nba_raw.a', reach: 'season so far per player', effect: 'informs', columns: [], dates: [D(1), D(5), D(6)], games: 30 },
        { table: 'nba_raw.b', reach: 'last 7 days per player', effect: 'blocks', columns: ['x'], dates: [], games: 0 },
      ],
      newestRun: { runId: 'r1', status: 'success', startedAt: '2025-01-28T11:00:00.000Z', rows: 240, inputVersions: 'nba_raw.a:3,nba_raw.b:1', sourceDocuments: null, coverageGaps: null, errors: null },
    });
    expect(lines).toEqual([
      'PlayerGameSummaryProcessor 2025-01-27: to run',
      '  stale: x changed',
      '',
      'It reads',
      '  nba_raw.a, the same game (blocks): 12 games of 2025-01-27',
      '      points, assists',
      '  nba_raw.a, season so far per player (informs): 30 games on 3 dates, 2025-01-01 to 2025-01-06',
      '      which rows there are',
      '  nba_raw.b, last 7 days per player (blocks): no game',
      '      x',
      '',
      'Newest run r1: success, 2025-01-28T11:00:00.000Z, 240 rows',
      '  read nba_raw.a:3, nba_raw.b:1',
    ]);
  });

  it('says that a unit has never run', () => {
    expect(describeUnit({ processor: 'A', date: D(1), isExpected: false, verdict: 'nothing to do', reasons: ['no game'], windows: [], newestRun: null }).at(-1)).toBe('It has never run.');
  });
});
