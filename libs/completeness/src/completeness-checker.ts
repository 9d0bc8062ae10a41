import { DEFAULT_GAME_TYPES, type DateRange, type GameType, type QueryPort, type Sql, columnList, dateRange, identifier, parseGameDate, sql } from '@nba/kernel';
import { SCHEDULE_TABLE } from '@nba/schedule';
import { askingPort } from './asking-port';
import { expectedDays } from './calendar-days';
import { type EntityCheck, checkEntities, entityColumns } from './check-entities';
import { compareDays } from './compare-days';
import { type Comparison, compareKeys } from './compare-keys';
import { type CompletenessReport, completenessReport } from './completeness-report';
import type { EntityReport } from './entity-report';
import { type Expected, type ExpectedKeys, type ScheduledGames, scheduledGames } from './expected';
import { findDuplicates } from './find-duplicates';
import { type NameSources, nameGaps } from './names';
import { type Schedule, expectedTeams, findSeasonsWithoutSchedule } from './schedule';
import { type Step, splitRange } from './split-range';
import { columnName } from './table-name';
import { type TableRows, type TableUnderCheck, tableUnderCheck } from './table-under-check';
import { type Threshold, parseThreshold } from './threshold';

export interface CheckerOptions {
  /** Game types that count; regular-season games unless said otherwise. */
  readonly gameTypes?: readonly GameType[];
  /** Where the schedule is kept, with the columns of `nba_raw.nbac_schedule`, which is the default. */
  readonly schedule?: string;
  /** Where it is kept who appeared in which game, and what players are called; default `nba_raw.nbac_player_boxscore`. */
  readonly appearances?: string;
}

export interface DateRangeCheck extends TableRows {
  /** First and last date, both inclusive, `YYYY-MM-DD`. */
  readonly startDate: string;
  readonly endDate: string;
  /** What must be there: `scheduledGames()` (the default), `calendarDays()`, or `expectedBy()`. */
  readonly expected?: Expected;
  /** The least coverage that will do, as a fraction; default 1. A number is meant for the range and for each of its dates. */
  readonly threshold?: Threshold;
  /** The key of the table's rows; rows that share one are reported as duplicates. Not looked at by default. */
  readonly rowKey?: readonly string[];
  /** Aborted: no further query is asked, and the signal's reason is thrown. */
  readonly signal?: AbortSignal;
}

export interface DateRangesCheck extends DateRangeCheck {
  /** How long each part is; default `season`. */
  readonly step?: Step;
}

/**
 * Compares what is expected with what a table holds. Needs no container and no framework: any client that can run a
 * GoogleSQL query with named parameters will do.
 * @example
 * const checker = new CompletenessChecker({ query: async (query, params) => (await bigquery.query({ query, params }))[0] });
 * const report = await checker.checkDateRange({ table: 'nba_raw.nbac_player_boxscore', startDate: '2025-01-01', endDate: '2025-01-31' });
 * if (report.hasGaps) console.log(report.missingDates, report.gaps);
 */
export class CompletenessChecker {
  private readonly schedule: Schedule;
  private readonly sources: NameSources;

  constructor(
    private readonly port: QueryPort,
    { gameTypes = DEFAULT_GAME_TYPES, schedule = SCHEDULE_TABLE, appearances = 'nba_raw.nbac_player_boxscore' }: CheckerOptions = {},
  ) {
    this.schedule = { table: schedule, gameTypes };
    this.sources = { schedule: this.schedule, appearances };
  }

  /**
   * Which expected dates and keys the table lacks, and which it should not have. Expected is what the schedule, a calendar or a query
   * says, never the table itself: one row does not make a date complete. A range on which nothing is expected is complete, with 0 of 0.
   * @throws NbaError INVALID_ARGUMENT for a date or name that is none, an end before the start, a table or column that is not there;
   *   whatever else the port throws, untouched; the signal's reason once it is aborted
   */
  async checkDateRange(check: DateRangeCheck): Promise<CompletenessReport> {
    const range = rangeOf(check);
    const { expected = scheduledGames(), rowKey } = check;
    const threshold = parseThreshold(check.threshold);
    const table = tableUnderCheck(check, range);
    const port = askingPort(this.port, { table: check.table, columns: columnsOf(table, expected, rowKey), beside: besideOf(expected, this.schedule) }, check.signal);

    const { counts, gaps } = await this.compare(port, table, expected, range);
    const duplicates = rowKey ? await findDuplicates(port, table, rowKey) : [];
    const named = await nameGaps(port, [...gaps, ...duplicates], range, this.sources);
    const expectedDates = counts.filter(({ keys }) => keys.expected > 0).map(({ date }) => date);
    const seasonsWithoutSchedule = readsSchedule(expected) ? await findSeasonsWithoutSchedule(port, this.schedule, range, expectedDates) : [];
    return completenessReport({ table: check.table, startDate: range.from, endDate: range.to }, { counts, gaps: named, seasonsWithoutSchedule, threshold });
  }

