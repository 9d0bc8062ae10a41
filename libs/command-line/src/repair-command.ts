import type { Season } from '@nba/kernel';

/** The command that makes complete again what is missing, stale or not as it was recorded. The one place where it is written. */
export const repairCommand = (seasons: readonly Season[]): string => `nx run backfill:repair --season=${seasons.join(',')}`;
