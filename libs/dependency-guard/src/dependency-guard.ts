import { type Clock, DEFAULT_GAME_TYPES, type GameDate, type GameType, type Lease, type QueryPort, parseGameDate } from '@nba/kernel';
import { loadCalendar } from '@nba/schedule';
import { type GuardedUpstream, bothVerdicts, checkPreviousGameDate, checkWindow } from './check-window';
import { type Dependency, type StatedDependency, parseDependency } from './dependency';
import { type GuardReport, type ReportOptions, guardReport } from './guard-report';
import { loadUpstream, messageOf } from './load-upstream';
import type { GuardFailure, Verdict } from './verdict';

export interface GuardOptions extends ReportOptions {
  /** Game types that count; regular-season games unless said otherwise. */
  readonly gameTypes?: readonly GameType[];
  /** Asks who is writing which table: a recorded `running` with a lease on its table is at work, without one it has died. */
  readonly liveLeases?: () => Promise<readonly Lease[]>;
  /**
   * Where there are no leases: tells how old a recorded `running` is. With neither, `running` counts as died: it blocks
   * all the same, and a run that is repeated needlessly does less harm than one that is waited for in vain.
   */
  readonly clock?: Pick<Clock, 'now'>;
  /** How long after its start a `running` is believed, by the clock; default one hour. */
  readonly runningTimeoutMs?: number;
}

export interface GuardRequest {
  /** The game date that is to be run, `YYYY-MM-DD`. */
  readonly date: string;
  readonly dependencies: readonly Dependency[];
}

const HOUR_MS = 3_600_000;

/**
 * May a processor run for a date? Looks at the recorded status of what is upstream, and at the dates, games and teams
 * its tables lack. Needs no container and no framework: any client that can run a GoogleSQL query with named parameters will do.
 * @example
 * const guard = new DependencyGuard({ query: async (query, params) => (await bigquery.query({ query, params }))[0] });
 * const report = await guard.check({ date: '2025-01-27', dependencies: [
 *   { upstreamProcessorName: 'NbacPlayerBoxscoreProcessor', upstreamTable: 'nba_raw.nbac_player_boxscore', lookback: { games: 15 } },
 * ] });
 * if (report.kind === 'blocked') throw new Error(report.lines.join('\n'));
 */
export class DependencyGuard {
  constructor(
    private readonly port: QueryPort,
    private readonly options: GuardOptions = {},
  ) {}

  /**
   * Clear, or blocked with every reason and the way out. A guard that cannot look blocks, with a reason `guard-failed`:
   * whatever goes wrong while looking is no exception.
   * @throws NbaError INVALID_ARGUMENT for a date that is none, or a dependency that makes no sense
   */
  async check({ date, dependencies }: GuardRequest): Promise<GuardReport> {
    const day = parseGameDate(date);
    const stated = dependencies.map(parseDependency);
    return guardReport(day, await this.look(day, stated), this.options);
  }

  private async look(date: GameDate, dependencies: readonly StatedDependency[]): Promise<Verdict> {
    const { gameTypes = DEFAULT_GAME_TYPES, liveLeases, clock, runningTimeoutMs = HOUR_MS } = this.options;
    try {
      const calendar = await loadCalendar(this.port, { from: date, to: date }, gameTypes);
      const leases = liveLeases ? await liveLeases() : null;
      const surroundings = { port: this.port, calendar, gameTypes, leases, patience: clock ? { clock, timeoutMs: runningTimeoutMs } : null };
      const looked = await Promise.all(dependencies.map((one) => loadUpstream(date, one, surroundings)));
      const upstreams = looked.filter((one): one is GuardedUpstream => !isFailure(one));
      const found = bothVerdicts(checkWindow(date, upstreams, calendar), checkPreviousGameDate(date, upstreams, calendar));
      return bothVerdicts(failed(looked.filter(isFailure)), found);
    } catch (fault) {
      return failed([{ kind: 'guard-failed', error: messageOf(fault) }]);
    }
  }
}

const isFailure = (one: GuardedUpstream | GuardFailure): one is GuardFailure => 'kind' in one;

const failed = (reasons: readonly GuardFailure[]): Verdict =>
  reasons.length > 0 ? { kind: 'blocked', reasons, coverageGaps: null } : { kind: 'clear', coverageGaps: null };
