import { mkdirSync } from 'node:fs';
import { CLOCK, type Clock } from '@nba/kernel';
import type { Configuration } from '@nba/command-line';
import { NBA_COM_FETCHER, type NbaComClientOptions, type NbaComFetcher } from '@nba/nba-com';
import { nbaComModule } from '@nba/nba-com/inversify';
import { lakeModule } from '@nba/wiring/inversify';
import { Container, type ServiceIdentifier } from 'inversify';

/** Wires a fetcher over the lake, lends it, and closes everything, whatever happened. It opens no warehouse: a backfill may run beside it. */
export async function withFetcher<T>({ lakePlace }: Configuration, options: NbaComClientOptions, clock: Clock, use: (fetcher: NbaComFetcher) => Promise<T>): Promise<T> {
  // A lake begins somewhere: for whoever only reads, a folder that is not there is a mistake.
  if (lakePlace.kind === 'folder') mkdirSync(lakePlace.folder, { recursive: true });
  const container = new Container();
  container.bind<Clock>(CLOCK as ServiceIdentifier<Clock>).toConstantValue(clock);
  container.loadSync(await lakeModule(lakePlace), nbaComModule(options));
  try {
    return await use(await container.getAsync(NBA_COM_FETCHER as ServiceIdentifier<NbaComFetcher>));
  } finally {
    await container.unbindAll();
  }
}
