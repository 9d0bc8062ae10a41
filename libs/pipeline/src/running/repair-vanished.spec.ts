import { type TableDefinition, sql } from '@nba/kernel';
import { D3, D4, D5, DATES, ToyLeague, endings, gameIdOn, linesOn } from '../toy-league.fixture';
import { toyForm, toyPoints, toyTiers } from '../toy-processors.fixture';

/** Between two repairs rows vanish, and what they were made from changes so that they are not to come back. */
describe('rows that have vanished behind the program\'s back and are not to come back', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
    await league.scrape(D3, linesOn(D3, { 11: 25 }));
    await league.scrape(D5, linesOn(D5, { 11: 25 }));
    await league.run();
  });
  afterEach(() => league.close());

  const vanish = (table: TableDefinition, condition: string) => league.warehouse.query(`${sql`DELETE FROM ${table}`.text} WHERE ${condition}`);

  it('are missed by what had read them: a player whose stored row vanished is not in the newer document', async () => {
    await vanish(toyPoints.table, `game_date = '${D3}' AND player_id = 11`);
    await league.scrape(D3, linesOn(D3).filter(([, , player]) => player !== 11));
    await league.run();
    // Player 11 has 10 points on each date but the 24th, on which he did not play, and the 28th.
    const form = (await league.rows(toyForm.table)).filter((row) => row['player_id'] === 11);
    expect(form.map((row) => [row['game_date'], row['points_last_2']])).toEqual([[DATES[0], null], [DATES[1], 10], [D4, 20], [D5, 20], [DATES[5], 35]]);
    // No high tier is left in the three days before the 26th.
    expect((await league.rows(toyTiers.table, D4)).map((row) => row['highs_last_3_days'])).toEqual([0, 0]);
  });

  it('are missed by what had read them: a date whose stored rows vanished loses its only game', async () => {
    await vanish(toyForm.table, `game_date = '${D5}'`);
    await league.scrapeSchedule(DATES.map((date) => (date === D5 ? [gameIdOn(D5), '2024-11-20', 1] : [gameIdOn(date), date, 3])));
    await league.run();
    // Four rows of four dates before the 29th, two for each team; none of a high tier in the three days before.
    expect((await league.rows(toyTiers.table, DATES[5])).map((row) => [row['rows_so_far'], row['highs_last_3_days']])).toEqual([[8, 0], [8, 0]]);
    expect(endings(await league.run(), toyTiers)).toEqual([]);
  });
});
