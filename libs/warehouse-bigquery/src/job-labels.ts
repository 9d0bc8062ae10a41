import type { Row, RunIdentity } from '@nba/kernel';

/** Labels of a job, as BigQuery's billing and job lists show them. */
export type JobLabels = Readonly<Record<string, string>>;

const LABEL_LENGTH = 63;

/** A label's value by BigQuery's rules: at most 63 lower-case letters, digits, `_` and `-`; anything else becomes `-`. */
export const labelValue = (text: string): string => text.toLowerCase().replace(/[^\p{Ll}\p{Lo}\p{N}_-]/gu, '-').slice(0, LABEL_LENGTH);

/** The labels of a run's jobs: which processor, phase and run it was that cost something. */
export function runLabels({ processorName, phase, runId }: Pick<RunIdentity, 'processorName' | 'phase' | 'runId'>): JobLabels {
  return { application: 'nba-pipeline', processor: labelValue(processorName), phase: labelValue(String(phase)), 'run-id': labelValue(runId) };
}

/** The labels of jobs that belong to no run: planning, verification, an operator's question. */
export const QUESTION_LABELS: JobLabels = { application: 'nba-pipeline' };

/** The labels of the job that appends rows: of the run that they tell of, where they all tell of one. */
export function labelsOfRows(rows: readonly Row[]): JobLabels {
  const [{ processor_name: processorName, phase, run_id: runId } = {} as Row] = rows;
  const isOne = typeof processorName === 'string' && typeof phase === 'number' && typeof runId === 'string' && rows.every((row) => row['run_id'] === runId);
  return isOne ? runLabels({ processorName, phase, runId }) : QUESTION_LABELS;
}
