import fc from 'fast-check';
import { type GameDate, type Lookback, type Reach, addDays, days, games, sameDate, seasonOf, seasonSoFar } from '@nba/kernel';
import { GameCalendar, type GameStatus, type ScheduledGame } from '@nba/schedule';
import { type GuardedUpstream, bothVerdicts, checkPreviousGameDate, checkWindow, findPreviousGameDates, isHoleReason } from './check-window';
import type { BlockedReason, Hole, MissingGame, Verdict } from './verdict';

const day = (text: string): GameDate => text as GameDate;

/** Away at home, by team numbers. */
function game(date: string, away: number, home: number, number: number, status: GameStatus = 'final'): ScheduledGame {
  const side = (teamId: number) => ({ teamId, tricode: `T${teamId}`, score: status === 'final' ? 100 : null });
  return { gameId: `00224${String(number).padStart(5, '0')}`, date: day(date), season: seasonOf(day(date)), type: 'regular-season', status, home: side(home), away: side(away) };
}

// Team 1 plays on 22, 24 and 26 October, has a week off, and plays on 3 and 5 November. Teams 5 and 6 play each other.
const calendar = new GameCalendar([
  game('2024-04-14', 1, 2, 99),
  game('2024-10-22', 1, 2, 1),
  game('2024-10-24', 3, 1, 2),
  game('2024-10-26', 1, 4, 3),
  game('2024-10-27', 5, 6, 4),
  game('2024-11-03', 2, 1, 5),
  game('2024-11-05', 1, 3, 6, 'scheduled'),
]);

const blocks = (reach: Reach): Lookback => ({ reach, effect: 'blocks', columns: [] });
const informs = (reach: Reach): Lookback => ({ reach, effect: 'informs', columns: [] });
const MISSING: Hole = { recorded: null, runningBy: null };
const recorded = (status: Hole['recorded'], runningBy: string | null = null): Hole => ({ recorded: status, runningBy });
const known = (lookbacks: readonly Lookback[], holes: Readonly<Record<string, Hole>>): GuardedUpstream => ({
  table: 'nba_raw.nbac_player_boxscore', processor: 'NbacPlayerBoxscoreProcessor', phase: 2, lookbacks,
  holes: new Map(Object.entries(holes).map(([date, hole]) => [day(date), hole])),
});
const upstream = (lookbacks: readonly Lookback[], ...holes: string[]): GuardedUpstream => known(lookbacks, Object.fromEntries(holes.map((date) => [date, MISSING])));
const check = (date: string, ...upstreams: GuardedUpstream[]) => checkWindow(day(date), upstreams, calendar);
const CLEAR = { kind: 'clear', coverageGaps: null };
const reasonsOf = (verdict: Verdict): readonly BlockedReason[] => (verdict.kind === 'blocked' ? verdict.reasons : []);

