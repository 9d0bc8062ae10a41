import { NbaError, type RunListener, processorRunHistory, sql } from '@nba/kernel';
import { DATES, ToyLeague, endings } from '../toy-league.fixture';
import { toyForm, toyPoints } from '../toy-processors.fixture';

describe('the record that units are at work', () => {
  let league: ToyLeague;
  beforeEach(async () => {
    league = await ToyLeague.open();
  });
  afterEach(() => league.close());

  /** What comes before the record that the units of `toy_points` are at work; all others are written as ever. */
  function beforeTheRecord(comes: () => Promise<void>): void {
    const append = league.warehouse.append.bind(league.warehouse);
    jest.spyOn(league.warehouse, 'append').mockImplementation(async (table, rows) => {
      if (table === processorRunHistory && rows[0]?.['status'] === 'running' && rows[0]['processor_name'] === toyPoints.name) await comes();
      return append(table, rows);
    });
  }

  it('is written while the work is done, and is there when it has ended', async () => {
    const replace = league.warehouse.replacePartitions.bind(league.warehouse);
    const stored = new Promise<void>((resolve) => {
      jest.spyOn(league.warehouse, 'replacePartitions').mockImplementation((replacement, lease) =>
        replace(replacement, lease).finally(() => replacement.table === toyPoints.table && resolve()));
    });
    // Who waited for the record before writing the rows would wait for ever.
    beforeTheRecord(() => stored);
    expect(endings(await league.run(), toyForm)).toEqual(DATES.map((date) => `${date} success`));
    const running = await league.warehouse.query(`${sql`SELECT data_date FROM ${processorRunHistory}`.text} WHERE status = 'running' AND processor_name = '${toyPoints.name}'`);
    expect(running).toHaveLength(6);
    // The newest by its start is how a unit ended, whatever was written last.
    const [newest] = await league.warehouse.query(`${sql`SELECT status FROM ${processorRunHistory}`.text} WHERE processor_name = '${toyPoints.name}' ORDER BY started_at DESC LIMIT 1`);
    expect(newest).toEqual({ status: 'success' });
  });

  it('ends the request when it cannot be written, after the work that had begun', async () => {
    const ends: string[] = [];
    const listener: RunListener = { started: () => undefined, ended: ({ output }, { kind }) => void ends.push(`${kind} ${output.name}`) };
    beforeTheRecord(() => Promise.reject(new NbaError('WAREHOUSE_STATEMENT_FAILED', 'no space left')));
    await expect(league.run({}, undefined, undefined, { listener })).rejects.toThrow('no space left');
    expect(await league.rows(toyPoints.table)).toHaveLength(24);
    expect(await league.warehouse.leases.held()).toEqual([]);
    expect(ends).toContain('complete toy_points');

    jest.restoreAllMocks();
    const again = await league.run();
    expect(endings(again, toyPoints)).toEqual([]);
    expect(endings(again, toyForm)).toEqual(DATES.map((date) => `${date} success`));
  });
});
