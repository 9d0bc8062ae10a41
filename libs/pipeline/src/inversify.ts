import { CLOCK, type Clock, EVENT_BUS, type EventBus, RAW_LAKE, type RawLake, RUN_LISTENER, type RunListener, WAREHOUSE, type Warehouse } from '@nba/kernel';
import { ContainerModule, type ServiceIdentifier } from 'inversify';
import { CorrectionWatch } from './corrections/correction-watch';
import { Backfill } from './running/backfill';
import { Daily } from './daily/daily';
import { Recovery } from './recovery/recovery';
import type { PipelineParts } from './running/pipeline-parts';
import { Repair } from './repair/repair';
import { Reaction } from './reaction/reaction';
import { Planner } from './plan/planner';
import { PipelineStatus } from './status/pipeline-status';
import type { PipelineSettings } from './definition/processor';
import type { Registry } from './definition/registry';
import { BACKFILL, CORRECTION_WATCH, DAILY, PLANNER, REACTION, RECOVERY, REPAIR, STATUS, SURVEY, VERIFIER } from './service-identifiers';
import { Survey } from './survey/survey';
import { tracedWarehouse } from './telemetry/traced-warehouse';
import { Verifier } from './verification/verifier';

const warehouse = WAREHOUSE as ServiceIdentifier<Warehouse>;
const lake = RAW_LAKE as ServiceIdentifier<RawLake>;
const bus = EVENT_BUS as ServiceIdentifier<EventBus>;
const clock = CLOCK as ServiceIdentifier<Clock>;
/** Nobody has to listen. */
const listener = { isMultiple: false as const, optional: true as const, serviceIdentifier: RUN_LISTENER as ServiceIdentifier<RunListener> };

type Ports = [Warehouse, RawLake, EventBus, Clock, RunListener | undefined];

/** Binds the use cases over the given processors; the ports come from the adapters' modules. */
export function pipelineModule(registry: Registry, settings: PipelineSettings): ContainerModule {
  const partsOf = (...[w, l, b, c, told]: Ports): PipelineParts => ({ registry, warehouse: w, lake: l, bus: b, clock: c, settings, listener: told });
  return new ContainerModule(({ bind }) => {
    bind<Backfill>(BACKFILL as ServiceIdentifier<Backfill>)
      .toResolvedValue((...ports: Ports) => new Backfill(partsOf(...ports)), [warehouse, lake, bus, clock, listener])
      .inSingletonScope();
    bind<Daily>(DAILY as ServiceIdentifier<Daily>)
      .toResolvedValue((...ports: Ports) => new Daily(partsOf(...ports)), [warehouse, lake, bus, clock, listener])
      .inSingletonScope();
    bind<Recovery>(RECOVERY as ServiceIdentifier<Recovery>)
      .toResolvedValue((...ports: Ports) => new Recovery(partsOf(...ports)), [warehouse, lake, bus, clock, listener])
      .inSingletonScope();
    bind<Repair>(REPAIR as ServiceIdentifier<Repair>)
      .toResolvedValue((...ports: Ports) => new Repair(partsOf(...ports)), [warehouse, lake, bus, clock, listener])
      .inSingletonScope();
    bind<Reaction>(REACTION as ServiceIdentifier<Reaction>)
      .toResolvedValue((...ports: Ports) => new Reaction(partsOf(...ports)), [warehouse, lake, bus, clock, listener])
      .inSingletonScope();
    bind<Verifier>(VERIFIER as ServiceIdentifier<Verifier>)
      .toResolvedValue((w: Warehouse, c: Clock) => new Verifier(registry, tracedWarehouse(w), settings, c), [warehouse, clock])
      .inSingletonScope();
    bind<CorrectionWatch>(CORRECTION_WATCH as ServiceIdentifier<CorrectionWatch>)
      .toResolvedValue((w: Warehouse, l: RawLake, c: Clock) => new CorrectionWatch(registry, tracedWarehouse(w), l, c, settings), [warehouse, lake, clock])
      .inSingletonScope();
    bind<Planner>(PLANNER as ServiceIdentifier<Planner>)
      .toResolvedValue((w: Warehouse, l: RawLake, c: Clock) => new Planner({ registry, warehouse: w, lake: l, clock: c, settings }), [warehouse, lake, clock])
      .inSingletonScope();
    bind<PipelineStatus>(STATUS as ServiceIdentifier<PipelineStatus>)
      .toResolvedValue((w: Warehouse, l: RawLake, c: Clock) => new PipelineStatus(registry, tracedWarehouse(w), l, c, settings), [warehouse, lake, clock])
      .inSingletonScope();
    bind<Survey>(SURVEY as ServiceIdentifier<Survey>)
      .toResolvedValue((w: Warehouse, l: RawLake, c: Clock) => new Survey({ registry, warehouse: tracedWarehouse(w), lake: l, clock: c, settings }), [warehouse, lake, clock])
      .inSingletonScope();
  });
}
