import { type AlertChannel, CLOCK, type Clock, WAREHOUSE, type Warehouse } from '@nba/kernel';
import { ContainerModule, type ServiceIdentifier } from 'inversify';
import { IncidentBook } from './incident-book';
import { INCIDENT_BOOK } from './service-identifiers';

const warehouse = WAREHOUSE as ServiceIdentifier<Warehouse>;
const clock = CLOCK as ServiceIdentifier<Clock>;

/** Binds the {@link IncidentBook} that tells the given channels; the ports come from the adapters' modules. */
export function alertsModule(channels: readonly AlertChannel[]): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind<IncidentBook>(INCIDENT_BOOK as ServiceIdentifier<IncidentBook>)
      .toResolvedValue((w: Warehouse, c: Clock) => new IncidentBook(w, channels, c), [warehouse, clock])
      .inSingletonScope();
  });
}
