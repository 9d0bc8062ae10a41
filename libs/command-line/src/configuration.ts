import { IsIn, IsNotEmpty, Matches, validateSync } from 'class-validator';
import { NbaError } from '@nba/kernel';

/** Where things are, as flags or environment say it; checked before anything is opened. */
export class Configuration {
  @Matches(/^duckdb:.+$/, { message: '--warehouse (NBA_WAREHOUSE) must be duckdb:<file>, for example duckdb:.nba/warehouse.duckdb' })
  readonly warehouse: string;

  @IsNotEmpty({ message: '--lake (NBA_LAKE) must name a folder, for example .nba/lake' })
  readonly lake: string;

  @IsIn(['local'], { message: '--events (NBA_EVENTS) must be local' })
  readonly events: string;

  constructor(flags: ConfigurationFlags, environment: Readonly<Record<string, string | undefined>>) {
    this.warehouse = flags.warehouse ?? environment['NBA_WAREHOUSE'] ?? 'duckdb:.nba/warehouse.duckdb';
    this.lake = flags.lake ?? environment['NBA_LAKE'] ?? '.nba/lake';
    this.events = flags.events ?? environment['NBA_EVENTS'] ?? 'local';
  }

  /** The file behind `duckdb:`. */
  get warehouseFile(): string {
    return this.warehouse.slice('duckdb:'.length);
  }
}

export interface ConfigurationFlags {
  readonly warehouse?: string;
  readonly lake?: string;
  readonly events?: string;
}

/**
 * Flags before environment before defaults.
 * @throws NbaError INVALID_ARGUMENT naming every setting that is wrong
 */
export function readConfiguration(flags: ConfigurationFlags, environment: Readonly<Record<string, string | undefined>>): Configuration {
  const configuration = new Configuration(flags, environment);
  const wrong = validateSync(configuration).flatMap((error) => Object.values(error.constraints ?? {}));
  if (wrong.length > 0) throw new NbaError('INVALID_ARGUMENT', `${wrong.join('; ')}.`);
  return configuration;
}