describe('checkWindow', () => {
  it('is clear without upstreams and without holes', () => {
    expect(check('2024-11-03')).toEqual(CLEAR);
    expect(check('2024-11-03', upstream([blocks(games(15, 'player')), blocks(sameDate())]))).toEqual(CLEAR);
  });

  it('blocks on a hole in a window of games, and says which table, whose, which lookback and which date', () => {
    expect(check('2024-11-03', upstream([blocks(games(2, 'team'))], '2024-10-24'))).toEqual({
      kind: 'blocked',
      reasons: [{
        kind: 'data-gaps', table: 'nba_raw.nbac_player_boxscore', processor: 'NbacPlayerBoxscoreProcessor', phase: 2, window: games(2, 'team'),
        missingDates: ['2024-10-24'], missingGames: [], detail: '',
      }],
      coverageGaps: null,
    });
  });

  it('names every missing date of the window once, in order', () => {
    const verdict = check('2024-11-03', upstream([blocks(seasonSoFar('team'))], '2024-10-26', '2024-10-22', '2024-10-24'));
    expect(verdict).toMatchObject({ reasons: [{ missingDates: ['2024-10-22', '2024-10-24', '2024-10-26'] }] });
  });

  it.each([
    ['before the last two games of both teams', games(1, 'team'), '2024-10-24'],
    ['a game of other teams', games(15, 'team'), '2024-10-27'],
    ['before the days', days(7, 'team'), '2024-10-26'],
    ['the date itself', games(15, 'team'), '2024-11-03'],
    ['after the date', seasonSoFar('league'), '2024-11-05'],
    ['the season before', seasonSoFar('league'), '2024-04-14'],
    ['a day without games', seasonSoFar('league'), '2024-10-25'],
  ])('does not block on a hole outside the window: %s', (_, reach, hole) => {
    expect(check('2024-11-03', upstream([blocks(reach)], hole))).toEqual(CLEAR);
  });

  it('blocks on the last day before the date and on the first of the days', () => {
    const fourDays = (hole: string) => check('2024-10-28', upstream([blocks(days(4, 'league'))], hole)).kind;
    expect(['2024-10-22', '2024-10-24', '2024-10-26', '2024-10-27'].map(fourDays)).toEqual(['clear', 'blocked', 'blocked', 'blocked']);
  });

  it('never blocks opening night by what lies before it', () => {
    const all = [blocks(games(15, 'player')), blocks(days(30, 'league')), blocks(seasonSoFar('team'))];
    expect(check('2024-10-22', upstream(all, '2024-04-14', '2024-10-21'))).toEqual(CLEAR);
  });

  it('does not block the first weeks for having fewer games than the window', () => {
    expect(check('2024-10-24', upstream([blocks(games(15, 'player'))], '2024-11-03'))).toEqual(CLEAR);
  });

  it('has nothing to check on a date without games, the league\'s days aside', () => {
    expect(check('2024-10-25', upstream([blocks(games(15, 'team')), blocks(sameDate())], '2024-10-24'))).toEqual(CLEAR);
  });

  it('blocks on the date itself only for an upstream of the same date', () => {
    expect(check('2024-11-03', upstream([blocks(sameDate())], '2024-11-03'))).toMatchObject({ kind: 'blocked', reasons: [{ window: sameDate(), missingDates: ['2024-11-03'] }] });
    expect(check('2024-11-03', upstream([blocks(sameDate())], '2024-10-26'))).toEqual(CLEAR);
  });

  it('runs with a hole in an informing window, and tells the coverage it had', () => {
    expect(check('2024-11-03', upstream([informs(seasonSoFar('league'))], '2024-10-22', '2024-10-27'))).toEqual({
      kind: 'clear',
      coverageGaps: 'nba_raw.nbac_player_boxscore, season so far per league: 2 of 4 dates (without 2024-10-22, 2024-10-27)',
    });
  });

  it('tells the coverage of informing windows beside what blocks', () => {
    const verdict = check('2024-11-03', upstream([blocks(games(1, 'team')), informs(seasonSoFar('team'))], '2024-10-22', '2024-10-26'));
    expect(verdict).toEqual({
      kind: 'blocked',
      reasons: [expect.objectContaining({ window: games(1, 'team'), missingDates: ['2024-10-22', '2024-10-26'] })],
      coverageGaps: 'nba_raw.nbac_player_boxscore, season so far per team: 1 of 3 dates (without 2024-10-22, 2024-10-26)',
    });
  });

  it('gives a reason for each lookback and each upstream that has a hole', () => {
    const other = { ...upstream([blocks(sameDate())], '2024-11-03'), table: 'nba_raw.nbac_team_boxscore' };
    const verdict = check('2024-11-03', upstream([blocks(games(2, 'team')), blocks(days(30, 'team'))], '2024-10-26'), other);
    expect(reasonsOf(verdict).filter(isHoleReason).map(({ table, window }) => [table, window.kind])).toEqual([
      ['nba_raw.nbac_player_boxscore', 'games'],
      ['nba_raw.nbac_player_boxscore', 'days'],
      ['nba_raw.nbac_team_boxscore', 'same-date'],
    ]);
  });
});

