import { type IncidentBook, INCIDENT_BOOK } from '@nba/alerts';
import { alertsModule } from '@nba/alerts/inversify';
import { type AlertChannel, CLOCK, type Clock, DEFAULT_GAME_TYPES, WAREHOUSE, type Warehouse } from '@nba/kernel';
import { DAILY, type Daily, REACTION, RECOVERY, type Reaction, type Recovery } from '@nba/pipeline';
import { pipelineModule } from '@nba/pipeline/inversify';
import type { Configuration } from '@nba/command-line';
import { Container, type ServiceIdentifier } from 'inversify';
import { registry } from '@nba/wiring';
import { eventsModule, lakeModule, lineageModule, warehouseModule } from '@nba/wiring/inversify';

/** What the routes are made of. */
export class HandlerApp {
  constructor(
    readonly warehouse: Warehouse,
    readonly reaction: Reaction,
    readonly daily: Daily,
    readonly recovery: Recovery,
    readonly incidents: IncidentBook,
  ) {}
}

const APP: ServiceIdentifier<HandlerApp> = Symbol.for('@nba/HandlerApp');

/** An app at work, and how it is closed. */
export interface OpenApp {
  readonly app: HandlerApp;
  close(): Promise<void>;
}

/** Opens the warehouse and wires the app. Close it. @param statementTimeoutMs a table is given to nobody for so long after an instance that was killed */
export async function openApp(places: Configuration, statementTimeoutMs: number, clock: Clock, channels: readonly AlertChannel[], report: (message: string) => void): Promise<OpenApp> {
  const container = new Container();
  container.bind<Clock>(CLOCK as ServiceIdentifier<Clock>).toConstantValue(clock);
  container.loadSync(
    await warehouseModule(places.warehousePlace, { command: 'handler', readOnly: false, statementTimeoutMs }),
    await lakeModule(places.lakePlace),
    await eventsModule(places.eventsPlace),
    await lineageModule(places, report),
    pipelineModule(registry, { gameTypes: DEFAULT_GAME_TYPES }),
    alertsModule(channels),
  );
  container
    .bind(APP)
    .toResolvedValue(
      (...parts: ConstructorParameters<typeof HandlerApp>) => new HandlerApp(...parts),
      [
        WAREHOUSE as ServiceIdentifier<Warehouse>, REACTION as ServiceIdentifier<Reaction>, DAILY as ServiceIdentifier<Daily>,
        RECOVERY as ServiceIdentifier<Recovery>, INCIDENT_BOOK as ServiceIdentifier<IncidentBook>,
      ],
    )
    .inSingletonScope();
  return { app: await container.getAsync(APP), close: () => container.unbindAll() };
}
