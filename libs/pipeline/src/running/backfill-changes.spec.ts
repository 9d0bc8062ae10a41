import { partitionChanges, sameDate, sql } from '@nba/kernel';
import { blocks, defineProcessor, reads } from '../definition/processor';
import { createRegistry } from '../definition/registry';
import { D2, D3, D4, D5, DATES, endings, gameIdOn, linesOn, ToyLeague } from '../toy-league.fixture';
import { toyForm, toyPoints, toySchedule, toyTiers } from '../toy-processors.fixture';

const succeeded = (...dates: string[]): string[] => dates.map((date) => `${date} success`);

describe('a backfill over something that is complete and has changed', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
    await league.run();
  });
  afterEach(() => league.close());

  it('runs again exactly what a newer document reaches', async () => {
    await league.scrape(D3, linesOn(D3, { 11: 11 }));
    const outcome = await league.run();
    expect(endings(outcome, toySchedule)).toEqual([]);
    expect(endings(outcome, toyPoints)).toEqual(succeeded(D3));
    // Player 11 looks back at two games: the 24th is one of them on the 26th and the 28th, and no longer on the 29th.
    expect(endings(outcome, toyForm)).toEqual(succeeded(D3, D4, D5));
    // Points changed, tiers did not, and tiers are all that Phase 4 reads.
    expect(endings(outcome, toyTiers)).toEqual([]);
    const form = await league.rows(toyForm.table);
    expect(form.filter((row) => row['player_id'] === 11).map((row) => row['points_last_2'])).toEqual([null, 10, 20, 21, 21, 20]);
  });

  it('carries a change on through the columns that are read, as far as the days reach', async () => {
    await league.scrape(D3, linesOn(D3, { 11: 25 }));
    const outcome = await league.run();
    // The 24th lies in the three days before the 26th, and not before the 28th.
    expect(endings(outcome, toyTiers)).toEqual(succeeded(D4));
    expect((await league.rows(toyTiers.table, D4)).map((row) => row['highs_last_3_days'])).toEqual([1, 0]);
  });

  it('stops the wave where no value that is read has changed', async () => {
    await league.scrape(D3, linesOn(D3, {}, 9));
    const outcome = await league.run();
    expect(endings(outcome, toyPoints)).toEqual(succeeded(D3));
    expect(outcome.phases[0]?.outcomes.map(({ changes }) => changes)).toEqual([4]);
    expect(endings(outcome, toyForm)).toEqual([]);
  });

  it('stops the wave at once where a newer document says the same', async () => {
    const published = league.bus.published.length;
    await league.scrape(D3, linesOn(D3));
    const outcome = await league.run({ phases: [2] });
    expect(outcome.phases.map(({ phase, outcomes }) => [phase, outcomes.map(({ changes }) => changes)])).toEqual([[2, [0]]]);
    expect(league.bus.published).toHaveLength(published);
    expect((await league.run({ phases: [2] })).phases[0]?.outcomes).toEqual([]);
  });

  it('reaches later dates from a single repaired one through the cascade', async () => {
    await league.scrape(D3, linesOn(D3, { 11: 25 }));
    const outcome = await league.run({ phases: [2] }, { date: D3 });
    expect(endings(outcome, toyForm)).toEqual(succeeded(D3, D4, D5));
    expect(endings(outcome, toyTiers)).toEqual(succeeded(D4));
  });

  it.each([
    ['all phases of the one date', [2, 3, 4] as const],
    ['Phase 3 of the one date, after Phase 2', [3] as const],
  ])('leaves no later date stale: %s', async (_, phases) => {
    await league.scrape(D3, linesOn(D3, { 11: 25 }));
    await league.run({ phases: [2], skipDownstreamTrigger: true }, { date: D3 });
    const outcome = await league.run({ phases }, { date: D3 });
    expect(endings(outcome, toyForm)).toEqual(succeeded(D3, D4, D5));
    expect(endings(outcome, toyTiers)).toEqual(succeeded(D4));
    // Nothing is left for a run over the whole season.
    expect((await league.run()).phases.flatMap(({ outcomes }) => outcomes)).toEqual([]);
  });

  it('leaves no later date stale: what failed before, of all phases', async () => {
    await league.scrape(D3, 'no JSON');
    await league.run();
    await league.scrape(D3, linesOn(D3, { 11: 25 }));
    // Toy points of the date failed; what reads it is complete, and stale only when that has been repaired.
    const outcome = await league.run({ wants: ({ kind }) => kind === 'failed' });
    expect(endings(outcome, toyPoints)).toEqual(succeeded(D3));
    expect(endings(outcome, toyForm)).toEqual(succeeded(D3, D4, D5));
    expect((await league.run()).phases.flatMap(({ outcomes }) => outcomes)).toEqual([]);
  });

  describe.each([['the season', undefined], ['the one date', { date: D3 }]])('when one processor of two is asked for over %s', (_, scope) => {
    const copyOfForm = defineProcessor({
      phase: 3, table: { ...toyForm.table, name: 'copy_of_form' }, games: 'final', upstreams: { form: reads(toyForm, blocks(sameDate(), ['points', 'tier', 'points_last_2'])) },
      spine: ({ from, inRange }) => sql`SELECT game_date, game_id, player_id FROM ${from.form} AS f WHERE ${inRange('game_date')}`,
      query: ({ from, inRange }) => sql`SELECT * FROM ${from.form} AS f WHERE ${inRange('game_date')}`,
    });

    it('reaches the other one of the phase as well through the cascade', async () => {
      const registry = createRegistry([...league.processors, copyOfForm]);
      await league.run({}, undefined, undefined, { registry });
      await league.scrape(D3, linesOn(D3, { 11: 25 }));
      const outcome = await league.run({ phases: [2, 3], processor: toyForm }, scope, undefined, { registry });
      expect(endings(outcome, toyForm)).toEqual(succeeded(D3, D4, D5));
      expect((await league.rows(copyOfForm.table, D3)).map((row) => row['points'])).toEqual([25, 12, 12, 14]);
      expect((await league.run({}, undefined, undefined, { registry })).phases.flatMap(({ outcomes }) => outcomes)).toEqual([]);
    });
  });

  it('forces what was named, not what follows from it', async () => {
    const outcome = await league.run({ phases: [3], force: true }, { date: D3 });
    expect(endings(outcome, toyForm)).toEqual(succeeded(D3));
    expect(endings(outcome, toyTiers)).toEqual([]);
  });

  it('follows a player who is said to have played for the other team', async () => {
    const moved = linesOn(D3, { 21: 25 }).map(([game, team, player, points, assists]) => [game, player === 21 ? 1 : team, player, points, assists] as const);
    await league.scrape(D3, linesOn(D3, { 21: 25 }));
    await league.run();
    await league.scrape(D3, moved);
    const outcome = await league.run();
    expect(endings(outcome, toyForm)).toContain(`${D3} success`);
    expect((await league.rows(toyTiers.table, D4)).map((row) => row['highs_last_3_days'])).toEqual([1, 0]);
  });

  it('empties the date that a postponed game has left, whatever its document says', async () => {
    await league.scrapeSchedule(DATES.map((date) => (date === D5 ? [gameIdOn(D5), '2024-11-20', 1] : [gameIdOn(date), date, 3])));
    const outcome = await league.run();
    for (const processor of [toyPoints, toyForm, toyTiers]) {
      expect(endings(outcome, processor)).toContain(`${D5} empty_ok`);
      expect(await league.rows(processor.table, D5)).toEqual([]);
    }
    expect((await league.run()).phases.flatMap(({ outcomes }) => outcomes)).toEqual([]);
  });

  it('notices a partition whose rows have vanished behind its back', async () => {
    await league.warehouse.query(`${sql`DELETE FROM ${toyForm.table}`.text} WHERE game_date = '${D2}'`);
    const outcome = await league.run({ phases: [3] });
    expect(endings(outcome, toyForm)).toEqual(succeeded(D2));
    expect(await league.rows(toyForm.table, D2)).toHaveLength(4);
  });

  it('records who changed and in which columns', async () => {
    await league.scrape(D3, linesOn(D3, { 11: 25 }));
    await league.run();
    const changes = await league.warehouse.query(
      `${sql`SELECT table_name, game_date, version, kind, player_id, columns FROM ${partitionChanges}`.text}
        WHERE version > 1 AND table_name <> 'nba_precompute.toy_tiers' ORDER BY table_name, game_date`,
    );
    const of = (table: string, date: string, columns: string) => ({ table_name: table, game_date: date, version: 2, kind: 'edited', player_id: 11, columns });
    expect(changes).toEqual([
      of('nba_analytics.toy_form', D3, 'points,tier'),
      of('nba_analytics.toy_form', D4, 'points_last_2'),
      of('nba_analytics.toy_form', D5, 'points_last_2'),
      of('nba_raw.toy_points', D3, 'points'),
    ]);
  });

  it('makes a new date of the same season, and no other', async () => {
    const next = '2024-10-30';
    await league.scrapeSchedule([...DATES.map((date) => [gameIdOn(date), date, 3] as const), ['0022400007', next, 1]]);
    const outcome = await league.run();
    expect(endings(outcome, toyPoints)).toEqual([]);
    expect(endings(outcome, toyForm)).toEqual([]);
    expect(endings(outcome, toyTiers)).toEqual(succeeded(next));
  });
});
