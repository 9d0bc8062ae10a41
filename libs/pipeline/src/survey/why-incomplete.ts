import { describeState } from '../planning/describe-state';
import type { UnitState } from '../planning/unit-state';
import type { UnitRun } from './pipeline-survey';

/** What is known beside the state. */
export interface StateFacts {
  readonly run: UnitRun | undefined;
  /** Whether the lake has a document for a unit that is made of one; true for all others. */
  readonly documented: boolean;
}

/** Why a unit is not complete, in words for a person: its state, what only people can do, what its run has found. Empty when it is. */
export function whyIncomplete(state: UnitState, { run, documented }: StateFacts): string[] {
  if (state.kind === 'complete') return [];
  // What a unit waited for when it was blocked is no news any more.
  const isNews = state.kind === 'partial' || (state.kind === 'failed' && state.status === 'failed');
  return [describeState(state), ...(documented ? [] : ['the lake has no document for it: put it there first']), ...(isNews && run?.errors ? [run.errors] : [])];
}