  /**
   * The same part by part, for ranges that are long: one report a step, in order, each asked for when the one before has been taken.
   * Leaving the loop ends it. `mergeReports` makes one report of them.
   * @throws NbaError as {@link checkDateRange}, when the first report is asked for
   */
  async *checkDateRanges({ step = 'season', ...check }: DateRangesCheck): AsyncGenerator<CompletenessReport, void, void> {
    for (const { from, to } of splitRange(rangeOf(check), step)) yield await this.checkDateRange({ ...check, startDate: from, endDate: to });
  }

  /**
   * Which games of a window the table lacks, team by team or player by player. A team's games are those of the schedule that
   * have been played; a player's are those he appeared in. Windows hold games strictly before the date, of its season only; early
   * in the season they are short, and that is no gap.
   * @throws NbaError as {@link checkDateRange}; also when players are looked for in the very table that says who appeared
   */
  async checkEntities(check: EntityCheck): Promise<EntityReport> {
    const beside = [this.schedule.table, ...(check.entity === 'player' ? [this.sources.appearances] : [])];
    return checkEntities(askingPort(this.port, { table: check.table, columns: entityColumns(check), beside }, check.signal), check, this.sources);
  }

  private compare(port: QueryPort, table: TableUnderCheck, expected: Expected, range: DateRange): Promise<Comparison> {
    switch (expected.kind) {
      case 'scheduled-games': {
        const spine = expectedTeams({ ...this.schedule, gameTypes: expected.gameTypes ?? this.schedule.gameTypes }, expected.games);
        return compareKeys(port, table, { spine, key: keyOf(expected) });
      }
      case 'calendar-days':
        return compareDays(port, table, expectedDays(range, expected), expected.minRows);
      case 'expected-keys':
        return compareKeys(port, table, { spine: datedSpine(expected, table.dateColumn), key: keyOf(expected) });
    }
  }
}

const rangeOf = ({ startDate, endDate }: DateRangeCheck): DateRange => dateRange(parseGameDate(startDate, 'startDate'), parseGameDate(endDate, 'endDate'));

const readsSchedule = (expected: Expected): boolean => expected.kind === 'scheduled-games' || (expected.kind === 'expected-keys' && expected.readsSchedule);

/** What each column of the key is called in the table. */
function keyOf(expected: ScheduledGames | ExpectedKeys): Readonly<Record<string, Sql>> {
  if (expected.kind === 'expected-keys') return Object.fromEntries(expected.key.map((name) => [name, columnName(name, 'key')]));
  const game = columnName(expected.gameColumn, 'gameColumn');
  return { game_id: game, ...(expected.per === 'team' && { team_id: columnName(expected.teamColumn, 'teamColumn') }) };
}

/** What is read beside the table, in words: of an own query only its author knows the tables. */
function besideOf(expected: Expected, { table }: Schedule): string[] {
  if (expected.kind === 'calendar-days') return [];
  return expected.kind === 'scheduled-games' ? [table] : ['the tables of the query', ...(expected.readsSchedule ? [table] : [])];
}

function datedSpine({ query, key }: ExpectedKeys, dateColumn: string): Sql {
  const columns = key.length > 0 ? sql`, ${columnList(key)}` : sql``;
  const date = sql`CAST(${identifier(dateColumn)} AS DATE)`;
  // A query that looks at more than the range says nothing about it there: the table's rows are not read there either.
  return sql`SELECT CAST(${date} AS STRING) AS check_date${columns} FROM (${{ text: query }}\n) AS expected_keys WHERE ${date} BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)`;
}

function columnsOf({ dateColumn }: TableUnderCheck, expected: Expected, rowKey: readonly string[] = []): string[] {
  const key = expected.kind === 'calendar-days' ? [] : expected.kind === 'expected-keys' ? expected.key : [expected.gameColumn, ...(expected.per === 'team' ? [expected.teamColumn] : [])];
  return [...new Set([dateColumn, ...key, ...rowKey])];
}
