export { EXIT, type ExitCode } from './exit-code';
export { Configuration, type ConfigurationFlags, findWrongSettings, readConfiguration } from './configuration';
export type { EventsPlace, LakePlace, LineagePlace, WarehousePlace } from './places';
export { type CommonOptions, type ScopeFlags, addCommonOptions, addScopeOptions, askedScope, scopeOf, clockOf, positiveInteger, trueOrFalse, wholeNumber } from './program-options';
export { type Output, runProgram } from './run-program';
export { systemClock, rehearsalClock } from './system-clock';
export { bytes, count, plural, duration } from './numbers';
export { dateList, describeGap, describeVerification } from './describe-verification';
export { repairCommand } from './repair-command';
