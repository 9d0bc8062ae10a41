import type { UnitState } from '../planning/unit-state';
import type { UnitRun } from './pipeline-survey';

/** What is known beside the state. */
export interface StateFacts {
  readonly storedRows: number;
  readonly run: UnitRun | undefined;
  /** Whether the lake has a document for a unit that is made of one; true for all others. */
  readonly documented: boolean;
}

/** Why a unit is not complete, in words for a person; empty when it is. */
export function explainUnit(state: UnitState, { storedRows, run, documented }: StateFacts): string[] {
  const errors = run?.errors ? [run.errors] : [];
  const lacking = documented ? [] : ['the lake has no document for it: put it there first'];
  switch (state.kind) {
    case 'complete':
      return [];
    case 'missing':
      return ['it has never run', ...lacking];
    case 'partial':
      return ['a part of it is stored', ...lacking, ...errors];
    case 'vanished':
      return [`${storedRows} rows are stored, which is not what its newest run left`, ...lacking];
    case 'failed':
      return [endedAs(state.status), ...lacking, ...(state.status === 'failed' ? errors : [])];
    case 'stale-by-code':
      return ['its query, or what it is made by, has changed since it ran'];
    case 'stale-by-input':
      return [state.change];
    case 'to-be-emptied':
      return [`${storedRows} rows are stored for a date that has no such games any more`];
    default:
      // A state that planning has learned since: its name is better than nothing.
      return [(state as { readonly kind: string }).kind];
  }
}

function endedAs(status: string): string {
  if (status === 'blocked') return 'it was blocked, and nothing holds it any more';
  if (status === 'running') return 'its run died';
  if (status === 'skipped') return 'it was skipped';
  return 'its newest run failed';
}
