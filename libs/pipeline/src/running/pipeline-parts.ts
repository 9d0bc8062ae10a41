import type { Clock, EventBus, RawLake, RunListener, Warehouse } from '@nba/kernel';
import type { PipelineSettings } from '../definition/processor';
import type { Registry } from '../definition/registry';

/** What every use case of the pipeline works with. */
export interface PipelineParts {
  readonly registry: Registry;
  readonly warehouse: Warehouse;
  readonly lake: RawLake;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly settings: PipelineSettings;
  /** Who is told of runs, for lineage; by default nobody. */
  readonly listener?: RunListener;
}
