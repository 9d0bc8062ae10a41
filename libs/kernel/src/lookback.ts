/** Whose history a lookback counts: which later rows an upstream row can reach. */
export type Subject = 'game' | 'player' | 'team' | 'league';

/**
 * Upstream history that a unit needs before it may run. The unit of measure is in the type:
 * the date itself, a number of games per player or team, calendar days, or the season so far.
 * None of them crosses a season's boundary; all but `same-date` exclude the date itself.
 */
export type Reach =
  | { readonly kind: 'same-date'; readonly per: Subject }
  | { readonly kind: 'games'; readonly count: number; readonly per: 'player' | 'team' }
  | { readonly kind: 'days'; readonly count: number; readonly per: Subject }
  | { readonly kind: 'season-so-far'; readonly per: Subject };

/** Rows of the date itself; by default those of the same game. */
export const sameDate = (per: Subject = 'game'): Reach => ({ kind: 'same-date', per });

/** The last `count` games of a player or team before the date, ordered by (game_date, game_id). */
export const games = (count: number, per: 'player' | 'team'): Reach => ({ kind: 'games', count, per });

/** The `count` days before the date D: [D − count, D − 1]. */
export const days = (count: number, per: Subject): Reach => ({ kind: 'days', count, per });

/** Everything earlier in the same season. */
export const seasonSoFar = (per: Subject): Reach => ({ kind: 'season-so-far', per });

/**
 * One lookback at one upstream table.
 * `blocks`: with a hole in its window the unit waits. `informs`: the unit runs, stores the coverage it had,
 * and becomes stale when the hole is filled.
 */
export interface Lookback {
  readonly reach: Reach;
  readonly effect: 'blocks' | 'informs';
  /** The columns read through this lookback, keys aside: a change to another column does not reach the unit. */
  readonly columns: readonly string[];
}

/** The reach in words: "last 15 games per player". */
export function describeReach(reach: Reach): string {
  switch (reach.kind) {
    case 'same-date':
      return reach.per === 'game' ? 'the same game' : `the same date, per ${reach.per}`;
    case 'games':
      return `last ${reach.count} games per ${reach.per}`;
    case 'days':
      return `last ${reach.count} days per ${reach.per}`;
    case 'season-so-far':
      return `season so far per ${reach.per}`;
  }
}
