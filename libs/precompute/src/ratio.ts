import { sql, type Sql } from '@nba/kernel';

/** The one division that comes last: double precision, NULL over 0. */
export const ratio = (numerator: Sql, denominator: Sql): Sql => sql`${numerator} / NULLIF(${denominator}, 0)`;
