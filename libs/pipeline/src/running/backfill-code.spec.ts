import { type Row, processorRunHistory, sql } from '@nba/kernel';
import type { Processor, QueryProcessor } from '../definition/processor';
import { createRegistry } from '../definition/registry';
import { D1, D2, D3, D4, D5, D6, DATES, endings, linesOn, ToyLeague } from '../toy-league.fixture';
import { toyForm, toyPoints, toySchedule, toyTiers } from '../toy-processors.fixture';

const succeeded = (...dates: string[]): string[] => dates.map((date) => `${date} success`);

/** Toy form that calls a game high from 14 points, not from 20. */
const newForm: QueryProcessor = { ...toyForm, query: (context) => ({ ...toyForm.query(context), text: toyForm.query(context).text.replace('points >= 20', 'points >= 14') }) };
const newTiers: Processor = { ...toyTiers, upstreams: { ...toyTiers.upstreams, form: { lookbacks: [], ...toyTiers.upstreams['form'], processor: newForm } } };
const NEW_PROCESSORS = [toySchedule, toyPoints, newForm, newTiers];

describe('a backfill that goes on with other code', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
    await league.run({}, { startDate: D1, endDate: D3 });
  });
  afterEach(() => league.close());

  const newest = (): Promise<readonly Row[]> => league.warehouse.query(
    `${sql`SELECT data_date, status, code_version FROM ${processorRunHistory}`.text} WHERE processor_name = 'ToyFormProcessor'
      QUALIFY ROW_NUMBER() OVER (PARTITION BY data_date ORDER BY started_at DESC) = 1 ORDER BY data_date`,
  );

  it('computes anew what the old code made: no table mixes the two', async () => {
    const outcome = await league.run({}, undefined, undefined, { registry: createRegistry(NEW_PROCESSORS) });
    expect(endings(outcome, newForm)).toEqual(succeeded(...DATES));
    // Player 22 has 14 points in every game: the three days before the 23rd and 24th hold highs now, those before the 22nd nothing.
    expect(endings(outcome, newTiers)).toEqual(succeeded(D2, D3, D4, D5, D6));
    const recorded = await newest();
    expect(recorded.map((row) => `${row['data_date']} ${row['status']}`)).toEqual(succeeded(...DATES));
    expect(new Set(recorded.map((row) => row['code_version'])).size).toBe(1);

    const fresh = await ToyLeague.open(NEW_PROCESSORS);
    await fresh.run();
    for (const { table } of NEW_PROCESSORS) expect(await league.rows(table)).toEqual(await fresh.rows(table));
    expect((await league.rows(newForm.table)).filter((row) => row['tier'] === 'high')).toHaveLength(6);
    await fresh.close();
  });

  it('does so on the dates that were asked for, and says of the others that they are left', async () => {
    const registry = createRegistry(NEW_PROCESSORS);
    const outcome = await league.run({ skipDownstreamTrigger: true }, { startDate: D2, endDate: D4 }, undefined, { registry });
    expect(endings(outcome, newForm)).toEqual(succeeded(D2, D3, D4));
    expect(endings(await league.run({ phases: [2, 3], skipDownstreamTrigger: true }, undefined, undefined, { registry }), newForm)).toEqual(succeeded(D1, D5, D6));
  });

  it('goes back to the old code as well', async () => {
    await league.run({}, undefined, undefined, { registry: createRegistry(NEW_PROCESSORS) });
    const before = await newest();
    expect(endings(await league.run(), toyForm)).toEqual(succeeded(...DATES));
    expect((await league.rows(toyForm.table)).filter((row) => row['tier'] === 'high')).toEqual([]);
    const after = await newest();
    expect(after[0]?.['code_version']).not.toBe(before[0]?.['code_version']);
  });

  it('knows the old code again by its text alone, however it is laid out', async () => {
    const laidOut: QueryProcessor = { ...toyForm, query: (context) => ({ ...toyForm.query(context), text: toyForm.query(context).text.replace(/\s+(?!many)/g, '\n   ') }) };
    const registry = createRegistry([toySchedule, toyPoints, laidOut]);
    expect(endings(await league.run({ phases: [2, 3] }, { startDate: D1, endDate: D3 }, undefined, { registry }), laidOut)).toEqual([]);
    await league.scrape(D3, linesOn(D3, { 11: 12 }));
    expect(endings(await league.run({ phases: [2, 3] }, { startDate: D1, endDate: D3 }, undefined, { registry }), laidOut)).toEqual(succeeded(D3));
  });
});
