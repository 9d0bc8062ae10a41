export {
  type Phase, type Upstream, type Upstreams, type PipelineSettings, type QueryContext, type Processor, type QueryProcessor, type DocumentProcessor,
  type LakeDocument, type RawInput, type RawOutput, type Finding, processorName, isSeasonal, defineProcessor, defineDocumentProcessor, reads, blocks, informs,
} from './definition/processor';
export { relationColumns, renderRelation, renderSpine, renderQuery } from './definition/relation';
export { type Registry, createRegistry } from './definition/registry';
export { codeVersion } from './definition/code-version';
export type { UnitState } from './planning/unit-state';
export { type PlannedUnit, type BlockedUnit, type UnitPlan, groupUnits } from './planning/planned-unit';
export { type UnitOutcome, isComplete } from './running/unit-outcome';
export { type FailurePolicy, type Progress, type RunOptions, RUN_DEFAULTS } from './running/run-options';
export type { PipelineParts } from './running/pipeline-parts';
export { type PhaseOutcome, isPhaseComplete } from './running/phase-outcome';
export { Backfill, type BackfillRequest, type BackfillOutcome } from './running/backfill';
export { Verifier, type PhaseVerification, type TableVerification, type VerificationOptions } from './verification/verifier';
export type { RecordDifference } from './verification/record-check';
export { PipelineStatus, type ProcessorStatus } from './status/pipeline-status';
export type { RunQuery, RunSummary } from './status/read-runs';
export { Survey } from './survey/survey';
export type { GameGap, PipelineSurvey, SeasonSurvey, TableSurvey, UnitCondition, UnitRun, UnitSurvey } from './survey/pipeline-survey';
export { CorrectionWatch } from './corrections/correction-watch';
export type { Correction, CorrectionReport, NotLoaded, RereadUnit } from './corrections/correction-report';
export type { ValueChange } from './corrections/compare-rows';
export { guardDependencies } from './planning/guard-dependencies';
export { Daily, type DailyRequest, type DailyOutcome } from './daily/daily';
export { Reaction, type ReactionOptions } from './reaction/reaction';
export type { ReactionOutcome } from './reaction/reaction-outcome';
export { passesByItself } from './reaction/judge';
export { type PredictionOutcome, type IncompleteInput, PREDICTION_REQUEST } from './daily/prediction-request';
export { Recovery } from './recovery/recovery';
export type { Explanation, RunEnding } from './recovery/explanation';
export type { DeadLetter } from './cascade/dead-letters';
export { Planner, type PlanRequest } from './plan/planner';
export type { Followers, Plan, PlannedStatement, PlannedStep, WaitingUnits } from './plan/plan';
export type { PlanCost } from './plan/plan-cost';
export type { Estimate } from './plan/estimate';
export type { ExplainedWindow, RecordedAttempt, UnitExplanation } from './plan/unit-explanation';
export { describeState } from './planning/describe-state';
export { BACKFILL, CORRECTION_WATCH, DAILY, PLANNER, REACTION, RECOVERY, STATUS, SURVEY, VERIFIER } from './service-identifiers';
