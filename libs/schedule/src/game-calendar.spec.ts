import type { Season } from '@nba/kernel';
import { GameCalendar } from './game-calendar';
import { TEAMS, day, game, ids } from './small-league.fixture';

const opening = game('2024-10-22', 'NYK@BOS', 1);
const second = game('2024-10-22', 'DEN@LAL', 2);
const later = game('2024-10-24', 'BOS@DEN', 3);
const live = game('2024-10-26', 'NYK@DEN', 5, 'live');
const planned = game('2024-10-26', 'LAL@BOS', 4, 'scheduled');
const lastSeason = game('2024-04-14', 'NYK@BOS', 9);
// In no order at all: the calendar makes its own.
const calendar = new GameCalendar([planned, later, second, live, lastSeason, opening]);
const OCTOBER = { from: day('2024-10-01'), to: day('2024-10-31') };

describe('GameCalendar', () => {
  it('holds games in the order of date and then id', () => {
    expect(ids(calendar.games)).toEqual([9, 1, 2, 3, 4, 5]);
  });

  it('has no games on an off-day', () => {
    expect(calendar.on(day('2024-10-23'))).toEqual([]);
    expect(calendar.on(day('2024-10-23'), 'final')).toEqual([]);
  });

  it('tells games that are on the calendar from games that have been played', () => {
    expect(ids(calendar.on(day('2024-10-26')))).toEqual([4, 5]);
    expect(calendar.on(day('2024-10-26'), 'scheduled')).toEqual([planned, live]);
    expect(calendar.on(day('2024-10-26'), 'final')).toEqual([]);
    expect(calendar.on(day('2024-10-22'), 'final')).toEqual([opening, second]);
  });

  it('expects dates with games only, in order, both ends included', () => {
    expect(calendar.dates(OCTOBER, 'scheduled')).toEqual(['2024-10-22', '2024-10-24', '2024-10-26']);
    expect(calendar.dates(OCTOBER, 'final')).toEqual(['2024-10-22', '2024-10-24']);
    expect(calendar.dates({ from: day('2024-10-22'), to: day('2024-10-24') }, 'final')).toEqual(['2024-10-22', '2024-10-24']);
    expect(calendar.dates({ from: day('2024-10-23'), to: day('2024-10-23') }, 'scheduled')).toEqual([]);
  });

  it('expects a date of which one game is final and another is not', () => {
    const mixed = new GameCalendar([game('2024-10-26', 'LAL@BOS', 4, 'scheduled'), game('2024-10-26', 'NYK@DEN', 5)]);
    expect(mixed.dates(OCTOBER, 'final')).toEqual(['2024-10-26']);
    expect(ids(mixed.on(day('2024-10-26'), 'final'))).toEqual([5]);
  });

  it('knows a team\'s games of a season at home and away', () => {
    expect(ids(calendar.ofTeam(TEAMS.BOS, '2024-25' as Season))).toEqual([1, 3, 4]);
    expect(ids(calendar.ofTeam(TEAMS.BOS, '2023-24' as Season))).toEqual([9]);
    expect(calendar.ofTeam(TEAMS.MIA, '2024-25' as Season)).toEqual([]);
  });

  it('counts as played before a date neither that date nor another season nor unplayed games', () => {
    expect(calendar.playedBefore(TEAMS.BOS, day('2024-10-22'))).toEqual([]);
    expect(ids(calendar.playedBefore(TEAMS.BOS, day('2024-10-24')))).toEqual([1]);
    expect(ids(calendar.playedBefore(TEAMS.BOS, day('2024-10-25')))).toEqual([1, 3]);
    expect(ids(calendar.playedBefore(TEAMS.DEN, day('2024-12-01')))).toEqual([2, 3]);
  });

  it('has a postponed game on its new date only', () => {
    const moved = new GameCalendar([opening, game('2024-11-20', 'DEN@LAL', 2)]);
    expect(ids(moved.on(day('2024-10-22')))).toEqual([1]);
    expect(ids(moved.on(day('2024-11-20')))).toEqual([2]);
    expect(moved.dates({ from: day('2024-10-22'), to: day('2024-12-01') }, 'final')).toEqual(['2024-10-22', '2024-11-20']);
  });

  it('may be empty', () => {
    expect(new GameCalendar([]).dates(OCTOBER, 'scheduled')).toEqual([]);
  });
});
