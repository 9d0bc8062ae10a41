import { D4, D5, DATES, ToyLeague, endings, gameIdOn } from '../toy-league.fixture';
import { toyForm } from '../toy-processors.fixture';

describe('a unit that is to be emptied', () => {
  it('waits for nothing: what is before it may be missing, as nothing is computed from it', async () => {
    const league = await ToyLeague.open();
    await league.run();
    await league.scrape(D4, 'no JSON');
    // The feed takes the result of the 28th back; the date stays on the calendar.
    await league.scrapeSchedule(DATES.map((date) => [gameIdOn(date), date, date === D5 ? 1 : 3]));
    const outcome = await league.run();
    expect(endings(outcome, toyForm)).toContain(`${D5} empty_ok`);
    expect(await league.rows(toyForm.table, D5)).toEqual([]);
    await league.close();
  });
});
