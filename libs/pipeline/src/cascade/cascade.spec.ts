import { type CompletionEvent, NbaError, parseGameDate } from '@nba/kernel';
import { Cascade } from './cascade';
import { completionOf } from '../completion-event.fixture';
import { RecordingBus } from '../toy-league.fixture';
import { toyForm, toyPoints, toySchedule, toyTiers } from '../toy-processors.fixture';

describe('Cascade', () => {
  let bus: RecordingBus;
  let cascade: Cascade;
  let refused: [topic: string, message: unknown, fault: NbaError][];
  beforeEach(() => {
    bus = new RecordingBus();
    refused = [];
    cascade = new Cascade(bus, { record: async (topic, message, fault) => void refused.push([topic, message, fault]) });
  });

  it('is quiet when nothing is told', async () => {
    expect(await cascade.next()).toBeUndefined();
  });

  it('publishes nothing: what has finished is the outbox\'s to tell', async () => {
    await bus.publish(completionOf(toyPoints, ['2024-10-22']));
    await cascade.next();
    expect(bus.published).toHaveLength(1);
  });

  it('takes what is partial and what was emptied for news like any other', async () => {
    await bus.publish(completionOf(toyPoints, ['2024-10-22'], { status: 'partial', rowCount: 2 }));
    expect(await cascade.next()).toMatchObject({ phase: 3, dates: new Set(['2024-10-22']) });
    await bus.publish(completionOf(toyPoints, ['2024-10-23'], { status: 'empty_ok', rowCount: 0 }));
    expect(await cascade.next()).toMatchObject({ phase: 3, dates: new Set(['2024-10-23']) });
  });

  it('ignores an event that says its downstream trigger is skipped', async () => {
    await bus.publish(completionOf(toyPoints, ['2024-10-22'], { skipDownstreamTrigger: true }));
    expect(await cascade.next()).toBeUndefined();
    expect(refused).toEqual([]);
  });

  it('answers several events once, from the first date to the season\'s end', async () => {
    await bus.publish(completionOf(toyPoints, ['2024-11-05']));
    await bus.publish(completionOf(toyPoints, ['2024-10-24', '2024-10-26']));
    const triggered = await cascade.next();
    expect(triggered?.phase).toBe(3);
    expect(triggered?.scope).toMatchObject({ ranges: [{ from: '2024-10-24', to: '2025-09-30' }], seasons: ['2024-25'], singleDates: false });
    expect([...(triggered?.dates ?? [])].sort()).toEqual(['2024-10-24', '2024-10-26', '2024-11-05']);
    expect(await cascade.next()).toBeUndefined();
  });

  it('answers an event that comes twice once', async () => {
    for (let i = 0; i < 2; i++) await bus.publish(completionOf(toyPoints, ['2024-10-24']));
    expect((await cascade.next())?.phase).toBe(3);
    expect(await cascade.next()).toBeUndefined();
  });

  it('plans again for an event that comes after its phase was taken', async () => {
    await bus.publish(completionOf(toyPoints, ['2024-10-24']));
    expect((await cascade.next())?.phase).toBe(3);
    await bus.publish(completionOf(toyPoints, ['2024-10-26']));
    expect(await cascade.next()).toMatchObject({ phase: 3, dates: new Set(['2024-10-26']), scope: { ranges: [{ from: '2024-10-26' }] } });
  });

  it('has one range for each season, none across the summer', async () => {
    await bus.publish(completionOf(toyPoints, ['2023-04-01', '2024-10-24']));
    expect((await cascade.next())?.scope).toMatchObject({
      ranges: [{ from: '2023-04-01', to: parseGameDate('2023-09-30') }, { from: '2024-10-24', to: '2025-09-30' }], seasons: ['2022-23', '2024-25'],
    });
  });

  it('yields the earlier phase first, whatever came first', async () => {
    await bus.publish(completionOf(toyForm, ['2024-10-24']));
    await bus.publish(completionOf(toySchedule, ['2024-10-01']));
    expect([(await cascade.next())?.phase, (await cascade.next())?.phase, (await cascade.next())?.phase]).toEqual([3, 4, undefined]);
  });

  it('looks at later dates of Phase 3 too when one of its own changed, without naming any', async () => {
    await bus.publish(completionOf(toyForm, ['2024-10-24']));
    expect(await cascade.next()).toMatchObject({ phase: 3, dates: new Set(), scope: { ranges: [{ from: '2024-10-24', to: '2025-09-30' }] } });
    expect(await cascade.next()).toMatchObject({ phase: 4, dates: new Set(['2024-10-24']), scope: { ranges: [{ from: '2024-10-24', to: '2025-09-30' }] } });
  });

  it('ends with Phase 4', async () => {
    await bus.publish(completionOf(toyTiers, ['2024-10-24']));
    expect(await cascade.next()).toBeUndefined();
  });

  it('puts a message that it cannot understand aside, and serves the others', async () => {
    const bad = { ...completionOf(toyPoints, ['2024-10-22']), schemaVersion: 2 } as unknown as CompletionEvent;
    await bus.publish(bad);
    await bus.publish(completionOf(toyPoints, ['2024-10-23']));
    expect(await cascade.next()).toMatchObject({ phase: 3, dates: new Set(['2024-10-23']) });
    expect(refused).toEqual([['nba-phase2-raw-complete', bad, expect.objectContaining({ code: 'EVENT_INVALID', fields: { field: 'schemaVersion' } })]]);
  });

  it('takes up nothing more once it is closed', async () => {
    cascade.close();
    await bus.publish(completionOf(toyPoints, ['2024-10-22']));
    expect(await cascade.next()).toBeUndefined();
  });
});
