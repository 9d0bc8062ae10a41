export {
  type Phase, type Upstream, type Upstreams, type PipelineSettings, type QueryContext, type Processor, type QueryProcessor, type DocumentProcessor,
  type LakeDocument, type RawInput, type RawOutput, type Finding, processorName, isSeasonal, defineProcessor, defineDocumentProcessor, reads, blocks, informs,
} from './processor';
export { relationColumns, renderRelation, renderSpine, renderQuery } from './relation';
export { type Registry, createRegistry } from './registry';
export { codeVersion } from './code-version';
export { type UnitState, type UnitFacts, type RecordedRun, type RecordedChange, unitState } from './unit-state';
export { type PlannedUnit, type BlockedUnit, type UnitPlan, groupUnits } from './planned-unit';
export { type UnitOutcome, isComplete } from './unit-outcome';
export { Backfill, type BackfillRequest, type BackfillOutcome, type PhaseOutcome, type FailurePolicy, type Progress, isPhaseComplete } from './backfill';
export { Verifier, type PhaseVerification, type TableVerification } from './verifier';
export { PipelineStatus, type ProcessorStatus } from './pipeline-status';
export { BACKFILL, STATUS, VERIFIER } from './service-identifiers';
