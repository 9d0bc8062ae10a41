import { type IncidentBook, INCIDENT_BOOK } from '@nba/alerts';
import { alertsModule } from '@nba/alerts/inversify';
import { type AlertChannel, CLOCK, type Clock, WAREHOUSE, RAW_LAKE, type RawLake, type Warehouse, easternDate } from '@nba/kernel';
import { type Backfill, BACKFILL, CORRECTION_WATCH, type CorrectionWatch, type Daily, DAILY, type PipelineSettings, PLANNER, type Planner, RECOVERY, type Recovery, REPAIR, type Repair, type PipelineStatus, STATUS } from '@nba/pipeline';
import { pipelineModule } from '@nba/pipeline/inversify';
import type { Configuration } from '@nba/command-line';
import { Container, type ServiceIdentifier } from 'inversify';
import { registry } from '@nba/wiring';
import { eventsModule, lakeModule, lineageModule, warehouseModule } from '@nba/wiring/inversify';

/** A place that admits one process tells the others how far that is; one that admits many has nothing to tell. */
type TellingWarehouse = Warehouse & { reportProgress?(text: string): void };

/** What the commands are made of. */
export class BackfillApp {
  constructor(
    readonly warehouse: TellingWarehouse,
    readonly lake: RawLake,
    readonly backfill: Backfill,
    readonly status: PipelineStatus,
    readonly daily: Daily,
    readonly recovery: Recovery,
    readonly incidents: IncidentBook,
    readonly corrections: CorrectionWatch,
    readonly planner: Planner,
    readonly repair: Repair,
  ) {}
}

const APP: ServiceIdentifier<BackfillApp> = Symbol.for('@nba/BackfillApp');

/** How the warehouse is opened. */
export interface Opening {
  readonly clock: Clock;
  /** What is being run, for those who find the file in use. */
  readonly command: string;
  /** Whether the warehouse is only read: then it must be there, and others may read it at the same time. */
  readonly readOnly: boolean;
  /** Where alerts go; a command that only reads sends none. */
  readonly channels?: readonly AlertChannel[];
  /** Where it is said that lineage cannot be delivered; by default nowhere. */
  readonly report?: (message: string) => void;
}

/** Opens the warehouse and wires the app, lends it, and closes everything, whatever happened. */
export async function withApp<T>(
  configuration: Configuration,
  settings: PipelineSettings,
  opening: Opening,
  use: (app: BackfillApp) => Promise<T>,
): Promise<T> {
  const container = await createContainer(configuration, settings, opening);
  try {
    const app = container.getAsync(APP);
    // Time zones take 10 ms to load the first time: while the warehouse is being opened, nobody waits for that.
    easternDate(opening.clock.now());
    return await use(await app);
  } finally {
    await container.unbindAll();
  }
}

async function createContainer(configuration: Configuration, settings: PipelineSettings, { clock, command, readOnly, channels = [], report = () => undefined }: Opening): Promise<Container> {
  const container = new Container();
  container.bind<Clock>(CLOCK as ServiceIdentifier<Clock>).toConstantValue(clock);
  container.loadSync(
    await warehouseModule(configuration.warehousePlace, { command, readOnly }),
    await lakeModule(configuration.lakePlace),
    await eventsModule(configuration.eventsPlace),
    await lineageModule(configuration, report),
    pipelineModule(registry, settings),
    alertsModule(channels),
  );
  container
    .bind(APP)
    .toResolvedValue(
      (...parts: ConstructorParameters<typeof BackfillApp>) => new BackfillApp(...parts),
      [
        WAREHOUSE as ServiceIdentifier<TellingWarehouse>, RAW_LAKE as ServiceIdentifier<RawLake>,
        BACKFILL as ServiceIdentifier<Backfill>, STATUS as ServiceIdentifier<PipelineStatus>,
        DAILY as ServiceIdentifier<Daily>, RECOVERY as ServiceIdentifier<Recovery>, INCIDENT_BOOK as ServiceIdentifier<IncidentBook>,
        CORRECTION_WATCH as ServiceIdentifier<CorrectionWatch>, PLANNER as ServiceIdentifier<Planner>,
        REPAIR as ServiceIdentifier<Repair>,
      ],
    )
    .inSingletonScope();
  return container;
}
