import fc from 'fast-check';
import { type GameDate, type Reach, addDays, days, games, isWithin, sameDate, seasonOf, seasonSoFar } from '@nba/kernel';
import { GameCalendar } from './game-calendar';
import { type ScheduledGame, sidesOf } from './scheduled-game';
import { type Tricode, TEAMS, day, game, ids } from './small-league.fixture';
import { resolveWindow } from './window';

// Boston's first weeks by hand: three games, an off-week, then one, and the next on 5 November.
const league = [
  game('2024-04-14', 'NYK@BOS', 90),
  game('2024-10-22', 'NYK@BOS', 1),
  game('2024-10-24', 'BOS@MIA', 2),
  game('2024-10-24', 'LAL@DEN', 3),
  game('2024-10-26', 'DEN@BOS', 4),
  game('2024-11-03', 'BOS@LAL', 5),
  game('2024-11-04', 'MIA@OKC', 6),
  game('2024-11-05', 'BOS@NYK', 7),
  game('2024-11-05', 'DEN@LAL', 8, 'scheduled'),
  game('2024-11-07', 'MIA@BOS', 9, 'scheduled'),
];
const calendar = new GameCalendar(league);
const window = (reach: Reach, date: string, from = calendar) => ids(resolveWindow(reach, day(date), from));

describe('a window', () => {
  const everyReach = [games(15, 'team'), games(15, 'player'), days(30, 'team'), days(30, 'league'), seasonSoFar('team'), seasonSoFar('league')];

  it.each(everyReach)('is empty on opening night, though last season had games: %j', (reach) => {
    expect(window(reach, '2024-10-22')).toEqual([]);
  });

  it.each([games(2, 'team'), days(30, 'team'), seasonSoFar('player')])('is empty on a day without games: %j', (reach) => {
    expect(window(reach, '2024-10-25')).toEqual([]);
  });

  it.each(everyReach)('never holds the date itself nor an unplayed game: %j', (reach) => {
    const resolved = resolveWindow(reach, day('2024-11-07'), calendar);
    expect(resolved.filter(({ date, status }) => date >= '2024-11-07' || status !== 'final')).toEqual([]);
    expect(ids(resolved)).toContain(7);
  });

  describe('of games', () => {
    it('is each team\'s last, and spans an off-week', () => {
      // 3 November, Boston at Los Angeles: Boston's last two are 2 and 4, the Lakers have played one.
      expect(window(games(2, 'team'), '2024-11-03')).toEqual([2, 3, 4]);
    });

    it('counts games per team, not dates and not days', () => {
      // 5 November: Boston 4, 5; New York 1; Denver 3, 4; Lakers 3, 5.
      expect(window(games(2, 'team'), '2024-11-05')).toEqual([1, 3, 4, 5]);
      expect(window(games(1, 'team'), '2024-11-05')).toEqual([1, 4, 5]);
    });

    it('is smaller early in the season', () => {
      expect(window(games(15, 'team'), '2024-10-24')).toEqual([1]);
    });

    it('is looked for among the team\'s games for a player', () => {
      expect(window(games(2, 'player'), '2024-11-03')).toEqual([2, 3, 4]);
    });
  });

  describe('of days', () => {
    it('is [D − n, D − 1]', () => {
      // 7 November, Miami at Boston: 4 and 5 November lie in the last three days, 3 November does not.
      expect(window(days(3, 'team'), '2024-11-07')).toEqual([6, 7]);
      expect(window(days(4, 'team'), '2024-11-07')).toEqual([5, 6, 7]);
    });

    it('holds the teams\' games for a team and every game for the league', () => {
      // 5 November: Miami at Oklahoma City the day before concerns none of the four teams.
      expect(window(days(2, 'team'), '2024-11-05')).toEqual([5]);
      expect(window(days(2, 'league'), '2024-11-05')).toEqual([5, 6]);
    });

    it('does not reach into the season before', () => {
      expect(window(days(365, 'league'), '2024-10-24')).toEqual([1]);
      expect(window(days(365, 'team'), '2024-10-24')).toEqual([1]);
    });
  });

  describe('of the season so far', () => {
    it('is every earlier game of the teams, or of the league', () => {
      expect(window(seasonSoFar('team'), '2024-11-07')).toEqual([1, 2, 4, 5, 6, 7]);
      expect(window(seasonSoFar('league'), '2024-11-07')).toEqual([1, 2, 3, 4, 5, 6, 7]);
    });
  });

  it('of the same date is the date\'s games, played or not, and no others', () => {
    expect(window(sameDate(), '2024-11-05')).toEqual([7, 8]);
    expect(window(sameDate('team'), '2024-10-23')).toEqual([]);
  });

  it('holds a postponed game on its new date only', () => {
    // Game 4 was planned for 26 October and played on 4 November.
    const moved = new GameCalendar(league.map((one) => (one.gameId.endsWith('00004') ? game('2024-11-04', 'DEN@BOS', 4) : one)));
    expect(window(days(8, 'team'), '2024-11-03', moved)).toEqual([]);
    expect(window(games(1, 'team'), '2024-11-03', moved)).toEqual([2, 3]);
    expect(window(games(1, 'team'), '2024-11-05', moved)).toEqual([1, 5, 4]);
  });
});

