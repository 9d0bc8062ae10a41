import { dateText } from './civil-date';
import { makeExhibitionGames } from './exhibition-games';
import { FOUNDING_YEAR, seasonCalendar } from './season-calendar';

/** The years for which scale tests ask. */
const YEARS = Array.from({ length: 40 }, (_, i) => FOUNDING_YEAR + i);

describe('exhibition games', () => {
  it.each(YEARS)('of the season that starts in %d lie within it: preseason games from 1 October to its first day', (year) => {
    const calendar = seasonCalendar(`${year}-${String((year + 1) % 100).padStart(2, '0')}`);
    const dates = makeExhibitionGames(calendar, 1).filter(({ label }) => label === 'Preseason').map(({ day }) => dateText(day)).sort();
    expect(String(dates[0]) >= `${year}-10-01`).toBe(true);
    expect(String(dates.at(-1)) < dateText(calendar.first)).toBe(true);
  });
});
