import { sql, type Sql } from '@nba/kernel';

/** More than all known values of a season together, and small enough that a million of it fit into 64 bits. */
const UNKNOWN = 1_000_000_000_000;

/**
 * An integer about to be summed. SUM leaves NULLs out, as if they were 0; here an unknown value outweighs
 * everything else, which also survives the difference of two running totals, and {@link known} takes it out again.
 */
export const weighed = (value: Sql): Sql => sql`IFNULL(${value}, ${UNKNOWN})`;

/** A sum of {@link weighed} values: NULL when one of them is unknown (half leaves room for negative ones beside it). */
export const known = (sum: Sql): Sql => sql`IF(${sum} < ${UNKNOWN / 2}, ${sum}, NULL)`;
