import { sql } from '@nba/kernel';
import type { Invariant } from '@nba/completeness';

const READ = ['nba_analytics.player_game_summary'];
const ROWS = sql`nba_analytics.player_game_summary WHERE game_date BETWEEN CAST(@from AS DATE) AND CAST(@to AS DATE)`;
const WHAT = sql`game_date, game_id, player_name AS who, CONCAT('usage rate ', CAST(usage_rate AS STRING), ' in ', CAST(seconds_played AS STRING), ' seconds') AS detail`;

/** What must be true of Phase 3 beside having the right keys (DOMAIN §5, 7). */
export const ANALYTICS_INVARIANTS: readonly Invariant[] = [
  { name: 'usage-rate-is-not-negative', severity: 'fails', reads: READ, query: sql`SELECT ${WHAT} FROM ${ROWS} AND usage_rate < 0` },
  // A minute or two on the floor and a shot or two taken: real, rare, and not to be clipped.
  { name: 'usage-rate-is-at-most-100', severity: 'reports', reads: READ, query: sql`SELECT ${WHAT} FROM ${ROWS} AND usage_rate > 100` },
];
