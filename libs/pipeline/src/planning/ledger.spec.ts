import { type GameDate, parseSeason, seasonSpan } from '@nba/kernel';
import { D2, D3, D5, DATES, ToyLeague, linesOn } from '../toy-league.fixture';
import type { Processor } from '../definition/processor';
import { TOY_PROCESSORS, toyForm, toyPoints, toySchedule, toyTiers } from '../toy-processors.fixture';
import { Ledger, type LedgerPage } from './ledger';

describe('the ledger', () => {
  let league: ToyLeague;
  let ledger: Ledger;
  beforeEach(async () => {
    league = await ToyLeague.open();
    await league.run();
    ledger = new Ledger(league.warehouse, seasonSpan(parseSeason('2024-25')), [toyPoints, toyForm]);
  });
  afterEach(() => league.close());

  const statuses = ({ runs }: LedgerPage): Record<string, string> => Object.fromEntries([...runs].map(([date, { status }]) => [date, status]));
  const rows = ({ stored }: LedgerPage): [string, number][] => [...stored].sort();
  /** What others do behind the ledger's back: a date fails, another loses its rows. */
  async function changeBehindItsBack(failing: GameDate, emptied: GameDate): Promise<void> {
    league.clock.advance(60_000);
    await league.scrape(failing, 'no JSON');
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    await league.warehouse.query(`DELETE FROM nba_raw.toy_points WHERE game_date = CAST(@date AS DATE)`, { date: emptied });
  }
  const successes = Object.fromEntries(DATES.map((date) => [date, 'success']));
  const full = DATES.map((date) => [date, 4]);

  it('reads a page once', async () => {
    expect([statuses(await ledger.page(toyPoints)), rows(await ledger.page(toyPoints))]).toEqual([successes, full]);
    const query = jest.spyOn(league.warehouse, 'query');
    await changeBehindItsBack(D2, D5);
    query.mockClear();
    expect([statuses(await ledger.page(toyPoints)), rows(await ledger.page(toyPoints))]).toEqual([successes, full]);
    expect(query).not.toHaveBeenCalled();
  });

  it('reads it again where something has been recorded, and only there', async () => {
    await ledger.page(toyPoints);
    await changeBehindItsBack(D2, D5);
    ledger.renew(toyPoints, { from: D2, to: D3 });
    expect(statuses(await ledger.page(toyPoints))).toEqual({ ...successes, [D2]: 'failed' });
    expect(rows(await ledger.page(toyPoints))).toEqual(full);
    ledger.renew(toyPoints, { from: D5, to: D5 });
    expect(rows(await ledger.page(toyPoints))).toEqual(full.filter(([date]) => date !== D5));
  });

  it('puts together what was recorded at several times', async () => {
    await ledger.page(toyPoints);
    await changeBehindItsBack(D5, D2);
    ledger.renew(toyPoints, { from: D5, to: D5 });
    ledger.renew(toyPoints, { from: D2, to: D2 });
    const page = await ledger.page(toyPoints);
    expect([statuses(page), rows(page)]).toEqual([{ ...successes, [D5]: 'failed' }, full.filter(([date]) => date !== D2)]);
  });

  it('asks for changes only of tables that hold something newer than was read, or that others have written since', async () => {
    const changes = async () => ledger.changesFor(toyForm, (await ledger.page(toyForm)).runs.values());
    const query = jest.spyOn(league.warehouse, 'query');
    const asked = (): number => query.mock.calls.filter(([text]) => text.includes('partition_changes')).length;
    expect([await changes(), asked()]).toEqual([[], 0]);
    league.clock.advance(60_000);
    await league.scrape(D2, linesOn(D2, { 11: 31 }));
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    const change = { table: 'nba_raw.toy_points', date: D2, version: 2, kind: 'rows', columns: ['points'] };
    query.mockClear();
    expect([await changes(), asked()]).toEqual([[change], 1]);
    ledger.renew(toyPoints, { from: D2, to: D2 });
    query.mockClear();
    expect([await changes(), asked()]).toEqual([[change], 1]);
    const run = [...(await ledger.page(toyForm)).runs.values()].map((one) => ({ ...one, inputVersions: new Map([['nba_raw.toy_points', 2]]) }));
    expect([await ledger.changesFor(toyForm, run), asked()]).toEqual([[], 1]);
  });

  it('forgets what else was read of a table, but not of others, and all when others have been at work', async () => {
    const reads: string[] = [];
    const remember = (processor: typeof toyPoints | typeof toyForm) => ledger.remember(processor, 'something', async () => void reads.push(processor.name));
    const both = async () => { await remember(toyPoints); await remember(toyForm); };
    await ledger.page(toyPoints);
    await both();
    ledger.renew(toyPoints, { from: D2, to: D2 });
    await both();
    expect(reads).toEqual([toyPoints.name, toyForm.name, toyPoints.name]);
    await changeBehindItsBack(D2, D5);
    ledger.turn(toyPoints);
    const page = await ledger.page(toyPoints);
    expect([statuses(page), rows(page)]).toEqual([{ ...successes, [D2]: 'failed' }, full.filter(([date]) => date !== D5)]);
  });

  it('knows nothing older of a page that was read together with others', async () => {
    await ledger.page(toyPoints);
    await changeBehindItsBack(D2, D5);
    ledger.renew(toyPoints, { from: D5, to: D5 });
    await ledger.readAll();
    expect(statuses(await ledger.page(toyPoints))).toEqual({ ...successes, [D2]: 'failed' });
  });

  it('reads the pages of a phase together, and those that are outdated', async () => {
    const together = new Ledger(league.warehouse, seasonSpan(parseSeason('2024-25')), TOY_PROCESSORS);
    const query = jest.spyOn(league.warehouse, 'query');
    const asked = async (...processors: Processor[]) => {
      query.mockClear();
      for (const processor of processors) await together.page(processor);
      return query.mock.calls.length;
    };
    expect(await asked(toySchedule, toyPoints)).toBe(2); // the history, and the rows stored
    expect(await asked(toyForm, toyTiers)).toBeGreaterThan(0);
    await changeBehindItsBack(D2, D5);
    together.renew(toyPoints, { from: D2, to: D2 });
    together.renew(toyForm, { from: D5, to: D5 });
    expect(await asked(toyPoints, toyForm)).toBe(2);
    // Read from the first of them to the last, so what was not named is seen as well.
    expect([statuses(await together.page(toyPoints)), rows(await together.page(toyPoints))]).toEqual([{ ...successes, [D2]: 'failed' }, full.filter(([date]) => date !== D5)]);
  });

  it('tells a table that cannot be read of that table alone', async () => {
    const together = new Ledger(league.warehouse, seasonSpan(parseSeason('2024-25')), TOY_PROCESSORS);
    const { query } = league.warehouse;
    jest.spyOn(league.warehouse, 'query').mockImplementation(async (text, parameters) => {
      if (text.includes('FROM nba_raw.toy_points')) throw new Error('toy_points cannot be read');
      return query.call(league.warehouse, text, parameters);
    });
    expect((await together.page(toySchedule)).runs.size).toBe(1);
    await new Promise(setImmediate); // nobody has asked for that page: its fault must not end the process
    await expect(together.page(toyPoints)).rejects.toThrow('toy_points cannot be read');
  });
});
