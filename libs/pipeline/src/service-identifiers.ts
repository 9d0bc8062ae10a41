/** The names under which the pipeline's use cases are bound in a container. */
export const BACKFILL = Symbol.for('@nba/Backfill');
export const VERIFIER = Symbol.for('@nba/Verifier');
export const STATUS = Symbol.for('@nba/PipelineStatus');
export const DAILY = Symbol.for('@nba/Daily');
export const RECOVERY = Symbol.for('@nba/Recovery');
