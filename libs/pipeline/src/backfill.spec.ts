import { DATES, endings, ToyLeague } from './toy-league.fixture';
import { toyForm, toyPoints, toySchedule, toyTiers } from './toy-processors.fixture';

describe('a backfill', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
  });
  afterEach(() => league.close());

  it('makes every unit complete', async () => {
    const outcome = await league.run();
    expect(endings(outcome, toySchedule)).toEqual(['2024-10-01 success']);
    expect(endings(outcome, toyPoints)).toEqual(DATES.map((date) => `${date} success`));
    expect(endings(outcome, toyForm)).toEqual(DATES.map((date) => `${date} success`));
    expect(endings(outcome, toyTiers)).toEqual(DATES.map((date) => `${date} success`));
  });
});
