import { EVENT_BUS, type EventBus } from '@nba/kernel';
import { ContainerModule, type ServiceIdentifier } from 'inversify';
import { PubSubEventBus, type PubSubEventBusOptions } from './pubsub-event-bus';

/** Binds the {@link EventBus} port to Pub/Sub, one bus for the whole container; closed with it. */
export function pubSubEventBusModule(options: PubSubEventBusOptions): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(EVENT_BUS as ServiceIdentifier<EventBus>)
      .toResolvedValue(() => new PubSubEventBus(options))
      .inSingletonScope()
      .onDeactivation((bus) => (bus as PubSubEventBus).close());
  });
}
