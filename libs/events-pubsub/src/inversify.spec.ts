import 'reflect-metadata';
import { EVENT_BUS, type EventBus } from '@nba/kernel';
import { Container, type ServiceIdentifier } from 'inversify';
import { PubSubEventBus } from './index';
import { pubSubEventBusModule } from './inversify';

describe('pubSubEventBusModule', () => {
  it('binds one bus for the whole container, and closes it with that', async () => {
    const container = new Container();
    await container.load(pubSubEventBusModule({ project: 'nba' }));
    const id = EVENT_BUS as ServiceIdentifier<EventBus>;
    const bus = container.get(id) as PubSubEventBus;
    expect(bus).toBeInstanceOf(PubSubEventBus);
    expect(container.get(id)).toBe(bus);
    expect(bus.consumers).toBe('elsewhere');
    const close = jest.spyOn(bus, 'close');
    await container.unbind(id);
    expect(close).toHaveBeenCalledTimes(1);
  });
});