describe('on any calendar', () => {
  const codes = Object.keys(TEAMS) as Tricode[];
  const START = day('2024-08-25'); // Five weeks before the season boundary of 1 October.
  const anyGame = fc.record({
    offset: fc.integer({ min: 0, max: 70 }),
    home: fc.constantFrom(...codes),
    away: fc.constantFrom(...codes),
    status: fc.constantFrom('final' as const, 'final' as const, 'final' as const, 'scheduled' as const, 'live' as const),
  });
  const anyLeague = fc
    .array(anyGame, { maxLength: 60 })
    .map((drawn) => drawn.filter(({ home, away }) => home !== away).map(({ offset, home, away, status }, i) => game(addDays(START, offset), `${away}@${home}`, i, status)));
  const anyDate = fc.integer({ min: 0, max: 75 }).map((offset) => addDays(START, offset));
  const per = fc.constantFrom('team' as const, 'player' as const);
  const anyReach: fc.Arbitrary<Reach> = fc.oneof(
    fc.tuple(fc.integer({ min: 1, max: 12 }), per).map(([count, who]) => games(count, who)),
    fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom('team' as const, 'league' as const)).map(([count, who]) => days(count, who)),
    fc.constantFrom('team' as const, 'league' as const).map(seasonSoFar),
  );
  const plays = (team: number) => (one: ScheduledGame) => sidesOf(one).some(({ teamId }) => teamId === team);
  const teamsOn = (drawn: readonly ScheduledGame[], date: GameDate) =>
    new Set(drawn.filter((one) => one.date === date).flatMap((one) => sidesOf(one).map(({ teamId }) => teamId)));

  it('a window lies before the date, in its season, is final, in playing order and without repetition', () => {
    fc.assert(
      fc.property(anyLeague, anyDate, anyReach, (drawn, date, reach) => {
        const resolved = resolveWindow(reach, date, new GameCalendar(drawn));
        for (const one of resolved) {
          expect(one.date < date).toBe(true);
          expect(seasonOf(one.date)).toBe(seasonOf(date));
          expect(one.status).toBe('final');
          if (reach.kind === 'days') expect(isWithin(one.date, { from: addDays(date, -reach.count), to: addDays(date, -1) })).toBe(true);
        }
        const keys = resolved.map((one) => `${one.date} ${one.gameId}`);
        expect(keys).toEqual([...new Set(keys)].sort());
      }),
    );
  });

  it('of games is what each team\'s own list ends in', () => {
    fc.assert(
      fc.property(anyLeague, anyDate, fc.integer({ min: 1, max: 12 }), (drawn, date, count) => {
        const expected = new Set<string>();
        for (const team of teamsOn(drawn, date)) {
          const played = drawn.filter((one) => plays(team)(one) && one.status === 'final' && one.date < date && seasonOf(one.date) === seasonOf(date));
          // The k-th last game is the one that has k − 1 of the team's games after it.
          const after = (one: ScheduledGame) => played.filter((other) => other.date > one.date || (other.date === one.date && other.gameId > one.gameId)).length;
          for (const one of played) if (after(one) < count) expected.add(one.gameId);
        }
        const resolved = resolveWindow(games(count, 'team'), date, new GameCalendar(drawn));
        expect(new Set(resolved.map(({ gameId }) => gameId))).toEqual(expected);
      }),
    );
  });

  it('of n games lies in the one of n + 1, and both in the season so far', () => {
    fc.assert(
      fc.property(anyLeague, anyDate, fc.integer({ min: 1, max: 12 }), per, (drawn, date, count, who) => {
        const from = new GameCalendar(drawn);
        const smaller = resolveWindow(games(count, who), date, from);
        const larger = new Set(resolveWindow(games(count + 1, who), date, from));
        const all = new Set(resolveWindow(seasonSoFar(who), date, from));
        expect(smaller.filter((one) => !larger.has(one))).toEqual([]);
        expect([...larger].filter((one) => !all.has(one))).toEqual([]);
      }),
    );
  });

  it('of days or the season is every final game of the teams, or of the league, in those days', () => {
    fc.assert(
      fc.property(anyLeague, anyDate, anyReach, (drawn, date, reach) => {
        fc.pre(reach.kind !== 'games');
        const teams = teamsOn(drawn, date);
        const expected = drawn.filter(
          (one) =>
            one.status === 'final' && one.date < date && seasonOf(one.date) === seasonOf(date) &&
            (reach.kind !== 'days' || addDays(one.date, reach.count) >= date) &&
            (reach.per === 'league' || sidesOf(one).some(({ teamId }) => teams.has(teamId))),
        );
        expect(ids(resolveWindow(reach, date, new GameCalendar(drawn))).sort()).toEqual(ids(expected).sort());
      }),
    );
  });

  it('a game that comes later changes no window', () => {
    fc.assert(
      fc.property(anyLeague, anyDate, anyReach, (drawn, date, reach) => {
        const unplayed = drawn.map((one) => (one.date >= date ? { ...one, status: 'scheduled' as const } : one));
        expect(ids(resolveWindow(reach, date, new GameCalendar(unplayed)))).toEqual(ids(resolveWindow(reach, date, new GameCalendar(drawn))));
      }),
    );
  });
});
