export { type CompletenessReport, type Coverage, type Gap, percentOf } from './completeness-report';
export { CompletenessChecker, type CheckerOptions, type DateRangeCheck } from './completeness-checker';
export type { KeyExpectation } from './compare-keys';
export { type Invariant, type Violation, checkInvariants } from './invariants';
export { RAW_INVARIANTS } from './raw-invariants';
