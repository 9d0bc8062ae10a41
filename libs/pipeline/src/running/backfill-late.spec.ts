import { D1, DATES, ToyLeague, endings, linesOn } from '../toy-league.fixture';
import { toyForm, toyPoints, toyTiers } from '../toy-processors.fixture';

describe('a cascade whose time is up', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
  });
  afterEach(() => league.close());

  /** Phase 2 is asked for; every statement takes a minute. */
  const runFor = (minutes: number) =>
    league.run({ phases: [2], maxGroup: 1, cascadeMs: minutes * 60_000 }, undefined, ({ range }) => void (range && league.clock.advance(60_000)));

  it('ends what is at work, leaves the rest and says so', async () => {
    const outcome = await runFor(2);
    expect(outcome).toMatchObject({ isLate: true, interrupted: false });
    // The schedule and six dates of points were asked for and have no deadline; two minutes are two dates of what follows.
    expect(endings(outcome, toyPoints)).toHaveLength(DATES.length);
    expect(endings(outcome, toyForm)).toHaveLength(2);
    expect(endings(outcome, toyTiers)).toEqual([]);
  });

  it('is taken up by the next run, whatever that was asked for', async () => {
    await runFor(2);
    const next = await league.run({ phases: [2] }, { date: D1 });
    expect(next.isLate).toBe(false);
    expect(endings(next, toyForm)).toEqual(DATES.slice(2).map((date) => `${date} success`));
    expect(endings(next, toyTiers)).toEqual(DATES.map((date) => `${date} success`));
  });

  it('is not late when the last unit ends after the deadline: nothing is left', async () => {
    const units = DATES.length * 2;
    expect((await runFor(units - 0.5)).isLate).toBe(false);
    await league.scrape(D1, linesOn(D1, { 11: 30 }));
    expect((await runFor(0.5)).isLate).toBe(true);
  });
});
