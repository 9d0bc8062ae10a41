/** The names under which the pipeline's use cases are bound in a container. */
export const BACKFILL = Symbol.for('@nba/Backfill');
export const VERIFIER = Symbol.for('@nba/Verifier');
export const PLANNER = Symbol.for('@nba/Planner');
export const STATUS = Symbol.for('@nba/PipelineStatus');
export const DAILY = Symbol.for('@nba/Daily');
export const RECOVERY = Symbol.for('@nba/Recovery');
export const REPAIR = Symbol.for('@nba/Repair');
export const SURVEY = Symbol.for('@nba/Survey');
export const CORRECTION_WATCH = Symbol.for('@nba/CorrectionWatch');
export const REACTION = Symbol.for('@nba/Reaction');
