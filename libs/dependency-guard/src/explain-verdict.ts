import { type GameDate, describeReach } from '@nba/kernel';
import { isHoleReason } from './check-window';
import type { BlockedReason, HoleReason, MissingGame } from './verdict';

/** The kinds in the words of an alert. */
const HEADLINE = {
  'upstream-failure': 'Upstream Failure', 'upstream-running': 'Upstream Running', 'data-gaps': 'Data Gaps', 'guard-failed': 'Guard Failed', 'table-in-use': 'Table In Use',
} as const;

/** How an upstream ended, where its status alone makes no sentence. */
const ENDED: Readonly<Record<string, string>> = { partial: 'is only partial', blocked: 'is blocked', skipped: 'was skipped' };

/** Dates that are named; the rest is counted. */
const NAMED = 10;

/**
 * `Upstream Failure — NbacPlayerBoxscoreProcessor failed for 2025-01-26 (last 15 games per player)`, or
 * `Data Gaps — 1 missing date in nba_raw.nbac_player_boxscore: 2024-11-15 (last 15 games per player)`.
 */
export function describeReason(reason: BlockedReason): string {
  return `${HEADLINE[reason.kind]} — ${cause(reason)}`;
}

/** Stable code of a reason for history, exit codes and alerts: `UPSTREAM_FAILURE`, `DATA_GAPS`, … */
export const reasonCode = ({ kind }: BlockedReason): string => kind.replaceAll('-', '_').toUpperCase();

function cause(reason: BlockedReason): string {
  if (reason.kind === 'guard-failed') return `what is upstream could not be looked at: ${reason.error}`;
  if (reason.kind === 'table-in-use') return `${reason.table} is being written by ${reason.by}`;
  const dates = someDates(reason.missingDates);
  const where = reason.window.kind === 'previous-game-date' ? 'the game date before' : describeReach(reason.window);
  const what = {
    'upstream-failure': `${reason.processor} ${ENDED[reason.detail] ?? reason.detail} for ${dates}`,
    'upstream-running': `${reason.processor} is being run for ${dates} by ${reason.detail}`,
    'data-gaps': `${reason.missingDates.length} missing ${reason.missingDates.length === 1 ? 'date' : 'dates'} in ${reason.table}: ${dates}`,
  }[reason.kind];
  return `${what} (${where})${missing(reason)}`;
}

/** Only where a part of a date is there is it news which games are not. */
function missing({ missingGames, detail }: HoleReason): string {
  const inPart = detail === 'partial' || missingGames.some(({ teams }) => teams.length === 1);
  if (!inPart || missingGames.length === 0) return '';
  const told = missingGames.slice(0, NAMED).map(describeMissingGame);
  return `: ${told.join(', ')}${missingGames.length > NAMED ? ` and ${missingGames.length - NAMED} more games` : ''}`;
}

/** `0022400633 NOP@MEM without NOP`. */
export const describeMissingGame = ({ gameId, game, teams }: MissingGame): string => `${gameId} ${game} without ${teams.join(' and ')}`;

/** The first dates by name, the rest as a number. */
export function someDates(dates: readonly GameDate[], named = NAMED): string {
  return dates.length > named ? `${dates.slice(0, named).join(', ')} and ${dates.length - named} more` : dates.join(', ');
}

/** Every date that keeps the unit waiting, in order: when these are there it runs. */
export function missingDatesOf(reasons: readonly BlockedReason[]): GameDate[] {
  return [...new Set(reasons.flatMap((reason) => (isHoleReason(reason) ? reason.missingDates : [])))].sort();
}

/**
 * The commands that repair what blocks, earliest phase first, each once; the phases after it follow by themselves. Dates
 * that are waited for at second hand are repaired by the first command too: of these only the root is named. Where the
 * root is out of sight, running what is blocked tells it. None for what is being run: that is waited for.
 */
export function fixesFor(reasons: readonly BlockedReason[]): string[] {
  const holes = reasons.filter(isHoleReason).filter(({ kind }) => kind !== 'upstream-running');
  const roots = holes.filter(({ detail }) => detail !== 'blocked');
  const named = roots.length > 0 ? roots : holes;
  const phases = [...new Set(named.map(({ phase }) => phase))].sort((a, b) => a - b);
  return phases.map((phase) => `nx run backfill:phase${phase} --dates=${missingDatesOf(named.filter((one) => one.phase === phase)).join(',')}`);
}
