import { FixedClock, memoryWarehouse } from '@nba/testing';
import type { Warehouse } from '@nba/kernel';
import { RecordingChannel, causeOf, datesOf } from './alerts.fixture';
import { IncidentBook } from './index';
import type { Incident } from './incident';
import { contentOf, incidentOf, rowOf } from './incident-rows';

describe('incidents in a row', () => {
  const incident: Incident = {
    key: 'A', status: 'open', openedAt: '2025-01-27T03:00:00.000Z', resolvedAt: null, title: 'A is wrong', rootDates: datesOf(3, 1), rootDateCount: 1, heldUpUnits: 2,
    heldUpMost: [{ processor: 'X', units: 4 }, { processor: 'Y', units: 1 }], resolution: 'backfill retry',
    told: new Map([
      ['log', { status: 'open', dates: 2, error: null }],
      ['slack', { status: 'open', dates: 1, error: 'slack said "no", twice' }],
      ['webhook example.com', { status: 'nothing', dates: 0, error: 'gone' }],
    ]),
  };

  it('says who has been told all, who has not, and on which Eastern day it was recorded', () => {
    expect(rowOf(incident, 7, '2025-01-27T03:00:00.000Z')).toMatchObject({
      incident: 'A', sequence: 7, recorded_on: '2025-01-26', root_dates: '2025-01-03,2025-01-01', root_date_count: 1, held_up_units: 2, held_up_most: 'X:4;Y:1', delivered_to: 'log',
      undelivered: '{"slack":{"status":"open","dates":1,"error":"slack said \\"no\\", twice"},"webhook example.com":{"status":"nothing","dates":0,"error":"gone"}}',
    });
  });

  it('is read back as it was', () => {
    for (const one of [incident, { ...incident, status: 'resolved', resolvedAt: '2025-01-28T00:00:00.000Z', rootDates: [], heldUpMost: [], resolution: null, told: new Map() } satisfies Incident]) {
      expect(incidentOf(contentOf(one))).toEqual(one);
    }
  });

  it('is refused when it cannot be read', () => {
    expect(() => incidentOf({ ...contentOf(incident), undelivered: 'slack' })).toThrow(/alert_incidents\.undelivered of A cannot be read/);
  });
});

describe('IncidentBook in a warehouse', () => {
  let warehouse: Warehouse;
  beforeAll(async () => { warehouse = await memoryWarehouse(); });
  afterAll(() => warehouse.close());

  it('remembers from one process to the next, asks once a report, and writes nothing when nothing is new', async () => {
    const [log, slack] = [new RecordingChannel('log'), new RecordingChannel('slack')];
    const clock = new FixedClock('2025-01-27T11:00:00Z');
    const calls: string[] = [];
    const watched = {
      query: (text: string) => { calls.push('query'); return warehouse.query(text); },
      append: (...given: Parameters<Warehouse['append']>) => { calls.push('append'); return warehouse.append(...given); },
      ensureTable: (...given: Parameters<Warehouse['ensureTable']>) => warehouse.ensureTable(...given),
    };
    // The clock stands still: rows of the same instant must keep their order.
    const report = async (causes: Parameters<IncidentBook['report']>[0]) => {
      calls.length = 0;
      await new IncidentBook(watched, [log, slack], clock).report(causes);
      return { calls: calls.join(' '), log: log.take(), slack: slack.take() };
    };
    const quiet = { calls: 'query', log: [], slack: [] };

    expect(await report([])).toEqual(quiet);
    slack.fault = new Error("slack: it's gone");
    expect(await report([causeOf('A', [1, 2], 3)])).toEqual({ calls: 'query append', log: ['opened A', 'opened AlertChannel slack'], slack: [] });
    expect(await report([causeOf('A', [1, 2], 3)])).toEqual(quiet);
    slack.fault = null;
    expect(await report([causeOf('A', [1, 2], 3)])).toEqual({ calls: 'query append', log: ['resolved AlertChannel slack'], slack: ['opened A'] });
    expect(await report([causeOf('A', [1, 2], 3)])).toEqual(quiet);
    expect(await report([causeOf('A', [1, 2, 4], 3)])).toEqual({ calls: 'query append', log: ['grown A'], slack: ['grown A'] });
    expect(await report([])).toEqual({ calls: 'query append', log: ['resolved A'], slack: ['resolved A'] });
    expect(await report([])).toEqual(quiet);
    expect(await report([causeOf('A', [9])])).toEqual({ calls: 'query append', log: ['opened A'], slack: ['opened A'] });
    expect(await report([causeOf('A', [9])])).toEqual(quiet);

    // What a channel still has to hear of the past is found under newer rows.
    slack.fault = new Error('gone');
    expect((await report([])).log).toEqual(['resolved A', 'opened AlertChannel slack']);
    expect((await report([causeOf('B', [1])])).log).toEqual(['opened B']);
    slack.fault = null;
    expect((await report([causeOf('B', [1])])).slack).toEqual(['opened B', 'resolved A']);
    expect(await report([causeOf('B', [1])])).toEqual(quiet);

    const history = await warehouse.query(
      `SELECT sequence, status, root_dates, delivered_to, undelivered IS NULL AS complete FROM nba_reference.alert_incidents WHERE incident = 'A' ORDER BY sequence`,
    );
    expect(history.map((row) => Object.values(row).join(' '))).toEqual([
      '1 open 2025-01-01,2025-01-02 log false',
      '2 open 2025-01-01,2025-01-02 log,slack true',
      '3 open 2025-01-01,2025-01-02,2025-01-04 log,slack true',
      '4 resolved 2025-01-01,2025-01-02,2025-01-04 log,slack true',
      '5 open 2025-01-09 log,slack true',
      '6 resolved 2025-01-09 log false',
      '8 resolved 2025-01-09 log,slack true',
    ]);
  });
});
