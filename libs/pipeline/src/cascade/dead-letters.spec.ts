import { type CompletionEvent, NbaError, type Row, type Warehouse, deadLetters, sql } from '@nba/kernel';
import { FixedClock, memoryWarehouse } from '@nba/testing';
import { completionOf } from '../completion-event.fixture';
import { RecordingBus } from '../toy-league.fixture';
import { toyForm, toyPoints } from '../toy-processors.fixture';
import { Cascade } from './cascade';
import { DeadLetters } from './dead-letters';

const ofUnknownVersion = (date: string): CompletionEvent => ({ ...completionOf(toyPoints, [date]), schemaVersion: 2 }) as unknown as CompletionEvent;

describe('dead letters', () => {
  let warehouse: Warehouse;
  let clock: FixedClock;
  let letters: DeadLetters;
  let bus: RecordingBus;
  let cascade: Cascade;
  beforeEach(async () => {
    clock = new FixedClock('2025-01-27T11:00:00Z');
    warehouse = await memoryWarehouse([], clock);
    letters = new DeadLetters(warehouse, clock);
    bus = new RecordingBus();
    cascade = new Cascade(bus, letters);
  });
  afterEach(() => warehouse.close());
  const stored = (): Promise<readonly Row[]> => warehouse.query(sql`SELECT * FROM ${deadLetters} ORDER BY recorded_at, status`.text);
  const fault = (code: 'EVENT_INVALID' = 'EVENT_INVALID'): NbaError => new NbaError(code, 'cannot be read');

  it('hold a bad message once, however often it is delivered, and the others are served', async () => {
    const bad = ofUnknownVersion('2024-10-22');
    for (const good of ['2024-10-23', '2024-10-24', '2024-10-26']) {
      clock.advance(1000);
      await bus.publish(bad);
      await bus.publish(completionOf(toyPoints, [good]));
    }
    const triggered = await cascade.next();
    expect([...(triggered?.dates ?? [])].sort()).toEqual(['2024-10-23', '2024-10-24', '2024-10-26']);
    expect(await letters.list()).toEqual([{
      messageId: expect.stringMatching(/^[0-9a-f]{16}$/), topic: 'nba-phase2-raw-complete', payload: JSON.stringify(bad), errorCode: 'EVENT_INVALID',
      reason: 'The message\'s schemaVersion must be 1: this program knows no other, and is 2.', recordedAt: '2025-01-27T11:00:03.000Z',
    }]);
    expect(await stored()).toHaveLength(1);
  });

  it('are one letter when two deliveries of a message are recorded at once, by one process or by two', async () => {
    const event = completionOf(toyForm, ['2024-10-22']);
    // Who sees that nothing is kept yet keeps it: both do.
    await Promise.all([letters, letters, new DeadLetters(warehouse, clock)].map((each) => each.record(event.topic, event, fault())));
    expect((await stored()).length).toBeGreaterThan(1);
    const [letter, ...others] = await letters.list();
    expect([letter?.payload, others]).toEqual([JSON.stringify(event), []]);
    expect(await letters.open(letter?.messageId ?? '')).toEqual(event);
    clock.advance(1000);
    // One more delivery adds nothing, and one replay is enough for all.
    await letters.record(event.topic, event, fault());
    expect(await letters.list()).toEqual([letter]);
    await letters.close(letter?.messageId ?? '');
    expect(await letters.list()).toEqual([]);
    await expect(letters.open(letter?.messageId ?? '')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('are one letter when the clocks of two processes that record a message at once differ, and one replay is enough', async () => {
    const event = completionOf(toyForm, ['2024-10-22']);
    const ahead = new FixedClock('2025-01-27T11:00:05Z');
    await Promise.all([letters, new DeadLetters(warehouse, ahead)].map((each) => each.record(event.topic, event, fault())));
    expect(await stored()).toHaveLength(2);
    clock.advance(1000);
    const [letter, ...others] = await letters.list();
    expect(others).toEqual([]);
    await letters.close(letter?.messageId ?? '');
    expect(await letters.list()).toEqual([]);
  });

  it('are kept whole and told oldest first, whatever the message is', async () => {
    const messages = [null, 'no event', [1, 2], { schemaVersion: 1, phase: 'two' }, "'); DROP TABLE x; --"];
    for (const message of messages) {
      clock.advance(1000);
      await letters.record('nba-phase2-raw-complete', message, fault());
    }
    expect((await letters.list()).map(({ payload }) => JSON.parse(payload) as unknown)).toEqual(messages);
    expect(new Set((await letters.list()).map(({ messageId }) => messageId)).size).toBe(messages.length);
  });

  it('tell the same message on two topics apart', async () => {
    for (const topic of ['nba-phase2-raw-complete', 'nba-phase3-analytics-complete']) await letters.record(topic, 'no event', fault());
    expect((await letters.list()).map(({ topic }) => topic).sort()).toEqual(['nba-phase2-raw-complete', 'nba-phase3-analytics-complete']);
  });

  it('can be opened, published again and closed once the program understands them', async () => {
    // Put aside by an older program, which did not know it.
    const event = completionOf(toyForm, ['2024-10-22']);
    await letters.record(event.topic, event, fault());
    const [letter] = await letters.list();
    const opened = await letters.open(letter?.messageId ?? '');
    expect(opened).toEqual(event);
    await bus.publish(opened);
    clock.advance(1000);
    await letters.close(letter?.messageId ?? '');
    expect((await cascade.next())?.phase).toBe(3);
    expect(await letters.list()).toEqual([]);
    await expect(letters.open(letter?.messageId ?? '')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect((await stored()).map((row) => row['status'])).toEqual(['dead', 'replayed']);
  });

  it('count as replayed even when that happens in the instant in which they were recorded', async () => {
    const event = completionOf(toyForm, ['2024-10-22']);
    await letters.record(event.topic, event, fault());
    await letters.close((await letters.list())[0]?.messageId ?? '');
    expect(await letters.list()).toEqual([]);
  });

  it('stay when they still cannot be understood', async () => {
    await bus.publish(ofUnknownVersion('2024-10-22'));
    await cascade.next();
    const [letter] = await letters.list();
    await expect(letters.open(letter?.messageId ?? '')).rejects.toMatchObject({ code: 'EVENT_INVALID', fields: { field: 'schemaVersion' } });
    expect(await letters.list()).toEqual([letter]);
  });

  it('come back when the message comes again, as bad as before, after it was replayed', async () => {
    const bad = ofUnknownVersion('2024-10-22');
    await letters.record(bad.topic, bad, fault());
    clock.advance(1000);
    await letters.close((await letters.list())[0]?.messageId ?? '');
    clock.advance(1000);
    await letters.record(bad.topic, bad, fault());
    expect(await letters.list()).toMatchObject([{ payload: JSON.stringify(bad), recordedAt: '2025-01-27T11:00:02.000Z' }]);
  });

  it('says so when there is no such letter, and what lists them', async () => {
    await expect(letters.open('0123456789abcdef')).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT', message: expect.stringContaining('0123456789abcdef'), fields: { next: 'backfill dead-letters lists them' },
    });
  });
});
