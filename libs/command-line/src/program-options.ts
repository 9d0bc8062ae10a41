import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Clock, type GameType, COUNTABLE_GAME_TYPES, DEFAULT_GAME_TYPES } from '@nba/kernel';
import { type Scope, parseScope } from '@nba/schedule';
import type { ConfigurationFlags } from './configuration';
import { rehearsalClock } from './system-clock';

/** The options that every command has. */
export interface CommonOptions extends ConfigurationFlags {
  readonly json?: boolean;
  readonly gameTypes: readonly GameType[];
  /** An instant to rehearse. */
  readonly now?: string;
}

/** The options that say which dates are meant. */
export interface ScopeFlags {
  readonly season?: string[];
  readonly date?: string;
  readonly dates?: string;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly start?: string;
  readonly end?: string;
}

/** Adds where the warehouse and lake are, what counts, and how to answer. */
export function addCommonOptions(command: Command): Command {
  return command
    .option('--warehouse <url>', 'duckdb:<file> or bigquery:<project>[/<location>] (default duckdb:.nba/warehouse.duckdb, or NBA_WAREHOUSE)')
    .option('--lake <place>', 'the raw lake: a folder or gs://<bucket>[/<prefix>] (default .nba/lake, or NBA_LAKE)')
    .option('--events <bus>', 'local or pubsub:<project> (default local, or NBA_EVENTS)')
    .option('--max-bytes-billed <bytes>', 'on BigQuery: a query that would be billed for more is not run (default no limit, or NBA_MAX_BYTES_BILLED)')
    .option('--open-lineage <place>', 'where OpenLineage run events go: http(s)://<host>[:<port>]/<path>, file:<path> or none (default none, or NBA_OPEN_LINEAGE)')
    .addOption(
      new Option('--game-types <types>', `what counts, with commas: ${COUNTABLE_GAME_TYPES.join(', ')}`)
        .argParser(gameTypes)
        .default(DEFAULT_GAME_TYPES, DEFAULT_GAME_TYPES.join(',')),
    )
    .option('--now <instant>', 'rehearse: as if it were that instant, in UTC, as 2025-01-27T11:00:00Z; lake documents stamped later do not exist (or NBA_NOW)')
    .option('--json', 'answer in JSON');
}

/** Adds the ways to say which dates are meant. @param unsaid what is meant when none is used */
export function addScopeOptions(command: Command, unsaid = 'the four of the historical backfill'): Command {
  return command
    .option('--season <season...>', `one or several, as 2022-23 or 2022-23,2023-24 (default: ${unsaid})`)
    .option('--date <date>', 'one game date, YYYY-MM-DD')
    .option('--dates <dates>', 'several, with commas')
    .option('--start-date <date>', 'first date of a range (also --start)')
    .option('--end-date <date>', 'last date of a range (also --end)')
    .addOption(new Option('--start <date>', 'as --start-date').conflicts('startDate').hideHelp())
    .addOption(new Option('--end <date>', 'as --end-date').conflicts('endDate').hideHelp());
}

/** The clock that a command goes by: the given one, or one that rehearses an instant. @throws NbaError INVALID_ARGUMENT */
export function clockOf({ now }: Pick<CommonOptions, 'now'>, environment: Readonly<Record<string, string | undefined>>, clock: Clock): Clock {
  const instant = now ?? environment['NBA_NOW'];
  return instant === undefined ? clock : rehearsalClock(instant, clock);
}

/** The scope that the flags mean. @throws NbaError INVALID_ARGUMENT */
export function scopeOf({ season, date, dates, startDate, endDate, start, end }: ScopeFlags): Scope {
  return parseScope({ season, date, dates, startDate: startDate ?? start, endDate: endDate ?? end });
}

/** The scope that the flags mean; undefined when there are none. @throws NbaError INVALID_ARGUMENT */
export function askedScope(flags: ScopeFlags): Scope | undefined {
  const { season, date, dates, startDate, endDate, start, end } = flags;
  return [season, date, dates, startDate, endDate, start, end].some((flag) => flag !== undefined) ? scopeOf(flags) : undefined;
}

/** A whole number from 1. */
export function positiveInteger(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}

/** A whole number from 0. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 0.');
  return Number(text);
}

/** `true` or `false`. */
export function trueOrFalse(text: string): boolean {
  if (text !== 'true' && text !== 'false') throw new InvalidArgumentError('It must be true or false.');
  return text === 'true';
}

function gameTypes(text: string): readonly GameType[] {
  const types = text.split(',').map((type) => type.trim());
  const wrong = types.find((type) => !(COUNTABLE_GAME_TYPES as readonly string[]).includes(type));
  if (wrong !== undefined) throw new InvalidArgumentError(`"${wrong}" is none of ${COUNTABLE_GAME_TYPES.join(', ')}.`);
  return types as GameType[];
}
