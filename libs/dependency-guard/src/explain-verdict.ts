import { type GameDate, describeReach } from '@nba/kernel';
import type { BlockedReason } from './verdict';

/** `1 missing date in nba_raw.nbac_player_boxscore, last 15 games per player: 2024-11-15`. */
export function describeReason({ table, reach, missingDates }: BlockedReason): string {
  const what = missingDates.length === 1 ? '1 missing date' : `${missingDates.length} missing dates`;
  return `${what} in ${table}, ${describeReach(reach)}: ${missingDates.join(', ')}`;
}

/** Every date that keeps the unit waiting, in order: when these are there it runs. */
export function missingDatesOf(reasons: readonly BlockedReason[]): GameDate[] {
  return [...new Set(reasons.flatMap((reason) => reason.missingDates))].sort();
}
