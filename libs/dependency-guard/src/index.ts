export type { BlockedReason, HoleReason, GuardFailure, TableInUse, Hole, MissingGame, Verdict, Window } from './verdict';
export { type GuardedUpstream, checkWindow, checkPreviousGameDate, bothVerdicts, isHoleReason } from './check-window';
export { describeReason, describeMissingGame, reasonCode, missingDatesOf, someDates, fixesFor } from './explain-verdict';
export { DependencyGuard, type GuardOptions, type GuardRequest } from './dependency-guard';
export type { Dependency } from './dependency';
export type { GuardReport, ReportOptions } from './guard-report';
