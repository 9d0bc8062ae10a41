import { FixedClock } from '@nba/testing';
import type { AlertChannel } from '@nba/kernel';
import { RecordingChannel, RowsInMemory, causeOf } from './alerts.fixture';
import { IncidentBook } from './index';

describe('IncidentBook', () => {
  let table: RowsInMemory;
  let log: RecordingChannel;
  let slack: RecordingChannel;
  let clock: FixedClock;
  beforeEach(() => {
    table = new RowsInMemory();
    log = new RecordingChannel('log');
    slack = new RecordingChannel('slack');
    clock = new FixedClock('2025-01-27T11:00:00Z');
  });
  /** A new book each time: nothing may be remembered but by the table. */
  const report = (causes: Parameters<IncidentBook['report']>[0], channels: readonly AlertChannel[] = [log, slack]) => {
    clock.advance(60_000);
    return new IncidentBook(table, channels, clock).report(causes);
  };
  const gone = new Error('slack: hooks.slack.com answered 404 "no_service". The alert was not taken.');

  it('asks once and writes nothing when nothing is wrong', async () => {
    expect(await report([])).toEqual({ opened: [], grown: [], recorded: [], resolved: [], undelivered: [], unheard: [] });
    expect([table.queries, table.appends]).toEqual([1, 0]);
  });

  it('tells of each root cause once, of its growth, and of its end', async () => {
    expect(await report([causeOf('A', [1]), causeOf('B', [1])])).toMatchObject({ opened: ['A', 'B'], undelivered: [], unheard: [] });
    expect(log.take()).toEqual(['opened A', 'opened B']);
    const rows = table.rows.length;
    await report([causeOf('A', [1]), causeOf('B', [1])]);
    expect([log.take(), table.rows.length]).toEqual([[], rows]);
    expect(await report([causeOf('A', [1, 2]), causeOf('B', [1], 4)])).toMatchObject({ grown: ['A'], recorded: ['B'] });
    expect(log.take()).toEqual(['grown A']);
    expect(table.newest().find((row) => row['incident'] === 'B')).toMatchObject({ held_up_units: 4, status: 'open', delivered_to: 'log,slack', undelivered: null });
    expect(await report([causeOf('B', [1], 4)])).toMatchObject({ resolved: ['A'] });
    expect(await report([])).toMatchObject({ resolved: ['B'] });
    expect(log.take()).toEqual(['resolved A', 'resolved B']);
    expect(slack.take()).toEqual(['opened A', 'opened B', 'grown A', 'resolved A', 'resolved B']);
    await report([causeOf('A', [1])]);
    expect(log.take()).toEqual(['opened A']);
  });

  it('sends again on the channel that failed, and on that one only', async () => {
    slack.fault = gone;
    expect(await report([causeOf('A', [1])])).toMatchObject({ opened: ['A'], undelivered: [{ channel: 'slack', incident: 'A', error: gone.message }], unheard: [] });
    expect(log.take()).toEqual(['opened A', 'opened AlertChannel slack']);
    slack.fault = null;
    await report([causeOf('A', [1])]);
    expect(slack.take()).toEqual(['opened A']);
    expect(log.take()).toEqual(['resolved AlertChannel slack']);
    expect((await report([causeOf('A', [1])])).undelivered).toEqual([]);
    expect([...log.take(), ...slack.take()]).toEqual([]);
  });

  it('tells the other channels once that one cannot be reached, with the reason', async () => {
    slack.fault = gone;
    for (let i = 0; i < 3; i++) await report([causeOf('A', [1])]);
    expect(log.sent.filter(({ incident }) => incident === 'AlertChannel slack')).toEqual([expect.objectContaining({
      kind: 'opened', title: 'Alert channel slack cannot be reached', resolution: 'backfill alerts test',
      lines: [`channel slack cannot be reached: ${gone.message}`, 'What it was to be told will be sent there again by the next report'],
    })]);
    expect(log.sent).toHaveLength(2);
    expect(table.rows).toHaveLength(2);
  });

  it('makes up for what did not get through in one message that is up to date', async () => {
    slack.fault = gone;
    await report([causeOf('A', [1])]);
    await report([causeOf('A', [1, 2])]);
    slack.fault = null;
    await report([causeOf('A', [1, 2])]);
    expect(slack.sent).toEqual([expect.objectContaining({ kind: 'opened', lines: expect.arrayContaining(['Wrong on 2 dates: 2025-01-01, 2025-01-02']) })]);
    slack.take();
    slack.fault = gone;
    await report([causeOf('A', [1, 2, 3])]);
    slack.fault = null;
    await report([causeOf('A', [1, 2, 3, 4])]);
    expect(slack.sent).toEqual([expect.objectContaining({ kind: 'grown', lines: expect.arrayContaining(['Wrong on 2 further dates: 2025-01-03, 2025-01-04']) })]);
  });

  it('sends only the end, and says so, where the opening never arrived', async () => {
    slack.fault = gone;
    await report([causeOf('A', [1])]);
    await report([]);
    slack.fault = null;
    await report([]);
    expect(slack.sent).toEqual([expect.objectContaining({ kind: 'resolved', incident: 'A', lines: expect.arrayContaining([`Its opening was never delivered here (${gone.message})`]) })]);
    await report([]);
    expect(slack.sent).toHaveLength(1);
    expect(log.take()).toEqual(['opened A', 'opened AlertChannel slack', 'resolved A', 'resolved AlertChannel slack']);
  });

  it('tells of the dates, not of an opening, where the end never arrived', async () => {
    await report([causeOf('A', [1])]);
    slack.fault = gone;
    await report([]);
    slack.fault = null;
    slack.take();
    await report([causeOf('A', [1])]);
    expect(slack.take()).toEqual(['grown A']);
    await report([]);
    expect(slack.take()).toEqual(['resolved A']);
  });

  it('hands back what no channel took', async () => {
    slack.fault = gone;
    log.fault = new Error('EPIPE');
    const { unheard, undelivered } = await report([causeOf('A', [1])]);
    expect(unheard).toEqual([expect.objectContaining({ kind: 'opened', incident: 'A' }), expect.objectContaining({ incident: 'AlertChannel log' }), expect.objectContaining({ incident: 'AlertChannel slack' })]);
    expect(undelivered.map(({ channel, incident }) => `${channel}: ${incident}`)).toEqual(['log: A', 'slack: A', 'slack: AlertChannel log', 'log: AlertChannel slack']);
    expect([log.failed, slack.failed]).toEqual([1, 1]);
  });

  it('lets a channel be after two faults in a row, tries the new before the refused, and forgets none', async () => {
    slack.fault = gone;
    const causes = ['A', 'B', 'C', 'D'].map((key) => causeOf(key, [1]));
    expect((await report(causes)).undelivered).toHaveLength(4);
    expect(slack.failed).toBe(2);
    slack.fault = null;
    await report([...causes, causeOf('E', [1])]);
    expect(slack.take()).toEqual(['opened E', 'opened A', 'opened B', 'opened C', 'opened D']);
  });

  it('sends to all channels at once', async () => {
    let release: () => void = () => undefined;
    const slow: AlertChannel = { name: 'slow', send: () => new Promise((resolve) => { release = resolve; }) };
    const pending = report([causeOf('A', [1])], [slow, log]);
    for (let i = 0; i < 20 && log.sent.length === 0; i++) await Promise.resolve();
    expect(log.take()).toEqual(['opened A']);
    release();
    expect((await pending).undelivered).toEqual([]);
  });

  it('keeps account of channels that are configured elsewhere', async () => {
    await report([causeOf('A', [1])], [slack]);
    await report([causeOf('A', [1, 2])], [log]);
    expect(log.take()).toEqual(['opened A']);
    await report([causeOf('A', [1, 2])], [slack]);
    expect(slack.take()).toEqual(['opened A', 'grown A']);
    await report([], [log]);
    await report([], [slack]);
    await report([], [slack, log]);
    expect([log.take(), slack.take()]).toEqual([['resolved A'], ['resolved A']]);
  });

  it('leaves the trouble of a channel that is configured elsewhere as it is', async () => {
    slack.fault = gone;
    await report([causeOf('A', [1])]);
    log.take();
    await report([causeOf('A', [1])], [log]);
    expect(log.take()).toEqual([]);
    slack.fault = null;
    await report([causeOf('A', [1])]);
    expect(log.take()).toEqual(['resolved AlertChannel slack']);
  });

  it('works without channels, and remembers all the same', async () => {
    expect(await report([causeOf('A', [1])], [])).toMatchObject({ opened: ['A'], unheard: [] });
    expect(await report([], [])).toMatchObject({ resolved: ['A'] });
  });

  it('goes by the order of the reports when the clock is set back', async () => {
    await report([causeOf('A', [1])]);
    clock.set('2024-11-01T00:00:00Z');
    await report([]);
    await report([]);
    expect(log.take()).toEqual(['opened A', 'resolved A']);
  });

  it.each([[['log', 'log']], [['a,b']], [['']]])('refuses channels called %p', (names) => {
    expect(() => new IncidentBook(table, names.map((name) => new RecordingChannel(name)), clock)).toThrow(/cannot be the name of an alert channel/);
  });
});
