import { NbaError, type Lease, type QueryPort, days, games, processorRunHistory, sameDate, seasonSoFar } from '@nba/kernel';
import { FixedClock, memoryWarehouse, plainClient } from '@nba/testing';
import type { Dependency } from './dependency';
import { DependencyGuard, type GuardOptions } from './dependency-guard';
import { GuardedLeague, PROCESSOR, TABLE, gameId } from './guarded-league.fixture';
import type { GuardReport } from './guard-report';

// The windows of 30 October (BOS@NYK): Boston played on 22, 24 and 28, New York on 22 and 28; 26 was others' game.
const D = '2024-10-30';
const FIFTEEN: Dependency = { upstreamProcessorName: PROCESSOR, upstreamTable: TABLE, lookback: { games: 15 } };
const SEASON: Dependency = { ...FIFTEEN, lookback: seasonSoFar('league'), effect: 'informs' };
const reasonsOf = (report: GuardReport) => (report.kind === 'blocked' ? report.reasons : []);

describe('DependencyGuard', () => {
  let league: GuardedLeague;

  beforeAll(async () => {
    league = await GuardedLeague.open();
  });
  afterAll(() => league.warehouse.close());
  beforeEach(() => league.restore());

  const check = (date: string, dependency: Partial<Dependency> = {}, options: GuardOptions = {}, port: QueryPort = league.warehouse) =>
    new DependencyGuard(port, options).check({ date, dependencies: [{ ...FIFTEEN, ...dependency }] });

  describe('is clear', () => {
    it('when everything is there, over off-days', async () => {
      expect(await check(D)).toEqual({
        kind: 'clear', coverageGaps: null, date: D, missingDates: [], missingGames: [], fixes: [], lines: ['Analytics CLEAR: 2024-10-30'],
      });
    });

    it('on opening night, whatever became of the season before', async () => {
      await league.lose('2024-04-14');
      await league.record('2024-04-14', 'failed');
      expect(await check('2024-10-22')).toMatchObject({ kind: 'clear' });
      expect(await check('2024-10-22', { lookback: days(365, 'league') })).toMatchObject({ kind: 'clear' });
    });

    it('in the first weeks, which have fewer games than the window', async () => {
      expect(await check('2024-10-24')).toMatchObject({ kind: 'clear' });
    });

    it('on a date without games', async () => {
      await league.lose('2024-10-24');
      expect(await check('2024-10-29')).toMatchObject({ kind: 'clear' });
    });

    it('when it is other teams that have a hole: a trade is none of its business', async () => {
      // Whoever came from Miami or Oklahoma City played there on the 26th.
      await league.lose('2024-10-26');
      await league.record('2024-10-26', 'failed');
      expect(await check(D)).toMatchObject({ kind: 'clear' });
      expect(await check(D, { lookback: days(30, 'league') })).toMatchObject({ kind: 'blocked' });
    });

    it('when what lies upstream on the date itself has not been played yet', async () => {
      expect(await check(D, { lookback: sameDate() })).toMatchObject({ kind: 'clear' });
      expect(await check(D, { lookback: sameDate(), games: 'scheduled' })).toMatchObject({
        kind: 'blocked', reasons: [{ kind: 'data-gaps', missingDates: [D], missingGames: [{ gameId: gameId(8), teams: ['NYK', 'BOS'] }] }],
      });
    });

    it('when a failure has been made good', async () => {
      await league.record('2024-10-28', 'failed');
      await league.record('2024-10-28', 'success', { started_at: '2024-10-28T21:00:00Z', finished_at: '2024-10-28T21:01:00Z' });
      expect(await check(D)).toMatchObject({ kind: 'clear' });
    });

    it('when a run that was started has ended: both records begin at the same time', async () => {
      await league.record('2024-10-28', 'running', { run_id: 'first-2024-10-28', started_at: '2024-10-28T12:00:00Z' });
      expect(await check(D)).toMatchObject({ kind: 'clear' });
    });

    it('when some dates were made before anybody kept records', async () => {
      await league.warehouse.query(`DELETE FROM nba_reference.processor_run_history WHERE data_date < CAST('2024-10-28' AS DATE)`);
      expect(await check(D)).toMatchObject({ kind: 'clear' });
    });

    it('when there are rows too many: these keep nobody waiting', async () => {
      await league.warehouse.query(`INSERT INTO ${TABLE} SELECT game_id, game_date, 6, 999, 'Stray' FROM ${TABLE} WHERE game_date = CAST('2024-10-24' AS DATE)`);
      expect(await check(D)).toMatchObject({ kind: 'clear' });
    });
  });

  describe('is blocked', () => {
    it('by a date that is gone, though its run is recorded as a success', async () => {
      await league.lose('2024-10-24');
      expect(await check(D)).toEqual({
        kind: 'blocked', coverageGaps: null, date: D,
        reasons: [{
          kind: 'data-gaps', table: TABLE, processor: PROCESSOR, phase: 2, window: games(15, 'player'), detail: '', missingDates: ['2024-10-24'],
          missingGames: [{ date: '2024-10-24', gameId: gameId(4), game: 'BOS@LAL', teams: ['LAL', 'BOS'] }],
        }],
        missingDates: ['2024-10-24'],
        missingGames: [{ date: '2024-10-24', gameId: gameId(4), game: 'BOS@LAL', teams: ['LAL', 'BOS'] }],
        fixes: ['nx run backfill:phase2 --dates=2024-10-24'],
        lines: [
          'Analytics BLOCKED: Data Gaps — 1 missing date in nba_raw.nbac_player_boxscore: 2024-10-24 (last 15 games per player)',
          'Missing dates: 2024-10-24',
          'Missing games: 2024-10-24 0022400004 BOS@LAL without LAL and BOS',
          'Resolution: nx run backfill:phase2 --dates=2024-10-24',
        ],
      });
    });

    it('by a date of which one team of two is there', async () => {
      await league.lose('2024-10-24', 'LAL');
      const report = await check(D);
      expect(report).toMatchObject({ kind: 'blocked', missingGames: [{ gameId: gameId(4), teams: ['LAL'] }] });
      expect(report.lines[0]).toBe(
        'Analytics BLOCKED: Data Gaps — 1 missing date in nba_raw.nbac_player_boxscore: 2024-10-24 (last 15 games per player): 0022400004 BOS@LAL without LAL');
    });

    it('by a failed run, though its rows are there', async () => {
      await league.record('2024-10-24', 'failed');
      expect(await check(D)).toMatchObject({
        reasons: [{ kind: 'upstream-failure', detail: 'failed', missingDates: ['2024-10-24'], missingGames: [] }],
        lines: ['Analytics BLOCKED: Upstream Failure — NbacPlayerBoxscoreProcessor failed for 2024-10-24 (last 15 games per player)', 'Missing dates: 2024-10-24', 'Resolution: nx run backfill:phase2 --dates=2024-10-24'],
      });
    });

    it.each(['partial', 'blocked', 'skipped'])('by a run that ended %s', async (status) => {
      await league.record('2024-10-24', status);
      expect(reasonsOf(await check(D))).toMatchObject([{ kind: 'upstream-failure', detail: status, missingDates: ['2024-10-24'] }]);
    });

    it('only within the lookback', async () => {
      await league.lose('2024-10-22');
      expect((await check(D, { lookback: { games: 1 } })).kind).toBe('clear');
      expect((await check(D, { lookback: { games: 2 } })).kind).toBe('blocked');
      expect((await check(D, { lookback: { days: 7 } })).kind).toBe('clear');
      expect((await check(D, { lookback: { days: 8 } })).kind).toBe('blocked');
    });

    it('by the game date before, off-days between, whoever played', async () => {
      await league.warehouse.query(`UPDATE nba_raw.nbac_schedule SET game_date = CAST('2024-10-29' AS DATE) WHERE game_id = '${gameId(5)}'`);
      await league.warehouse.query(`UPDATE ${TABLE} SET game_date = CAST('2024-10-29' AS DATE) WHERE game_id = '${gameId(5)}'`);
      await league.record('2024-10-29', 'failed');
      const report = await check(D);
      expect(report).toMatchObject({ reasons: [{ kind: 'upstream-failure', window: { kind: 'previous-game-date' }, missingDates: ['2024-10-29'] }] });
      expect(report.lines[0]).toBe('Analytics BLOCKED: Upstream Failure — NbacPlayerBoxscoreProcessor failed for 2024-10-29 (the game date before)');
    });

    it('by the game date before even when yesterday\'s schedule is not there yet', async () => {
      await league.warehouse.query(`UPDATE nba_raw.nbac_schedule SET game_status = 1 WHERE game_date = CAST('2024-10-28' AS DATE)`);
      expect((await check(D)).kind).toBe('clear');
      await league.record('2024-10-28', 'failed');
      expect(reasonsOf(await check(D))).toMatchObject([{ window: { kind: 'previous-game-date' }, missingDates: ['2024-10-28'] }]);
    });

    it('by everything that is the matter, in the order of repair', async () => {
      await league.lose('2024-10-22', 'DEN');
      await league.record('2024-10-28', 'failed');
      const summary: Dependency = { upstreamProcessorName: 'PlayerGameSummaryProcessor', upstreamTable: 'nba_analytics.player_game_summary', lookback: { games: 1 } };
      await league.warehouse.query(`CREATE SCHEMA IF NOT EXISTS nba_analytics`);
      await league.warehouse.query(`CREATE OR REPLACE TABLE nba_analytics.player_game_summary AS SELECT * FROM ${TABLE} WHERE game_date < CAST('2024-10-28' AS DATE)`);
      const report = await new DependencyGuard(league.warehouse).check({ date: D, dependencies: [summary, FIFTEEN] });
      expect(reasonsOf(report).map(({ kind }) => kind)).toEqual(['data-gaps', 'data-gaps', 'upstream-failure']);
      expect(report.fixes).toEqual(['nx run backfill:phase2 --dates=2024-10-22,2024-10-28', 'nx run backfill:phase3 --dates=2024-10-28']);
      expect(report.missingDates).toEqual(['2024-10-22', '2024-10-28']);
    });
  });

  describe('what informs', () => {
    it('does not block, and tells the coverage', async () => {
      await league.lose('2024-10-26');
      const coverageGaps = 'nba_raw.nbac_player_boxscore, season so far per league: 3 of 4 dates (without 2024-10-26)';
      expect(await check(D, SEASON)).toMatchObject({ kind: 'clear', coverageGaps, missingDates: [], fixes: [], lines: ['Analytics CLEAR: 2024-10-30', `Coverage: ${coverageGaps}`] });
    });

    it('blocks when the game date before has failed', async () => {
      await league.record('2024-10-28', 'failed');
      expect(await check(D, SEASON)).toMatchObject({ kind: 'blocked', reasons: [{ window: { kind: 'previous-game-date' } }], coverageGaps: expect.stringContaining('without 2024-10-28') });
    });
  });

  describe('a run that is recorded as running', () => {
    const leaseOn = (table: string): Lease => ({ table, holder: 'backfill all (process 4711)', version: 3, expiresAt: '2024-10-30T13:00:00Z' });
    const kinds = async (options: GuardOptions) => reasonsOf(await check(D, {}, options)).map((reason) => ('detail' in reason ? [reason.kind, reason.detail] : reason.kind));
    beforeEach(() => league.record('2024-10-28', 'running'));

    it('is at work when its table is leased: it is waited for', async () => {
      const report = await check(D, {}, { liveLeases: async () => [leaseOn('nba_raw.other'), leaseOn(TABLE)] });
      expect(report).toMatchObject({ reasons: [{ kind: 'upstream-running', detail: 'backfill all (process 4711)' }], fixes: [] });
      expect(report.lines.at(-1)).toBe('Resolution: Wait until NbacPlayerBoxscoreProcessor is done with 2024-10-28, then check again');
    });

    it('has died when it is not, however lately it started', async () => {
      const clock = new FixedClock('2024-10-28T20:00:01Z');
      for (const leases of [[], [leaseOn('nba_raw.other')]]) {
        expect(await kinds({ liveLeases: async () => leases, clock })).toEqual([['upstream-failure', 'died while running']]);
      }
    });

    it('is believed for an hour by the clock, where there are no leases', async () => {
      const at = (time: string, runningTimeoutMs?: number) => kinds({ clock: new FixedClock(`2024-10-28T${time}Z`), ...(runningTimeoutMs !== undefined && { runningTimeoutMs }) });
      expect(await at('20:59:59')).toEqual([['upstream-running', 'run again-2024-10-28']]);
      expect(await at('21:00:01')).toEqual([['upstream-failure', 'died while running']]);
      expect(await at('20:10:00', 60_000)).toEqual([['upstream-failure', 'died while running']]);
    });

    it('has died when there is nothing to tell by', async () => {
      expect(await kinds({})).toEqual([['upstream-failure', 'died while running']]);
    });
  });

  describe('with strict mode off', () => {
    it('finds the same, tells it, and lets the unit run', async () => {
      await league.lose('2024-10-24', 'LAL');
      await league.record('2024-10-28', 'failed');
      const strict = await check(D);
      const loose = await check(D, {}, { strictMode: false });
      expect(reasonsOf(strict)).toHaveLength(2);
      expect(loose).toEqual({
        kind: 'clear', date: D, missingDates: strict.missingDates, missingGames: strict.missingGames, fixes: strict.fixes,
        coverageGaps: strict.lines.slice(0, 2).map((line) => line.replace('Analytics BLOCKED: ', '')).join('; '),
        lines: strict.lines.map((line) => line.replace('BLOCKED', 'NOT BLOCKED (strict mode is off)')),
      });
    });

    it('tells a guard that could not look, too', async () => {
      expect(await check(D, { upstreamTable: 'nba_raw.nowhere' }, { strictMode: false })).toMatchObject({ kind: 'clear', coverageGaps: expect.stringContaining('Guard Failed — ') });
    });
  });

  describe('a guard that cannot look blocks', () => {
    const failing = (after: number, fail: () => never): QueryPort => {
      let left = after;
      return { query: (text, parameters) => (left-- > 0 ? league.warehouse.query(text, parameters) : fail()) };
    };

    it('whichever of its queries fails, and however', async () => {
      await league.lose('2024-10-24');
      let asked = 0;
      await check(D, {}, {}, { query: (text, parameters) => (asked++, league.warehouse.query(text, parameters)) });
      expect(asked).toBeGreaterThan(3);
      for (let n = 0; n < asked; n++) {
        for (const fault of [new Error('socket hang up'), 'socket hang up', new NbaError('WAREHOUSE_UNAVAILABLE', 'socket hang up')]) {
          const report = await check(D, {}, {}, failing(n, () => { throw fault; }));
          expect(report).toMatchObject({ kind: 'blocked', reasons: [{ kind: 'guard-failed', error: expect.stringContaining('socket hang up') }] });
          expect(report.lines.at(-1)).toBe('Resolution: Make what could not be looked at readable, then check again');
        }
      }
    });

    it('when the table is not there, on opening night and for what informs alike', async () => {
      for (const [date, effect] of [[D, 'blocks'], ['2024-10-22', 'blocks'], [D, 'informs']] as const) {
        expect(reasonsOf(await check(date, { upstreamTable: 'nba_raw.nowhere', effect }))).toMatchObject([{ kind: 'guard-failed', error: expect.stringMatching(/^nba_raw\.nowhere: /) }]);
      }
    });

    it('when nobody has loaded the schedule of the season', async () => {
      expect(reasonsOf(await check('2025-11-03'))).toMatchObject([{ kind: 'guard-failed', error: expect.stringContaining('no games of 2025-26') }]);
      expect(await check(D, {}, { gameTypes: ['playoffs'] })).toMatchObject({ kind: 'clear' });
    });

    it('when the history does not know the processor, or says what nobody knows', async () => {
      expect(reasonsOf(await check(D, { upstreamProcessorName: 'NbacPlayerBoxscoresProcessor' }))).toMatchObject([{ kind: 'guard-failed', error: expect.stringContaining('knows no run of NbacPlayerBoxscoresProcessor') }]);
      await league.record('2024-10-24', 'finished?');
      expect(reasonsOf(await check(D))).toMatchObject([{ kind: 'guard-failed', error: expect.stringContaining('"finished?" for 2024-10-24') }]);
    });

    it('when the leases cannot be read', async () => {
      expect(reasonsOf(await check(D, {}, { liveLeases: () => Promise.reject(new Error('no leases today')) }))).toEqual([{ kind: 'guard-failed', error: 'no leases today' }]);
    });

    it('and still tells what it found elsewhere', async () => {
      await league.lose('2024-10-24');
      const report = await new DependencyGuard(league.warehouse).check({ date: D, dependencies: [FIFTEEN, { ...FIFTEEN, upstreamTable: 'nba_raw.nowhere' }] });
      expect(reasonsOf(report).map(({ kind }) => kind)).toEqual(['guard-failed', 'data-gaps']);
      expect(report.fixes).toEqual(['nx run backfill:phase2 --dates=2024-10-24']);
    });
  });

  describe('for other teams', () => {
    it('answers alike through a client that nobody has wrapped', async () => {
      await league.lose('2024-10-24', 'LAL');
      await league.record('2024-10-28', 'failed');
      const own = await check(D);
      expect(reasonsOf(own)).toHaveLength(2);
      expect(await check(D, {}, {}, plainClient(league.warehouse))).toEqual(own);
    });

    it('reads a table whose columns are called otherwise', async () => {
      await league.lose('2024-10-24', 'LAL');
      const make = (columns: string) => league.warehouse.query(`CREATE OR REPLACE TABLE nba_raw.theirs AS SELECT ${columns} FROM ${TABLE}`);
      const own = await check(D);
      await make('game_id AS nba_game, team_id AS nba_team, game_date AS played_on');
      const columns = { dateColumn: 'played_on', gameColumn: 'nba_game', teamColumn: 'nba_team' };
      expect(await check(D, { upstreamTable: 'nba_raw.theirs', ...columns })).toMatchObject({ kind: 'blocked', missingDates: own.missingDates, missingGames: own.missingGames });
      await make('game_id, game_date');
      expect(await check(D, { upstreamTable: 'nba_raw.theirs', teamColumn: null })).toMatchObject({ kind: 'clear' });
      await league.lose('2024-10-24');
      await make('game_id AS nba_game, game_date');
      expect(await check(D, { upstreamTable: 'nba_raw.theirs', gameColumn: 'nba_game', teamColumn: null })).toMatchObject({ kind: 'blocked', missingGames: [{ gameId: gameId(4), teams: ['LAL', 'BOS'] }] });
    });

    it('speaks of their own processors and commands', async () => {
      await league.lose('2024-10-24');
      await league.warehouse.query(`CREATE SCHEMA IF NOT EXISTS theirs`);
      await league.warehouse.query(`CREATE OR REPLACE TABLE theirs.lines AS SELECT * FROM ${TABLE}`);
      const theirs = { upstreamTable: 'theirs.lines', upstreamProcessorName: 'TheirLines', history: false };
      expect((await check(D, theirs)).fixes).toEqual(['Fix TheirLines for 2024-10-24 first']);
      const report = await check(D, theirs, { label: 'Our model', command: ({ processor, missingDates }) => `make ${processor} DATES=${missingDates.join(',')}` });
      expect(report.lines[0]).toMatch(/^Our model BLOCKED: Data Gaps — /);
      expect(report.lines.at(-1)).toBe('Resolution: make TheirLines DATES=2024-10-24');
    });

    it('does without a run history where that is said, and only there', async () => {
      const bare = await memoryWarehouse();
      try {
        for (const name of ['nbac_schedule', 'nbac_player_boxscore']) {
          const rows = await league.warehouse.query(`SELECT * FROM nba_raw.${name}`);
          const { schedule, players } = GuardedLeague.tables;
          const table = name === 'nbac_schedule' ? schedule : players;
          await bare.ensureTable(table);
          await bare.append(table, rows);
        }
        await bare.query(`DROP TABLE ${processorRunHistory.dataset}.${processorRunHistory.name}`);
        expect(reasonsOf(await check(D, {}, {}, bare))).toMatchObject([{ kind: 'guard-failed', error: expect.stringContaining('say history: false') }]);
        expect(await check(D, { history: false }, {}, bare)).toMatchObject({ kind: 'clear' });
        await bare.query(`DELETE FROM ${TABLE} WHERE game_date = CAST('2024-10-24' AS DATE)`);
        expect(await check(D, { history: false }, {}, bare)).toMatchObject({ kind: 'blocked', missingDates: ['2024-10-24'] });
      } finally {
        await bare.close();
      }
    });
  });

  describe('wrong usage is told by an exception', () => {
    it.each(['2024-02-30', 'today', ''])('the date "%s"', async (date) => {
      await expect(check(date)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    });

    it('a lookback that is none, strict or not', async () => {
      await expect(check(D, { lookback: { weeks: 2 } as never })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', fields: { field: 'lookback' } });
      await expect(check(D, { lookback: { games: -1 } }, { strictMode: false })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    });
  });
});
