import { DEFAULT_GAME_TYPES, type DateRange, type GameType, type QueryPort, dateRange, parseGameDate } from '@nba/kernel';
import { type GamesAbout, scheduledTeamsOf } from '@nba/schedule';
import { type CompletenessReport, completenessReport } from './completeness-report';
import { type KeyExpectation, compareKeys } from './compare-keys';
import { findDuplicates } from './find-duplicates';
import { findSeasonsWithoutSchedule } from './find-seasons-without-schedule';
import { nameGaps } from './name-gaps';

export interface CheckerOptions {
  /** Game types that count; regular-season games unless said otherwise. */
  readonly gameTypes?: readonly GameType[];
}

export interface DateRangeCheck {
  /** `dataset.table`: any table with a row per game, or per team or player of a game. */
  readonly table: string;
  /** Default `game_date`. */
  readonly dateColumn?: string;
  /** First and last date, both inclusive, `YYYY-MM-DD`. */
  readonly startDate: string;
  readonly endDate: string;
  /** Default `final`: games that have been played. `scheduled`: every game on the calendar. */
  readonly games?: GamesAbout;
  /** What must be there for each game: rows of both teams (default; the table has `team_id`), or any row. */
  readonly per?: 'team' | 'game';
  /** The key of the table's rows; rows that share one are reported as duplicates. Not looked at by default. */
  readonly rowKey?: readonly string[];
}

/**
 * Compares what the schedule expects with what a table holds. Needs no container and no framework: any client that
 * can run a GoogleSQL query with named parameters will do.
 * @example
 * const checker = new CompletenessChecker({ query: async (query, params) => (await bigquery.query({ query, params }))[0] });
 * const report = await checker.checkDateRange({ table: 'nba_raw.nbac_player_boxscore', startDate: '2025-01-01', endDate: '2025-01-31' });
 * if (report.hasGaps) console.log(report.missingDates, report.gaps);
 */
export class CompletenessChecker {
  constructor(
    private readonly port: QueryPort,
    private readonly options: CheckerOptions = {},
  ) {}

  /**
   * Which expected dates, games and teams the table lacks. Expected is what nba_raw.nbac_schedule says: off-days are no
   * gaps, and one row does not make a date complete.
   * @throws NbaError INVALID_ARGUMENT for a date that is none, or an end before the start
   */
  async checkDateRange(check: DateRangeCheck): Promise<CompletenessReport> {
    const { table, dateColumn = 'game_date', games = 'final', per = 'team' } = check;
    const range = dateRange(parseGameDate(check.startDate, 'startDate'), parseGameDate(check.endDate, 'endDate'));
    const spine = scheduledTeamsOf(games, this.gameTypes, dateColumn).text;
    return this.checkKeys({ table, dateColumn, key: per === 'team' ? ['game_id', 'team_id'] : ['game_id'], spine }, range, check.rowKey);
  }

  /**
   * Whether the table holds exactly the keys of a spine, both read now. Names the players and teams.
   * @param rowKey the key of the table's rows; rows that share one are reported as duplicates. Not looked at by default.
   */
  async checkKeys(expectation: KeyExpectation, range: DateRange, rowKey?: readonly string[]): Promise<CompletenessReport> {
    const { counts, gaps } = await compareKeys(this.port, expectation, range);
    const duplicates = rowKey ? await findDuplicates(this.port, { ...expectation, key: rowKey }, range) : [];
    const named = await nameGaps(this.port, [...gaps, ...duplicates], range, this.gameTypes);
    const unknown = await findSeasonsWithoutSchedule(this.port, range, counts);
    return completenessReport({ table: expectation.table, startDate: range.from, endDate: range.to }, counts, named, unknown);
  }

  private get gameTypes(): readonly GameType[] {
    return this.options.gameTypes ?? DEFAULT_GAME_TYPES;
  }
}
