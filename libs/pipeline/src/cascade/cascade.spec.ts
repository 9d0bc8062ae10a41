import { parseGameDate, type GameDate } from '@nba/kernel';
import { Cascade } from './cascade';
import { RecordingBus } from '../toy-league.fixture';
import { toyForm, toyPoints, toySchedule, toyTiers } from '../toy-processors.fixture';
import type { Processor } from '../definition/processor';
import type { UnitOutcome } from '../running/unit-outcome';

const ended = (processor: Processor, date: string, over: Partial<UnitOutcome> = {}): UnitOutcome => ({
  processor, date: date as GameDate, status: 'success', runId: `run-${date}`, rows: 4, expected: 4, missing: 0, changes: 1, findings: [], reasons: [], fault: null, ...over,
});

describe('Cascade', () => {
  let bus: RecordingBus;
  let cascade: Cascade;
  beforeEach(() => {
    bus = new RecordingBus();
    cascade = new Cascade(bus);
  });
  const publish = (processor: Processor, outcomes: UnitOutcome[], skip = false): Promise<void> => cascade.publish(processor, outcomes, 'correlation', skip);

  it('publishes one event for all units of a processor that have new content', async () => {
    await publish(toyPoints, [ended(toyPoints, '2024-10-22'), ended(toyPoints, '2024-10-23', { changes: 0 }), ended(toyPoints, '2024-10-24', { rows: 3 })]);
    expect(bus.published).toEqual([{
      schemaVersion: 1, topic: 'nba-phase2-raw-complete', processor: 'ToyPointsProcessor', phase: 2, runId: 'run-2024-10-22', correlationId: 'correlation',
      gameDates: ['2024-10-22', '2024-10-24'], outputTable: 'nba_raw.toy_points', status: 'success', rowCount: 7, skipDownstreamTrigger: false,
    }]);
  });

  it.each<[string, Partial<UnitOutcome>]>([
    ['nothing that changed', { changes: 0 }],
    ['a failure', { status: 'failed', changes: 0 }],
    ['a blocked unit', { status: 'blocked', changes: 0 }],
  ])('publishes nothing for %s', async (_, over) => {
    await publish(toyPoints, [ended(toyPoints, '2024-10-22', over)]);
    await publish(toyPoints, []);
    expect(bus.published).toEqual([]);
    expect(await cascade.next()).toBeUndefined();
  });

  it('publishes what is partial, as partial: what it changed has changed', async () => {
    await publish(toyPoints, [ended(toyPoints, '2024-10-22'), ended(toyPoints, '2024-10-23', { status: 'partial' })]);
    expect(bus.published).toMatchObject([{ status: 'partial', gameDates: ['2024-10-22', '2024-10-23'] }]);
  });

  it('publishes a date that was emptied', async () => {
    await publish(toyPoints, [ended(toyPoints, '2024-10-22', { status: 'empty_ok', rows: 0 })]);
    expect((await cascade.next())?.phase).toBe(3);
  });

  it('publishes nothing when the downstream trigger is skipped', async () => {
    await publish(toyPoints, [ended(toyPoints, '2024-10-22')], true);
    expect(bus.published).toEqual([]);
  });

  it('ignores an event that says so', async () => {
    await publish(toyPoints, [ended(toyPoints, '2024-10-22')]);
    const [event] = bus.published;
    await cascade.next();
    if (event) await bus.publish({ ...event, skipDownstreamTrigger: true });
    expect(await cascade.next()).toBeUndefined();
  });

  it('answers several events once, from the first date to the season\'s end', async () => {
    await publish(toyPoints, [ended(toyPoints, '2024-11-05')]);
    await publish(toyPoints, [ended(toyPoints, '2024-10-24'), ended(toyPoints, '2024-10-26')]);
    const triggered = await cascade.next();
    expect(triggered?.phase).toBe(3);
    expect(triggered?.scope).toMatchObject({ ranges: [{ from: '2024-10-24', to: '2025-09-30' }], seasons: ['2024-25'], singleDates: false });
    expect([...(triggered?.dates ?? [])].sort()).toEqual(['2024-10-24', '2024-10-26', '2024-11-05']);
    expect(await cascade.next()).toBeUndefined();
  });

  it('has one range for each season, none across the summer', async () => {
    await publish(toyPoints, [ended(toyPoints, '2023-04-01'), ended(toyPoints, '2024-10-24')]);
    expect((await cascade.next())?.scope).toMatchObject({
      ranges: [{ from: '2023-04-01', to: parseGameDate('2023-09-30') }, { from: '2024-10-24', to: '2025-09-30' }], seasons: ['2022-23', '2024-25'],
    });
  });

  it('yields the earlier phase first, whatever came first', async () => {
    await publish(toyForm, [ended(toyForm, '2024-10-24')]);
    await publish(toySchedule, [ended(toySchedule, '2024-10-01')]);
    expect([(await cascade.next())?.phase, (await cascade.next())?.phase, (await cascade.next())?.phase]).toEqual([3, 4, undefined]);
  });

  it('ends with Phase 4', async () => {
    await publish(toyTiers, [ended(toyTiers, '2024-10-24')]);
    expect(bus.published).toMatchObject([{ topic: 'nba-phase4-precompute-complete' }]);
    expect(await cascade.next()).toBeUndefined();
  });
});

describe('Cascade.planAnyway', () => {
  const scope = { ranges: [{ from: '2024-11-01' as GameDate, to: '2025-09-30' as GameDate }], seasons: ['2024-25'] as never, singleDates: false, label: '' };

  it('triggers a phase though nothing is published, and names no changed date', async () => {
    const cascade = new Cascade(new RecordingBus());
    cascade.planAnyway(4, scope);
    expect(await cascade.next()).toMatchObject({ phase: 4, dates: new Set(), scope: { ranges: [{ from: '2024-11-01', to: '2025-09-30' }] } });
    expect(await cascade.next()).toBeUndefined();
  });

  it('is one with what events ask for', async () => {
    const cascade = new Cascade(new RecordingBus());
    cascade.planAnyway(3, scope);
    await cascade.publish(toyPoints, [ended(toyPoints, '2024-12-24')], 'correlation', false);
    expect(await cascade.next()).toMatchObject({ phase: 3, dates: new Set(['2024-12-24']), scope: { ranges: [{ from: '2024-11-01', to: '2025-09-30' }] } });
    expect(await cascade.next()).toBeUndefined();
  });

  it('starts each season of a range at its own beginning', async () => {
    const cascade = new Cascade(new RecordingBus());
    cascade.planAnyway(3, { ...scope, ranges: [{ from: '2023-12-01' as GameDate, to: '2024-11-01' as GameDate }], seasons: ['2023-24', '2024-25'] as never });
    expect((await cascade.next())?.scope.ranges).toEqual([{ from: '2023-12-01', to: '2024-09-30' }, { from: '2024-10-01', to: '2025-09-30' }]);
  });
});
