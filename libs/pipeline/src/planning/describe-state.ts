import type { UnitState } from './unit-state';

/** Why a unit is to be run, in a few words. */
export function describeState(state: UnitState): string {
  switch (state.kind) {
    case 'complete':
      return 'forced: it is complete';
    case 'missing':
      return 'missing: it has never run';
    case 'vanished':
      return 'vanished: the stored rows are not those that its run left';
    case 'partial':
      return 'partial: a part of it is stored';
    case 'stale-by-code':
      return 'stale: the code that makes it has changed';
    case 'stale-by-input':
      return `stale: ${state.change}`;
    case 'to-be-emptied':
      return 'to be emptied: no such game is on the date any more';
    case 'failed':
      return endedAs(state.status);
  }
}

function endedAs(status: string): string {
  if (status === 'blocked') return 'freed: it was blocked, and nothing holds it any more';
  if (status === 'running') return 'died while running';
  if (status === 'skipped') return 'skipped: it was not its turn';
  return 'failed: its newest run';
}
