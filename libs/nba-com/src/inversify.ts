import { CLOCK, RAW_LAKE, type Clock, type RawLake } from '@nba/kernel';
import { ContainerModule, type ServiceIdentifier } from 'inversify';
import { NbaComClient, type NbaComClientOptions } from './nba-com-client';
import { NbaComFetcher } from './nba-com-fetcher';
import { NBA_COM_FETCHER } from './service-identifiers';

/** Binds the {@link NbaComFetcher} that fills the lake of the container; the ports come from the adapters' modules. */
export function nbaComModule(options: NbaComClientOptions = {}): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind<NbaComFetcher>(NBA_COM_FETCHER as ServiceIdentifier<NbaComFetcher>)
      .toResolvedValue((lake: RawLake, clock: Clock) => new NbaComFetcher(lake, new NbaComClient(clock, options), clock), [RAW_LAKE as ServiceIdentifier<RawLake>, CLOCK as ServiceIdentifier<Clock>])
      .inSingletonScope();
  });
}
