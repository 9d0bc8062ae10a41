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
export { Verifier, type PhaseVerification, type TableVerification } from './verification/verifier';
export { PipelineStatus, type ProcessorStatus } from './status/pipeline-status';
export { guardDependencies } from './planning/guard-dependencies';
export { Daily, type DailyRequest, type DailyOutcome } from './daily/daily';
export { type PredictionOutcome, type IncompleteInput, PREDICTION_REQUEST } from './daily/prediction-request';
export { Recovery } from './recovery/recovery';
export type { Explanation, RunEnding } from './recovery/explanation';
export type { DeadLetter } from './cascade/dead-letters';
export { BACKFILL, DAILY, RECOVERY, STATUS, VERIFIER } from './service-identifiers';