describe('the kinds of reason', () => {
  const LAST_TWO = [blocks(games(2, 'team'))];
  const only = (hole: Hole) => reasonsOf(check('2024-11-03', known(LAST_TWO, { '2024-10-26': hole })));

  it.each([
    ['has never run', MISSING, 'data-gaps', ''],
    ['failed', recorded('failed'), 'upstream-failure', 'failed'],
    ['stored a part', recorded('partial'), 'upstream-failure', 'partial'],
    ['was blocked itself', recorded('blocked'), 'upstream-failure', 'blocked'],
    ['was skipped', recorded('skipped'), 'upstream-failure', 'skipped'],
    ['died while running', recorded('running'), 'upstream-failure', 'died while running'],
    ['is running under a live lease', recorded('running', 'backfill all (process 4711)'), 'upstream-running', 'backfill all (process 4711)'],
  ])('an upstream that %s', (_, hole, kind, detail) => {
    expect(only(hole)).toEqual([expect.objectContaining({ kind, detail, missingDates: ['2024-10-26'] })]);
  });

  it('does not take a lease for a run: what has ended badly is not being run', () => {
    expect(only(recorded('failed', 'somebody'))).toMatchObject([{ kind: 'upstream-failure', detail: 'failed' }]);
  });

  it('tells the dates of one window by what happened on them', () => {
    const verdict = check('2024-11-03', known([blocks(seasonSoFar('league'))], {
      '2024-10-22': recorded('failed'), '2024-10-24': MISSING, '2024-10-26': recorded('failed'), '2024-10-27': recorded('partial'),
    }));
    expect(reasonsOf(verdict).filter(isHoleReason).map(({ kind, detail, missingDates }) => [kind, detail, missingDates])).toEqual([
      ['upstream-failure', 'failed', ['2024-10-22', '2024-10-26']],
      ['data-gaps', '', ['2024-10-24']],
      ['upstream-failure', 'partial', ['2024-10-27']],
    ]);
  });

  it('names what the dates that block lack, and looks at no other date', () => {
    const asked: GameDate[] = [];
    const missing = (date: GameDate): MissingGame[] => {
      asked.push(date);
      return [{ date, gameId: '0022400003', game: 'T1@T4', teams: ['T4'] }];
    };
    const verdict = check('2024-11-03', { ...upstream([blocks(games(1, 'team')), informs(seasonSoFar('league'))], '2024-10-26', '2024-10-27'), missingGames: missing });
    expect(reasonsOf(verdict)).toMatchObject([{ missingGames: [{ date: '2024-10-26', gameId: '0022400003', game: 'T1@T4', teams: ['T4'] }] }]);
    expect(asked).toEqual(['2024-10-26']);
  });
});

