import { CLOCK, type Clock } from '@nba/kernel';
import { type PipelineSettings, type Registry, VERIFIER, type Verifier, createRegistry } from '@nba/pipeline';
import { pipelineModule } from '@nba/pipeline/inversify';
import { analyticsProcessors } from '@nba/processors-analytics';
import { rawProcessors } from '@nba/processors-raw';
import { precomputeProcessors } from '@nba/precompute';
import { duckDbWarehouseModule } from '@nba/warehouse-duckdb/inversify';
import type { Configuration } from '@nba/command-line';
import { Container, type ServiceIdentifier } from 'inversify';

/** Every table that can be verified. */
export const registry: Registry = createRegistry([...rawProcessors, ...analyticsProcessors, ...precomputeProcessors]);

/** Opens the warehouse, lends a verifier over it, and closes everything, whatever happened. */
export async function withVerifier<T>(configuration: Configuration, settings: PipelineSettings, clock: Clock, use: (verifier: Verifier) => Promise<T>): Promise<T> {
  const container = new Container();
  container.bind<Clock>(CLOCK as ServiceIdentifier<Clock>).toConstantValue(clock);
  container.loadSync(duckDbWarehouseModule({ file: configuration.warehouseFile, command: 'verifier', readOnly: true }), pipelineModule(registry, settings));
  try {
    return await use(await container.getAsync(VERIFIER as ServiceIdentifier<Verifier>));
  } finally {
    await container.unbindAll();
  }
}
