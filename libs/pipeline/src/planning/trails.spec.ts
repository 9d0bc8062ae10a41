import { type GameDate, addDays, games, days, parseGameDate, sameDate, seasonSoFar, type Reach } from '@nba/kernel';
import fc from 'fast-check';
import { blocks, reads } from '../definition/processor';
import { toyPoints } from '../toy-processors.fixture';
import type { RecordedChange, Subject } from './reaching-changes';
import { type Trail, type TrailFacts, leadsTo } from './trails';

const START = parseGameDate('2024-10-22');
const on = (day: number): GameDate => addDays(START, day);
const PLAYER = 11;
const [HOME, AWAY, THIRD] = [1, 2, 3];

interface Told {
  readonly subjects?: readonly Subject[];
  readonly trail?: Trail;
  readonly playing?: readonly number[];
  readonly players?: readonly number[];
  readonly holdsAllPlayers?: boolean;
}

/** Everybody's trail is the same; by default player 11 of team 1 was changed, has no other row, and both teams play. */
const told = ({ subjects = [{ playerId: PLAYER, teamId: HOME }], trail, playing = [HOME, AWAY], players = [], holdsAllPlayers = false }: Told = {}): TrailFacts =>
  ({ subjectsOf: () => subjects, trailOf: () => trail, teamsOn: () => new Set(playing), playersOf: () => new Set(players), holdsAllPlayers });
const change = (day: number, over: Partial<RecordedChange> = {}): RecordedChange => ({ table: 'nba_raw.toy_points', date: on(day), version: 2, kind: 'rows', columns: ['points'], subjects: [], ...over });
const through = (reach: Reach, changed: RecordedChange) => ({ change: changed, upstream: reads(toyPoints), lookback: blocks(reach, ['points']) });
const rowsOn = (...played: number[]): Trail => ({ dates: played.map(on), teamIds: new Set([HOME]) });

describe('a change leads to a unit', () => {
  it.each<[string, Reach, Told, boolean]>([
    ['of the same date, whoever it is of', sameDate(), { subjects: [], playing: [] }, true],
    ['through the league\'s days, whoever it is of', days(30, 'league'), { subjects: [], playing: [] }, true],
    ['within a player\'s games', games(2, 'player'), { trail: rowsOn(0, 3) }, true],
    ['not when as many games lie between', games(2, 'player'), { trail: rowsOn(0, 3, 5) }, false],
    ['not counting games of the unit\'s date and after', games(2, 'player'), { trail: rowsOn(0, 3, 10, 12) }, true],
    ['not counting games before the change', games(1, 'player'), { trail: rowsOn(-4, -2, 0) }, true],
    ['of a player whose team plays', seasonSoFar('player'), { trail: rowsOn(0) }, true],
    ['not of a player whose team does not play', seasonSoFar('player'), { trail: rowsOn(0), playing: [AWAY] }, false],
    ['of a player whose later team plays', seasonSoFar('player'), { trail: { dates: [on(0), on(3)], teamIds: new Set([HOME, THIRD]) }, playing: [THIRD] }, true],
    ['of a player whose only row for the team has gone', seasonSoFar('player'), { trail: { dates: [on(-3)], teamIds: new Set([THIRD]) }, playing: [HOME] }, true],
    ['of a player whom the unit holds, whatever team is known of him', seasonSoFar('player'), { trail: rowsOn(0), playing: [AWAY], players: [PLAYER] }, true],
    ['not of a player of a team that plays, when others say who is in the unit and he is not', seasonSoFar('player'), { trail: rowsOn(0), holdsAllPlayers: true }, false],
    ['of a player who is in the unit, when others say so', seasonSoFar('player'), { trail: rowsOn(0), playing: [], players: [PLAYER], holdsAllPlayers: true }, true],
    ['of a player of no known team', days(20, 'player'), { subjects: [{ playerId: PLAYER, teamId: null }], playing: [AWAY] }, true],
    ['of nobody in particular', days(20, 'player'), { subjects: [{ playerId: null, teamId: HOME }], playing: [AWAY] }, true],
    ['of a team that plays', games(1, 'team'), { trail: rowsOn(0) }, true],
    ['not of a team that does not', games(1, 'team'), { trail: rowsOn(0), playing: [AWAY] }, false],
    ['not of a team that has played as often since', games(1, 'team'), { trail: rowsOn(0, 4) }, false],
    ['when one of several is within reach', games(1, 'team'), { subjects: [{ playerId: null, teamId: THIRD }, { playerId: null, teamId: AWAY }] }, true],
  ])('%s', (_, reach, facts, leads) => {
    expect(leadsTo(through(reach, change(0)), on(10), told(facts))).toBe(leads);
  });

  it('whoever it is of, when it is in a column that says whose row it is', () => {
    expect(leadsTo(through(games(1, 'team'), change(0, { columns: ['points', 'team_id'] })), on(10), told({ playing: [], trail: rowsOn(0, 4) }))).toBe(true);
  });
});

describe('a change of what had been lost', () => {
  it('leads wherever its days lie in a window: who was there is not known', () => {
    expect(leadsTo(through(games(1, 'team'), change(0, { kind: 'unknown', columns: null })), on(10), told({ subjects: [], playing: [], trail: rowsOn(0, 4) }))).toBe(true);
  });
});

describe('properties of trails', () => {
  /** A player's rows as a run has read them and as they are now: points by day. */
  const rows = fc.dictionary(fc.integer({ min: 0, max: 40 }).map(String), fc.integer({ min: 0, max: 3 }), { maxKeys: 25 }).map((byDay) => new Map(Object.entries(byDay).map(([day, points]) => [Number(day), points])));
  const windowOf = (held: ReadonlyMap<number, number>, day: number, count: number): string =>
    JSON.stringify([...held].filter(([one]) => one < day).sort(([a], [b]) => a - b).slice(-count));
  const trailOf = (held: ReadonlyMap<number, number>): Trail => rowsOn(...[...held.keys()].sort((a, b) => a - b));

  it('never too few: where a window of games differs, one of the changes leads to the unit', () => {
    fc.assert(
      fc.property(rows, rows, fc.integer({ min: 1, max: 15 }), fc.integer({ min: 0, max: 42 }), (before, now, count, day) => {
        const changed = [...new Set([...before.keys(), ...now.keys()])].filter((one) => one < day && before.get(one) !== now.get(one));
        const led = changed.some((one) => leadsTo(through(games(count, 'player'), change(one)), on(day), told({ trail: trailOf(now) })));
        return led || windowOf(before, day, count) === windowOf(now, day, count);
      }),
      { numRuns: 500 },
    );
  });

  it('exact for one value: it leads to a unit just when it lies in its window', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 15 }), fc.integer({ min: 0, max: 42 }), fc.nat(), (held, count, day, pick) => {
        const earlier = [...held.keys()].filter((one) => one < day);
        fc.pre(earlier.length > 0);
        const edited = earlier[pick % earlier.length] as number;
        const differs = windowOf(held, day, count) !== windowOf(new Map(held).set(edited, 99), day, count);
        expect(leadsTo(through(games(count, 'player'), change(edited)), on(day), told({ trail: trailOf(held) }))).toBe(differs);
      }),
    );
  });
});