describe('the game date before', () => {
  const FAILED = recorded('failed');
  const before = (date: string, one: GuardedUpstream, league = calendar) => checkPreviousGameDate(day(date), [one], league);
  const lookingBack = [blocks(games(15, 'team'))];

  it('blocks though none of its teams plays, over off-days', () => {
    // 27 October is the last game date before 3 November, of teams 5 and 6: no window of teams 1 and 2 holds it.
    const failed = known(lookingBack, { '2024-10-27': FAILED });
    expect(check('2024-11-03', failed)).toEqual(CLEAR);
    expect(before('2024-11-03', failed)).toEqual({
      kind: 'blocked', coverageGaps: null,
      reasons: [expect.objectContaining({ kind: 'upstream-failure', window: { kind: 'previous-game-date' }, missingDates: ['2024-10-27'], detail: 'failed' })],
    });
    expect(before('2024-10-30', failed).kind).toBe('blocked');
  });

  it.each([
    ['earlier dates', '2024-11-03', { '2024-10-26': FAILED }],
    ['the date itself', '2024-11-03', { '2024-11-03': FAILED }],
    ['later dates', '2024-11-03', { '2024-11-05': FAILED }],
    ['a date of which nothing is recorded', '2024-11-03', { '2024-10-27': MISSING }],
    ['the season before, on opening night', '2024-10-22', { '2024-04-14': FAILED }],
    ['the season before, before it starts', '2024-10-20', { '2024-04-14': FAILED }],
  ])('does not block by %s', (_, date, holes) => {
    expect(before(date, known(lookingBack, holes))).toEqual(CLEAR);
  });

  it('blocks for having died there, and waits for what is running', () => {
    expect(reasonsOf(before('2024-11-03', known(lookingBack, { '2024-10-27': recorded('running') })))).toMatchObject([{ kind: 'upstream-failure', detail: 'died while running' }]);
    expect(reasonsOf(before('2024-11-03', known(lookingBack, { '2024-10-27': recorded('running', 'daily') })))).toMatchObject([{ kind: 'upstream-running', detail: 'daily' }]);
  });

  it('matters to lookbacks that inform, and not to an upstream of the same date only', () => {
    const holes = { '2024-10-27': FAILED };
    expect(before('2024-11-03', known([informs(seasonSoFar('league'))], holes)).kind).toBe('blocked');
    expect(before('2024-11-03', known([blocks(sameDate())], holes))).toEqual(CLEAR);
    expect(before('2024-11-03', known([blocks(sameDate()), informs(seasonSoFar('league'))], holes)).kind).toBe('blocked');
  });

  it('is looked for behind games that the schedule does not know to have been played', () => {
    // The game of the 29th was postponed, or yesterday's schedule is not there yet.
    const league = new GameCalendar([...calendar.games, game('2024-10-29', 7, 8, 7, 'scheduled')]);
    expect(findPreviousGameDates(day('2024-11-03'), league)).toEqual(['2024-10-27', '2024-10-29']);
    expect(before('2024-11-03', known(lookingBack, { '2024-10-27': FAILED }), league).kind).toBe('blocked');
    expect(before('2024-11-03', known(lookingBack, { '2024-10-29': FAILED }), league).kind).toBe('blocked');
    expect(findPreviousGameDates(day('2024-10-22'), league)).toEqual([]);
  });
});

describe('both verdicts', () => {
  const window = (...holes: string[]) => check('2024-11-03', known([blocks(seasonSoFar('league'))], Object.fromEntries(holes.map((date) => [date, recorded('failed')]))));
  const previous = checkPreviousGameDate(day('2024-11-03'), [known([blocks(games(1, 'team'))], { '2024-10-27': recorded('failed') })], calendar);
  const clear = (coverageGaps: string | null): Verdict => ({ kind: 'clear', coverageGaps });

  it('are clear when both are', () => {
    expect(bothVerdicts(clear(null), clear(null))).toEqual(CLEAR);
    expect(bothVerdicts(clear('a'), clear('b'))).toEqual(clear('a; b'));
  });

  it('are blocked when one of them is, and keep the coverage of the other', () => {
    expect(bothVerdicts(clear('a'), previous)).toEqual({ ...previous, coverageGaps: 'a' });
    expect(bothVerdicts(previous, clear('a'))).toEqual({ ...previous, coverageGaps: 'a' });
  });

  it('tell a date once that the window and the date before both hold', () => {
    expect(bothVerdicts(window('2024-10-26', '2024-10-27'), previous)).toEqual(window('2024-10-26', '2024-10-27'));
    expect(reasonsOf(bothVerdicts(window('2024-10-26'), previous)).filter(isHoleReason).map(({ missingDates }) => missingDates)).toEqual([['2024-10-26'], ['2024-10-27']]);
  });

  it('tell it again for another table, or when something else is the matter', () => {
    const blockedBy = (one: Partial<GuardedUpstream>, hole: Hole) => check('2024-11-03', { ...known([blocks(seasonSoFar('league'))], { '2024-10-27': hole }), ...one });
    expect(reasonsOf(bothVerdicts(blockedBy({ table: 'nba_raw.nbac_team_boxscore' }, recorded('failed')), previous))).toHaveLength(2);
    expect(reasonsOf(bothVerdicts(blockedBy({}, recorded('running', 'daily')), previous))).toHaveLength(2);
    const failure: Verdict = { kind: 'blocked', reasons: [{ kind: 'guard-failed', error: 'x' }], coverageGaps: null };
    expect(reasonsOf(bothVerdicts(failure, failure))).toHaveLength(2);
  });
});

