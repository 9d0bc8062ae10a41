import { type GameDate, type Lease, type Row, parseSeason, processorRunHistory, seasonSpan, sql, tableId } from '@nba/kernel';
import { D2, D3, D5, DATES, ToyLeague, linesOn } from '../toy-league.fixture';
import type { Processor } from '../definition/processor';
import { TOY_PROCESSORS, toyForm, toyPoints, toySchedule, toyTiers } from '../toy-processors.fixture';
import { Ledger, type LedgerPage } from './ledger';

const SPAN = seasonSpan(parseSeason('2024-25'));

describe('the ledger', () => {
  let league: ToyLeague;
  let ledger: Ledger;
  beforeEach(async () => {
    league = await ToyLeague.open();
    await league.run();
    ledger = new Ledger(league.warehouse, SPAN, [toyPoints, toyForm]);
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

  /** What has ended since, as it is recorded, and the lease under which it was. */
  async function recordedSince(processor: Processor, since: string): Promise<{ readonly lines: readonly Row[]; readonly lease: Lease }> {
    const lines = await league.warehouse.query(
      sql`SELECT * FROM ${processorRunHistory} WHERE processor_name = @name AND status <> 'running' AND started_at >= CAST(@since AS TIMESTAMP) ORDER BY started_at`.text, { name: processor.name, since },
    );
    const table = tableId(processor.table);
    return { lines, lease: { table, holder: 'spec', version: await league.warehouse.leases.lastVersion(table), expiresAt: since } };
  }

  it('takes in what has just been recorded as if it had read it', async () => {
    await ledger.page(toyPoints);
    league.clock.advance(60_000);
    const since = league.clock.now().toISOString();
    await league.scrape(D2, 'no JSON');
    await league.scrape(D3, linesOn(D3, { 11: 31 }));
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    const { lines, lease } = await recordedSince(toyPoints, since);
    expect(lines.map((line) => [line['data_date'], line['status']]).sort()).toEqual([[D2, 'failed'], [D3, 'success']]);
    const read = await new Ledger(league.warehouse, SPAN, [toyPoints]).page(toyPoints);
    const query = jest.spyOn(league.warehouse, 'query');
    ledger.note(toyPoints, lines, lease);
    expect(await ledger.page(toyPoints)).toEqual(read);
    expect(query).not.toHaveBeenCalled();
    // Of what failed the rows of the run before are still there.
    expect(read.runs.get(D2)).toMatchObject({ status: 'failed', rows: 0, left: { rows: 4 } });
  });

  it('takes in a unit that was emptied', async () => {
    const page = await ledger.page(toyPoints);
    const line = { processor_name: toyPoints.name, data_date: D5, status: 'empty_ok', started_at: '2025-01-28T12:00:00.000Z', rows_stored: 0, output_version: 9, output_hash: null, code_version: 'abc' };
    ledger.note(toyPoints, [line]);
    const { runs, stored, leaseVersion } = await ledger.page(toyPoints);
    expect([runs.get(D5)?.left, stored.has(D5), leaseVersion]).toEqual([{ rows: 0, hash: null, version: 9 }, false, page.leaseVersion]);
  });

  it('asks for changes only of tables that hold something newer than was read, or that others have written since', async () => {
    const changes = async () => ledger.changesFor(toyForm, (await ledger.page(toyForm)).runs.values());
    const query = jest.spyOn(league.warehouse, 'query');
    const asked = (): number => query.mock.calls.filter(([text]) => text.includes('partition_changes')).length;
    expect([await changes(), asked()]).toEqual([[], 0]);
    league.clock.advance(60_000);
    const since = league.clock.now().toISOString();
    await league.scrape(D2, linesOn(D2, { 11: 31 }));
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    const { lines, lease } = await recordedSince(toyPoints, since);
    const change = { table: 'nba_raw.toy_points', date: D2, version: 2, kind: 'rows', columns: ['points'], subjects: [{ playerId: 11, teamId: 1 }] };
    query.mockClear();
    expect([await changes(), asked()]).toEqual([[change], 1]);
    ledger.note(toyPoints, lines, lease);
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
    ledger.note(toyPoints, []);
    await both();
    expect(reads).toEqual([toyPoints.name, toyForm.name, toyPoints.name]);
    await changeBehindItsBack(D2, D5);
    ledger.turn(toyPoints);
    const page = await ledger.page(toyPoints);
    expect([statuses(page), rows(page)]).toEqual([{ ...successes, [D2]: 'failed' }, full.filter(([date]) => date !== D5)]);
  });

  it('reads the pages of a phase together', async () => {
    const together = new Ledger(league.warehouse, SPAN, TOY_PROCESSORS);
    const query = jest.spyOn(league.warehouse, 'query');
    const asked = async (...processors: Processor[]) => {
      query.mockClear();
      for (const processor of processors) await together.page(processor);
      return query.mock.calls.length;
    };
    expect(await asked(toySchedule, toyPoints)).toBe(2); // the history, and the rows stored
    expect(await asked(toyForm, toyTiers)).toBeGreaterThan(0);
    expect(await asked(toyForm, toyTiers)).toBe(0);
  });

  it('reads all pages anew for who waits for others', async () => {
    await ledger.page(toyPoints);
    await changeBehindItsBack(D2, D5);
    await ledger.readAll();
    expect(statuses(await ledger.page(toyPoints))).toEqual({ ...successes, [D2]: 'failed' });
  });

  it('tells a table that cannot be read of that table alone', async () => {
    const together = new Ledger(league.warehouse, SPAN, TOY_PROCESSORS);
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
