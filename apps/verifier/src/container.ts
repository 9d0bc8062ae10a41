import { CLOCK, type Clock } from '@nba/kernel';
import { type PipelineSettings, SURVEY, type Survey, VERIFIER, type Verifier } from '@nba/pipeline';
import { pipelineModule } from '@nba/pipeline/inversify';
import type { Configuration } from '@nba/command-line';
import { Container, type ServiceIdentifier } from 'inversify';
import { registry } from '@nba/wiring';
import { lakeModule, warehouseModule } from '@nba/wiring/inversify';

/** Opens the warehouse, lends a verifier over it, and closes everything, whatever happened. */
export async function withVerifier<T>(configuration: Configuration, settings: PipelineSettings, clock: Clock, use: (verifier: Verifier) => Promise<T>): Promise<T> {
  return lent(await createContainer(configuration, settings, clock), VERIFIER as ServiceIdentifier<Verifier>, use);
}

/** As {@link withVerifier}, a survey over the warehouse and the lake: what it tells depends on which documents there are. */
export async function withSurvey<T>(configuration: Configuration, settings: PipelineSettings, clock: Clock, use: (survey: Survey) => Promise<T>): Promise<T> {
  const container = await createContainer(configuration, settings, clock);
  container.loadSync(await lakeModule(configuration.lakePlace));
  return lent(container, SURVEY as ServiceIdentifier<Survey>, use);
}

async function createContainer(configuration: Configuration, settings: PipelineSettings, clock: Clock): Promise<Container> {
  const container = new Container();
  container.bind<Clock>(CLOCK as ServiceIdentifier<Clock>).toConstantValue(clock);
  container.loadSync(await warehouseModule(configuration.warehousePlace, { command: 'verifier', readOnly: true }), pipelineModule(registry, settings));
  return container;
}

async function lent<T, R>(container: Container, identifier: ServiceIdentifier<R>, use: (root: R) => Promise<T>): Promise<T> {
  try {
    return await use(await container.getAsync(identifier));
  } finally {
    await container.unbindAll();
  }
}
