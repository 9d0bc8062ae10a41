import { days, describeReach, games, sameDate, seasonSoFar } from './lookback';

describe('describeReach', () => {
  it.each([
    [sameDate(), 'the same game'],
    [sameDate('team'), 'the same date, per team'],
    [games(15, 'player'), 'last 15 games per player'],
    [days(7, 'player'), 'last 7 days per player'],
    [days(30, 'league'), 'last 30 days per league'],
    [seasonSoFar('team'), 'season so far per team'],
  ])('%j is told as "%s"', (reach, words) => {
    expect(describeReach(reach)).toBe(words);
  });
});
