import { type GameDate, parseSeason, seasonSpan } from '@nba/kernel';
import { D2, D3, D5, DATES, ToyLeague } from '../toy-league.fixture';
import { toyForm, toyPoints } from '../toy-processors.fixture';
import { Ledger, type LedgerPage } from './ledger';

describe('the ledger', () => {
  let league: ToyLeague;
  let ledger: Ledger;
  beforeEach(async () => {
    league = await ToyLeague.open();
    await league.run();
    ledger = new Ledger(league.warehouse, seasonSpan(parseSeason('2024-25')));
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
    await ledger.readPages([toyPoints, toyForm]);
    expect(statuses(await ledger.page(toyPoints))).toEqual({ ...successes, [D2]: 'failed' });
  });
});
