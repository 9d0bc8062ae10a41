import { type GameDate, games, sameDate } from '@nba/kernel';
import { describeMissingGame, describeReason, fixesFor, missingDatesOf, reasonCode } from './explain-verdict';
import type { BlockedReason, HoleReason, MissingGame } from './verdict';

const reason = (one: Partial<HoleReason>, ...missingDates: string[]): HoleReason => ({
  kind: 'data-gaps', table: 'nba_raw.nbac_player_boxscore', processor: 'NbacPlayerBoxscoreProcessor', phase: 2, window: games(15, 'player'), detail: '', missingGames: [],
  ...one, missingDates: missingDates as GameDate[],
});
const failure = (detail: string, ...missingDates: string[]) => reason({ kind: 'upstream-failure', detail }, ...missingDates);
const running = (...missingDates: string[]) => reason({ kind: 'upstream-running', detail: 'backfill all (process 4711)' }, ...missingDates);
const ANALYTICS = { phase: 3, processor: 'PlayerGameSummaryProcessor', table: 'nba_analytics.player_game_summary' };
const GUARD_FAILED: BlockedReason = { kind: 'guard-failed', error: 'no such table' };
const IN_USE: BlockedReason = { kind: 'table-in-use', table: 'nba_analytics.player_game_summary', by: 'backfill all (process 4711)' };
const away = (gameId: string, ...teams: string[]): MissingGame => ({ date: '2025-01-26' as GameDate, gameId, game: 'NOP@MEM', teams });

describe('describeReason', () => {
  it.each([
    ['Analytics BLOCKED: Upstream Failure — NbacPlayerBoxscoreProcessor failed for 2025-01-26', failure('failed', '2025-01-26')],
    ['Analytics BLOCKED: Data Gaps — 1 missing date in nba_raw.nbac_player_boxscore: 2024-11-15', reason({}, '2024-11-15')],
  ])('begins as operators know it: %s', (text, one) => {
    expect(`Analytics BLOCKED: ${describeReason(one)}`).toBe(`${text} (last 15 games per player)`);
  });

  it.each([
    ['Data Gaps — 2 missing dates in nba_raw.nbac_player_boxscore: 2024-11-15, 2024-11-16 (the same game)', reason({ window: sameDate() }, '2024-11-15', '2024-11-16')],
    ['Upstream Failure — NbacPlayerBoxscoreProcessor failed for 2025-01-26 (the game date before)', { ...failure('failed', '2025-01-26'), window: { kind: 'previous-game-date' } as const }],
    ['Upstream Failure — NbacPlayerBoxscoreProcessor is only partial for 2025-01-26 (last 15 games per player)', failure('partial', '2025-01-26')],
    ['Upstream Failure — NbacPlayerBoxscoreProcessor is blocked for 2025-01-26 (last 15 games per player)', failure('blocked', '2025-01-26')],
    ['Upstream Failure — NbacPlayerBoxscoreProcessor was skipped for 2025-01-26 (last 15 games per player)', failure('skipped', '2025-01-26')],
    ['Upstream Failure — NbacPlayerBoxscoreProcessor died while running for 2025-01-26 (last 15 games per player)', failure('died while running', '2025-01-26')],
    ['Upstream Running — NbacPlayerBoxscoreProcessor is being run for 2025-01-26 by backfill all (process 4711) (last 15 games per player)', running('2025-01-26')],
    ['Guard Failed — what is upstream could not be looked at: no such table', GUARD_FAILED],
    ['Table In Use — nba_analytics.player_game_summary is being written by backfill all (process 4711)', IN_USE],
  ])('%s', (text, one) => {
    expect(describeReason(one)).toBe(text);
  });

  it('names ten dates and counts the rest', () => {
    const dates = Array.from({ length: 12 }, (_, i) => `2024-11-${10 + i}`);
    expect(describeReason(reason({}, ...dates.slice(0, 10)))).toContain('2024-11-18, 2024-11-19 (');
    expect(describeReason(reason({}, ...dates))).toContain('12 missing dates in nba_raw.nbac_player_boxscore: 2024-11-10,');
    expect(describeReason(reason({}, ...dates))).toContain('2024-11-18, 2024-11-19 and 2 more (');
  });

  it('names the games of a date of which a part is there', () => {
    const missingGames = [away('0022400633', 'NOP'), away('0022400634', 'NOP', 'MEM')];
    const told = '(last 15 games per player): 0022400633 NOP@MEM without NOP, 0022400634 NOP@MEM without NOP and MEM';
    expect(describeReason({ ...failure('partial', '2025-01-26'), missingGames })).toBe(`Upstream Failure — NbacPlayerBoxscoreProcessor is only partial for 2025-01-26 ${told}`);
    expect(describeReason(reason({ missingGames }, '2025-01-26'))).toBe(`Data Gaps — 1 missing date in nba_raw.nbac_player_boxscore: 2025-01-26 ${told}`);
    expect(describeReason(reason({ missingGames: missingGames.slice(1) }, '2025-01-26'))).toMatch(/per player\)$/);
    expect(describeReason(failure('partial', '2025-01-26'))).toMatch(/per player\)$/);
  });

  it('counts games beyond the tenth', () => {
    const missingGames = Array.from({ length: 12 }, (_, i) => away(`00224006${10 + i}`, 'NOP', 'MEM'));
    const text = describeReason({ ...failure('partial', '2025-01-26'), missingGames });
    expect(text).toMatch(/0022400619 NOP@MEM without NOP and MEM and 2 more games$/);
    expect(text).not.toContain('0022400620');
  });
});

