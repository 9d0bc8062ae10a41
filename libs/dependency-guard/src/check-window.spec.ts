import fc from 'fast-check';
import { type GameDate, type Lookback, type Reach, addDays, days, games, sameDate, seasonOf, seasonSoFar } from '@nba/kernel';
import { GameCalendar, type GameStatus, type ScheduledGame } from '@nba/schedule';
import { type GuardedUpstream, checkWindow } from './check-window';

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
const upstream = (lookbacks: readonly Lookback[], ...holes: string[]): GuardedUpstream => ({
  table: 'nba_raw.nbac_player_boxscore', processor: 'NbacPlayerBoxscoreProcessor', lookbacks, holes: new Set(holes.map(day)),
});
const check = (date: string, ...upstreams: GuardedUpstream[]) => checkWindow(day(date), upstreams, calendar);
const CLEAR = { kind: 'clear', coverageGaps: null };

describe('checkWindow', () => {
  it('is clear without upstreams and without holes', () => {
    expect(check('2024-11-03')).toEqual(CLEAR);
    expect(check('2024-11-03', upstream([blocks(games(15, 'player')), blocks(sameDate())]))).toEqual(CLEAR);
  });

  it('blocks on a hole in a window of games, and says which table, whose, which lookback and which date', () => {
    expect(check('2024-11-03', upstream([blocks(games(2, 'team'))], '2024-10-24'))).toEqual({
      kind: 'blocked',
      reasons: [{
        table: 'nba_raw.nbac_player_boxscore', processor: 'NbacPlayerBoxscoreProcessor', reach: games(2, 'team'), missingDates: ['2024-10-24'],
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
    expect(check('2024-11-03', upstream([blocks(sameDate())], '2024-11-03'))).toMatchObject({ kind: 'blocked', reasons: [{ reach: sameDate(), missingDates: ['2024-11-03'] }] });
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
      reasons: [expect.objectContaining({ reach: games(1, 'team'), missingDates: ['2024-10-22', '2024-10-26'] })],
      coverageGaps: 'nba_raw.nbac_player_boxscore, season so far per team: 1 of 3 dates (without 2024-10-22, 2024-10-26)',
    });
  });

  it('gives a reason for each lookback and each upstream that has a hole', () => {
    const other = { ...upstream([blocks(sameDate())], '2024-11-03'), table: 'nba_raw.nbac_team_boxscore' };
    const verdict = check('2024-11-03', upstream([blocks(games(2, 'team')), blocks(days(30, 'team'))], '2024-10-26'), other);
    expect(verdict.kind === 'blocked' && verdict.reasons.map(({ table, reach }) => [table, reach.kind])).toEqual([
      ['nba_raw.nbac_player_boxscore', 'games'],
      ['nba_raw.nbac_player_boxscore', 'days'],
      ['nba_raw.nbac_team_boxscore', 'same-date'],
    ]);
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
  const anyUpstream = fc.record({
    lookbacks: fc.array(fc.record({ reach: anyReach, effect: fc.constantFrom('blocks' as const, 'informs' as const) }), { minLength: 1, maxLength: 2 }),
    holes: fc.array(offset, { maxLength: 12 }),
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

  it('a unit is blocked if and only if a blocking window contains a hole', () => {
    let blocked = 0;
    let clear = 0;
    fc.assert(
      fc.property(anyLeague, fc.nat(), fc.array(anyUpstream, { minLength: 1, maxLength: 2 }), (league, n, drawn) => {
        // Mostly a date with games, now and then one without.
        const date = n % 10 === 0 ? addDays(START, n % 25) : (league[n % league.length]?.date ?? START);
        const upstreams = drawn.map(({ lookbacks, holes }, i) => ({
          table: `nba_raw.t${i}`, processor: `T${i}Processor`, lookbacks: lookbacks.map((one) => ({ ...one, columns: [] })), holes: new Set(holes.map((hole) => addDays(START, hole))),
        }));
        const verdict = checkWindow(date, upstreams, new GameCalendar(league));

        const hit = (effect: Lookback['effect']) =>
          upstreams.flatMap(({ table, lookbacks, holes }) =>
            lookbacks
              .filter((one) => one.effect === effect)
              .map(({ reach }) => ({ table, reach, missingDates: [...needed(reach, date, league)].filter((one) => holes.has(one)).sort() }))
              .filter(({ missingDates }) => missingDates.length > 0));
        const expected = hit('blocks');
        expect(verdict.kind).toBe(expected.length > 0 ? 'blocked' : 'clear');
        expect(verdict.kind === 'blocked' ? verdict.reasons.map(({ table, reach, missingDates }) => ({ table, reach, missingDates })) : []).toEqual(expected);
        expect(verdict.coverageGaps !== null).toBe(hit('informs').length > 0);
        if (verdict.kind === 'blocked') blocked++;
        else clear++;
      }),
      { numRuns: 500 },
    );
    // Both verdicts have been tried.
    expect(Math.min(blocked, clear)).toBeGreaterThan(20);
  });
});
