import { EVENT_BUS, parseGameDate, type CompletionEvent, type EventBus } from '@nba/kernel';
import { eventBusContract } from '@nba/testing';
import { Container, type ServiceIdentifier } from 'inversify';
import { localEventBusModule } from './inversify';
import { LocalEventBus } from './local-event-bus';

eventBusContract('LocalEventBus', () => new LocalEventBus());

const published = (runId: string): CompletionEvent => ({
  schemaVersion: 1, topic: 'nba-phase2-raw-complete', processor: 'P', phase: 2, runId, correlationId: 'c', gameDates: [parseGameDate('2025-01-26')],
  outputTable: 'nba_raw.t', status: 'success', rowCount: 1, skipDownstreamTrigger: false,
});

describe('LocalEventBus', () => {
  it('consumes in the order of publication, one event at a time', async () => {
    const bus = new LocalEventBus();
    const seen: string[] = [];
    bus.subscribe('nba-phase2-raw-complete', async ({ runId }) => {
      seen.push(`${runId} begins`);
      await new Promise((resolve) => setTimeout(resolve, runId === '1' ? 10 : 0));
      seen.push(`${runId} ends`);
    });
    await Promise.all([bus.publish(published('1')), bus.publish(published('2'))]);
    await bus.drain();
    expect(seen).toEqual(['1 begins', '1 ends', '2 begins', '2 ends']);
  });

  it('is bound once for a container', async () => {
    const container = new Container();
    await container.load(localEventBusModule());
    const id = EVENT_BUS as ServiceIdentifier<EventBus>;
    expect(container.get(id)).toBeInstanceOf(LocalEventBus);
    expect(container.get(id)).toBe(container.get(id));
  });
});