describe('on any calendar', () => {
  const START = day('2024-09-24'); // A week before the season boundary.
  const offset = fc.integer({ min: 0, max: 24 });
  const anyLeague = fc
    .array(fc.record({ at: offset, home: fc.integer({ min: 1, max: 5 }), away: fc.integer({ min: 1, max: 5 }), status: fc.constantFrom<GameStatus>('final', 'final', 'scheduled') }), { minLength: 15, maxLength: 40 })
    .map((drawn) => drawn.filter(({ home, away }) => home !== away).map(({ at, home, away, status }, i) => game(addDays(START, at), away, home, i, status)));
  const anyReach: fc.Arbitrary<Reach> = fc.oneof(
    fc.constant(sameDate()),
    fc.tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom('team' as const, 'player' as const)).map(([count, per]) => games(count, per)),
    fc.tuple(fc.integer({ min: 1, max: 20 }), fc.constantFrom('team' as const, 'league' as const)).map(([count, per]) => days(count, per)),
    fc.constantFrom('team' as const, 'league' as const).map(seasonSoFar),
  );
  const anyHole: fc.Arbitrary<Hole> = fc.record({
    recorded: fc.constantFrom<Hole['recorded']>(null, null, 'failed', 'partial', 'blocked', 'running', 'skipped'),
    runningBy: fc.constantFrom(null, 'one runner', 'another'),
  });
  const anyUpstream = fc.record({
    lookbacks: fc.array(fc.record({ reach: anyReach, effect: fc.constantFrom('blocks' as const, 'informs' as const) }), { minLength: 1, maxLength: 2 }),
    holes: fc.array(fc.tuple(offset, anyHole), { maxLength: 12 }),
  });
  type DrawnUpstream = typeof anyUpstream extends fc.Arbitrary<infer T> ? T : never;
  const guarded = ({ lookbacks, holes }: DrawnUpstream, i: number): GuardedUpstream => ({
    table: `nba_raw.t${i}`, processor: `T${i}Processor`, phase: 2, lookbacks: lookbacks.map((one) => ({ ...one, columns: [] })),
    holes: new Map(holes.map(([at, hole]) => [addDays(START, at), hole])),
  });

  /** The dates a reach needs, worked out game by game: does this game count for a team that plays on the date? */
  function needed(reach: Reach, date: GameDate, league: readonly ScheduledGame[]): Set<GameDate> {
    const teamsOf = (one: ScheduledGame) => [one.home.teamId, one.away.teamId];
    const playing = league.filter((one) => one.date === date).flatMap(teamsOf);
    const before = league.filter((one) => one.status === 'final' && one.date < date && one.season === seasonOf(date));
    const laterThan = (one: ScheduledGame, team: number) =>
      before.filter((other) => teamsOf(other).includes(team) && `${other.date} ${other.gameId}` > `${one.date} ${one.gameId}`).length;
    const isNeeded = (one: ScheduledGame): boolean => {
      if (reach.kind === 'same-date') return one.date === date;
      if (!before.includes(one)) return false;
      if (reach.kind === 'days' && addDays(one.date, reach.count) < date) return false;
      return reach.per === 'league' || playing.some((team) => teamsOf(one).includes(team) && (reach.kind !== 'games' || laterThan(one, team) < reach.count));
    };
    return new Set(league.filter(isNeeded).map((one) => one.date));
  }

  /** Mostly a date with games, now and then one without. */
  const dateOf = (league: readonly ScheduledGame[], n: number): GameDate => (n % 10 === 0 ? addDays(START, n % 25) : (league[n % league.length]?.date ?? START));

  it('a unit is blocked if and only if a blocking window contains a hole', () => {
    let blocked = 0;
    let clear = 0;
    fc.assert(
      fc.property(anyLeague, fc.nat(), fc.array(anyUpstream, { minLength: 1, maxLength: 2 }), (league, n, drawn) => {
        const date = dateOf(league, n);
        const upstreams = drawn.map(guarded);
        const verdict = checkWindow(date, upstreams, new GameCalendar(league));

        const hit = (effect: Lookback['effect']) =>
          upstreams.flatMap(({ table, lookbacks, holes }) =>
            lookbacks
              .filter((one) => one.effect === effect)
              .map(({ reach }) => ({ table, window: reach, missingDates: [...needed(reach, date, league)].filter((one) => holes.has(one)).sort() }))
              .filter(({ missingDates }) => missingDates.length > 0));
        const expected = hit('blocks');
        expect(verdict.kind).toBe(expected.length > 0 ? 'blocked' : 'clear');
        // Each date of each window is in exactly one reason, whatever happened on it.
        const told = reasonsOf(verdict).filter(isHoleReason).flatMap(({ table, window, missingDates }) => missingDates.map((one) => `${table} ${JSON.stringify(window)} ${one}`));
        const wanted = expected.flatMap(({ table, window, missingDates }) => missingDates.map((one) => `${table} ${JSON.stringify(window)} ${one}`));
        expect([...told].sort()).toEqual([...wanted].sort());
        expect(verdict.coverageGaps !== null).toBe(hit('informs').length > 0);
        if (verdict.kind === 'blocked') blocked++;
        else clear++;
      }),
      { numRuns: 500 },
    );
    // Both verdicts have been tried.
    expect(Math.min(blocked, clear)).toBeGreaterThan(20);
  });

  it('a reason says of each of its dates what is the matter there', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyLeague, fc.nat(), anyUpstream, (league, n, drawn) => {
        const one = guarded(drawn, 0);
        const date = dateOf(league, n);
        const reasons = [checkWindow, checkPreviousGameDate].flatMap((look) => reasonsOf(look(date, [one], new GameCalendar(league))));
        for (const reason of reasons.filter(isHoleReason)) {
          seen.add(reason.kind);
          for (const { recorded: status, runningBy } of reason.missingDates.map((at) => one.holes.get(at) as Hole)) {
            expect(reason.kind === 'data-gaps').toBe(status === null);
            expect(reason.kind === 'upstream-running').toBe(status === 'running' && runningBy !== null);
            expect(reason.detail).toBe(status === null ? '' : status !== 'running' ? status : (runningBy ?? 'died while running'));
          }
        }
      }),
      { numRuns: 300 },
    );
    expect([...seen].sort()).toEqual(['data-gaps', 'upstream-failure', 'upstream-running']);
  });

  it('the game date before is of the same season, before the date, and has no played game after it', () => {
    fc.assert(
      fc.property(anyLeague, fc.nat(), (league, n) => {
        const date = dateOf(league, n);
        const earlier = league.filter((one) => one.date < date && one.season === seasonOf(date));
        const played = (from: GameDate) => earlier.some((one) => one.status === 'final' && one.date > from);
        const expected = [...new Set(earlier.map((one) => one.date))].filter((one) => !played(one)).sort();
        expect(findPreviousGameDates(date, new GameCalendar(league))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
