import { type DateRange, type GameDate, NbaError, addDays, seasonOf, seasonSpan } from '@nba/kernel';
import type { ScheduledGame } from '@nba/schedule';

/** How far one looks back from a date, which itself is never in it; never into another season. */
export type EntityWindow =
  | { readonly kind: 'games'; readonly count: number }
  | { readonly kind: 'days'; readonly count: number }
  | { readonly kind: 'season-so-far' };

/** The last `count` games of each team or player, ordered by date and game id; fewer early in the season. */
export const games = (count: number): EntityWindow => ({ kind: 'games', count });

/** The games of the `count` days before the date D: [D − count, D − 1]. */
export const days = (count: number): EntityWindow => ({ kind: 'days', count });

/** Every earlier game of the season. */
export const seasonSoFar = (): EntityWindow => ({ kind: 'season-so-far' });

/** @throws NbaError INVALID_ARGUMENT for a window without a whole number of games or days */
export function assertWindow(window: EntityWindow): void {
  if (window.kind === 'season-so-far' || (['games', 'days'].includes(window.kind) && Number.isSafeInteger(window.count) && window.count > 0)) return;
  throw new NbaError('INVALID_ARGUMENT', `window: ${JSON.stringify(window)} is none. Write games(10), days(7) or seasonSoFar().`, { field: 'window' });
}

/** The dates that a window may reach before a date, or undefined on a season's first day. */
export function windowSpan(window: EntityWindow, asOf: GameDate): DateRange | undefined {
  const seasonStart = seasonSpan(seasonOf(asOf)).from;
  const from = window.kind === 'days' ? addDays(asOf, -window.count) : seasonStart;
  const span = { from: from < seasonStart ? seasonStart : from, to: addDays(asOf, -1) };
  return span.from <= span.to ? span : undefined;
}

/** Those games of one team or player that a window holds. @param played all of them in its span, oldest first */
export function gamesInWindow(window: EntityWindow, played: readonly ScheduledGame[]): readonly ScheduledGame[] {
  return window.kind === 'games' ? played.slice(-window.count) : played;
}

/** From when on a game that nobody knew of would be in the window: since its oldest game when it is full, else since ever. */
export function reachesBackTo(window: EntityWindow, held: readonly ScheduledGame[]): GameDate | undefined {
  return window.kind === 'games' && held.length === window.count ? held[0]?.date : undefined;
}
