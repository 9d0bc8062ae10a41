export type { BlockedReason, Verdict } from './verdict';
export { type GuardedUpstream, checkWindow } from './check-window';
export { describeReason, missingDatesOf } from './explain-verdict';