describe('describeMissingGame', () => {
  it('names the game and whose rows are not there', () => {
    expect(describeMissingGame(away('0022400633', 'NOP'))).toBe('0022400633 NOP@MEM without NOP');
  });
});

describe('reasonCode', () => {
  it('is stable', () => {
    expect([failure('failed'), running(), reason({}), GUARD_FAILED, IN_USE].map(reasonCode)).toEqual([
      'UPSTREAM_FAILURE', 'UPSTREAM_RUNNING', 'DATA_GAPS', 'GUARD_FAILED', 'TABLE_IN_USE',
    ]);
  });
});

describe('missingDatesOf', () => {
  it('is every date of every reason once, in order', () => {
    expect(missingDatesOf([reason({}, '2024-11-16'), GUARD_FAILED, failure('failed', '2024-11-15', '2024-11-16'), IN_USE, running('2024-10-30')])).toEqual([
      '2024-10-30', '2024-11-15', '2024-11-16',
    ]);
    expect(missingDatesOf([])).toEqual([]);
  });
});

describe('fixesFor', () => {
  it('is one command for a phase, with every date once and in order', () => {
    const teams = reason({ table: 'nba_raw.nbac_team_boxscore', processor: 'NbacTeamBoxscoreProcessor' }, '2024-11-14', '2024-11-15');
    expect(fixesFor([failure('failed', '2024-11-16'), reason({}, '2024-11-15'), teams])).toEqual(['nx run backfill:phase2 --dates=2024-11-14,2024-11-15,2024-11-16']);
  });

  it('starts with the earliest phase', () => {
    expect(fixesFor([reason(ANALYTICS, '2024-11-15'), reason({}, '2024-11-16')])).toEqual([
      'nx run backfill:phase2 --dates=2024-11-16',
      'nx run backfill:phase3 --dates=2024-11-15',
    ]);
  });

  it('repairs what died, what is partial and what was skipped', () => {
    expect(fixesFor([failure('died while running', '2024-11-13'), failure('partial', '2024-11-14'), failure('skipped', '2024-11-15')])).toEqual([
      'nx run backfill:phase2 --dates=2024-11-13,2024-11-14,2024-11-15',
    ]);
  });

  it('repairs the root only: what waits for it follows', () => {
    expect(fixesFor([{ ...failure('blocked', '2024-11-17'), ...ANALYTICS }, failure('failed', '2024-11-15')])).toEqual(['nx run backfill:phase2 --dates=2024-11-15']);
  });

  it('runs what is blocked when the root is out of sight: it then says why', () => {
    expect(fixesFor([{ ...failure('blocked', '2024-11-17'), ...ANALYTICS }])).toEqual(['nx run backfill:phase3 --dates=2024-11-17']);
  });

  it('is none for what is being run, nor where nothing upstream is wrong', () => {
    expect(fixesFor([running('2024-11-15')])).toEqual([]);
    expect(fixesFor([GUARD_FAILED, IN_USE])).toEqual([]);
    expect(fixesFor([])).toEqual([]);
  });
});
