import { EVENT_BUS, type EventBus } from '@nba/kernel';
import { ContainerModule, type ServiceIdentifier } from 'inversify';
import { LocalEventBus } from './local-event-bus';

/** Binds the {@link EventBus} port to a bus within this process. */
export function localEventBusModule(): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(EVENT_BUS as ServiceIdentifier<EventBus>).toResolvedValue(() => new LocalEventBus()).inSingletonScope();
  });
}
