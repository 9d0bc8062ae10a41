import { dateText } from './civil-date';
import { seasonCalendar } from './season-calendar';

describe('seasonCalendar', () => {
  it.each([
    ['2021-22', '2021-10-19', '2022-04-10', 165, 9],
    ['2022-23', '2022-10-18', '2023-04-09', 164, 10],
    ['2023-24', '2023-10-24', '2024-04-14', 160, 14],
    ['2024-25', '2024-10-22', '2025-04-13', 163, 11],
  ])('knows the dates of %s', (season, first, last, withGames, without) => {
    const calendar = seasonCalendar(season);
    expect([dateText(calendar.first), dateText(calendar.last)]).toEqual([first, last]);
    expect(calendar.gameDays).toHaveLength(withGames);
    expect(calendar.last - calendar.first + 1 - calendar.gameDays.length).toBe(without);
  });

  it('makes up dates for seasons still to come', () => {
    const { gameDays, first, last } = seasonCalendar('2031-32');
    expect([dateText(first), dateText(last)]).toEqual(['2031-10-21', '2032-04-11']);
    expect(gameDays.length).toBeGreaterThanOrEqual(160);
    expect(gameDays.length).toBeLessThanOrEqual(166);
  });

  it.each(['2021', '2021-23', '21-22', ''])("refuses '%s', which is no season", (season) => {
    expect(() => seasonCalendar(season)).toThrow(RangeError);
  });

  it('refuses seasons before the league was founded', () => {
    expect(() => seasonCalendar('2020-21')).toThrow(/first season, 2021-22/);
  });
});
