import { IsOptional, Matches, validateSync } from 'class-validator';
import { NbaError } from '@nba/kernel';
import {
  EVENTS_URL, type EventsPlace, LAKE_URL, type LakePlace, LINEAGE_URL, type LineagePlace, WAREHOUSE_URL, type WarehousePlace, eventsPlace, lakePlace, lineagePlace, warehousePlace,
} from './places';

/** Where things are, as flags or environment say it; checked before anything is opened. */
export class Configuration {
  @Matches(WAREHOUSE_URL, { message: '--warehouse (NBA_WAREHOUSE) must be duckdb:<file>, for example duckdb:.nba/warehouse.duckdb, or bigquery:<project>[/<location>], for example bigquery:my-project/US' })
  readonly warehouse: string;

  @Matches(LAKE_URL, { message: '--lake (NBA_LAKE) must name a folder, for example .nba/lake, or gs://<bucket>[/<prefix>]' })
  readonly lake: string;

  @Matches(EVENTS_URL, { message: '--events (NBA_EVENTS) must be local, or pubsub:<project>' })
  readonly events: string;

  @IsOptional()
  @Matches(/^[1-9]\d{0,15}$/, { message: '--max-bytes-billed (NBA_MAX_BYTES_BILLED) must be a whole number from 1, for example 10737418240 for 10 GiB' })
  readonly maxBytesBilled: string | undefined;

  @Matches(LINEAGE_URL, { message: '--open-lineage (NBA_OPEN_LINEAGE) must be none, http(s)://<host>[:<port>]/<path>, for example http://localhost:5000/api/v1/lineage, or file:<path>' })
  readonly openLineage: string;

  constructor(flags: ConfigurationFlags, environment: Readonly<Record<string, string | undefined>>) {
    this.warehouse = flags.warehouse ?? environment['NBA_WAREHOUSE'] ?? 'duckdb:.nba/warehouse.duckdb';
    this.lake = flags.lake ?? environment['NBA_LAKE'] ?? '.nba/lake';
    this.events = flags.events ?? environment['NBA_EVENTS'] ?? 'local';
    this.maxBytesBilled = flags.maxBytesBilled ?? environment['NBA_MAX_BYTES_BILLED'];
    this.openLineage = flags.openLineage ?? environment['NBA_OPEN_LINEAGE'] ?? 'none';
  }

  /** With BigQuery also the bucket that its leases are kept in, where the lake is one, and what a query may be billed for at most. */
  get warehousePlace(): WarehousePlace {
    const [place, lake] = [warehousePlace(this.warehouse), this.lakePlace];
    if (place.kind === 'duckdb') return place;
    return {
      ...place, ...(lake.kind === 'cloud-storage' && { bucket: lake.bucket }),
      ...(this.maxBytesBilled !== undefined && { maximumBytesBilled: Number(this.maxBytesBilled) }),
    };
  }

  get lakePlace(): LakePlace {
    return lakePlace(this.lake);
  }

  get eventsPlace(): EventsPlace {
    return eventsPlace(this.events);
  }

  get lineagePlace(): LineagePlace {
    return lineagePlace(this.openLineage);
  }

  /** The file behind `duckdb:`; empty when the tables are elsewhere. */
  get warehouseFile(): string {
    const place = this.warehousePlace;
    return place.kind === 'duckdb' ? place.file : '';
  }
}

export interface ConfigurationFlags {
  readonly warehouse?: string;
  readonly lake?: string;
  readonly events?: string;
  readonly maxBytesBilled?: string;
  readonly openLineage?: string;
}

/**
 * Flags before environment before defaults.
 * @throws NbaError INVALID_ARGUMENT naming every setting that is wrong
 */
export function readConfiguration(flags: ConfigurationFlags, environment: Readonly<Record<string, string | undefined>>): Configuration {
  const configuration = new Configuration(flags, environment);
  const wrong = findWrongSettings(configuration);
  if (wrong.length > 0) throw new NbaError('INVALID_ARGUMENT', `${wrong.join('; ')}.`);
  return configuration;
}

/** What is wrong with settings that declare by class-validator what they must be, a sentence each; empty when nothing is. */
export function findWrongSettings(settings: object): string[] {
  return validateSync(settings).flatMap((error) => Object.values(error.constraints ?? {}));
}
