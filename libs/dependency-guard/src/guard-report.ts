import type { GameDate } from '@nba/kernel';
import { isHoleReason } from './check-window';
import { describeMissingGame, describeReason, fixesFor, missingDatesOf } from './explain-verdict';
import type { BlockedReason, HoleReason, MissingGame, Verdict } from './verdict';

/** A verdict with all that an operator needs to act on it. */
export type GuardReport = Verdict & {
  readonly date: GameDate;
  /** Every date that is waited for, in order; found in the same way when strict mode is off. */
  readonly missingDates: readonly GameDate[];
  /** What these dates are known to lack, in order. */
  readonly missingGames: readonly MissingGame[];
  /** The exact commands that free it, in the order in which to run them; none where waiting, or mending the guard, does. */
  readonly fixes: readonly string[];
  /** The report as text: a line for each reason, missing dates, missing games, and the way out. */
  readonly lines: readonly string[];
};

export interface ReportOptions {
  /** Default true. False: what was found is told, and does not block. */
  readonly strictMode?: boolean;
  /** What is guarded, at the head of every line; default `Analytics`. */
  readonly label?: string;
  /** The command that mends a reason, instead of this pipeline's own. */
  readonly command?: (reason: HoleReason) => string;
}

/** Games that are named in the text; the rest is counted. */
const NAMED = 10;

/** Puts a verdict into words. */
export function guardReport(date: GameDate, found: Verdict, options: ReportOptions): GuardReport {
  const { strictMode = true, label = 'Analytics' } = options;
  const reasons = found.kind === 'blocked' ? found.reasons : [];
  const told = { date, missingDates: missingDatesOf(reasons), missingGames: missingGamesOf(reasons), fixes: fixes(reasons, options) };
  const head = reasons.length === 0 ? `${label} CLEAR: ${date}` : strictMode ? `${label} BLOCKED: ` : `${label} NOT BLOCKED (strict mode is off): `;
  const lines = [
    ...(reasons.length === 0 ? [head] : reasons.map((reason) => head + describeReason(reason))),
    ...(told.missingDates.length > 0 ? [`Missing dates: ${told.missingDates.join(', ')}`] : []),
    ...(told.missingGames.length > 0 ? [`Missing games: ${someGames(told.missingGames)}`] : []),
    ...(found.coverageGaps === null ? [] : [`Coverage: ${found.coverageGaps}`]),
    ...resolutions(reasons, told.fixes).map((one) => `Resolution: ${one}`),
  ];
  if (strictMode || reasons.length === 0) return { ...found, ...told, lines };
  const gaps = [...reasons.map(describeReason), ...(found.coverageGaps === null ? [] : [found.coverageGaps])];
  return { kind: 'clear', coverageGaps: gaps.join('; '), ...told, lines };
}

function fixes(reasons: readonly BlockedReason[], { command }: ReportOptions): string[] {
  const holes = reasons.filter(isHoleReason).filter(({ kind }) => kind !== 'upstream-running');
  if (command) return [...new Set(holes.map(command))];
  const foreign = holes.filter(({ phase }) => phase === 0).map(({ processor, missingDates }) => `Fix ${processor} for ${missingDates.join(', ')} first`);
  return [...fixesFor(holes.filter(({ phase }) => phase !== 0)), ...new Set(foreign)];
}

/** There is always a next step. */
function resolutions(reasons: readonly BlockedReason[], commands: readonly string[]): string[] {
  const busy = reasons.filter(isHoleReason).filter(({ kind }) => kind === 'upstream-running');
  const waits = [...new Set(busy.map(({ processor, missingDates }) => `Wait until ${processor} is done with ${missingDates.join(', ')}, then check again`))];
  const broken = reasons.some(({ kind }) => kind === 'guard-failed') ? ['Make what could not be looked at readable, then check again'] : [];
  return [...broken, ...commands, ...waits];
}

/** Each game of each table once. */
function missingGamesOf(reasons: readonly BlockedReason[]): MissingGame[] {
  const games = reasons.filter(isHoleReason).flatMap(({ missingGames }) => missingGames);
  const keyed = new Map(games.map((one) => [`${one.date} ${one.gameId} ${one.teams.join(' ')}`, one]));
  return [...keyed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, game]) => game);
}

function someGames(games: readonly MissingGame[]): string {
  const named = games.slice(0, NAMED).map((game) => `${game.date} ${describeMissingGame(game)}`);
  return `${named.join(', ')}${games.length > NAMED ? ` and ${games.length - NAMED} more games` : ''}`;
}
