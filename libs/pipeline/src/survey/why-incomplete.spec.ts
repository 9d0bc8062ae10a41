import type { UnitState } from '../planning/unit-state';
import type { UnitRun } from './pipeline-survey';
import { whyIncomplete } from './why-incomplete';

const run = (errors: string | null): UnitRun => ({ runId: 'r1', status: 'failed', startedAt: '2025-01-27T11:00:00.000Z', statementMs: 10, unitsTogether: 1, keys: null, coverageGaps: null, errors });

describe('whyIncomplete', () => {
  it.each<[UnitState, string[]]>([
    [{ kind: 'complete' }, []],
    [{ kind: 'missing' }, ['missing: it has never run']],
    [{ kind: 'partial' }, ['partial: a part of it is stored', 'no NOP']],
    [{ kind: 'failed', status: 'failed' }, ['failed: its newest run', 'no NOP']],
    // What it waited for at that time is no news any more.
    [{ kind: 'failed', status: 'blocked' }, ['freed: it was blocked, and nothing holds it any more']],
    [{ kind: 'failed', status: 'running' }, ['died while running']],
    [{ kind: 'failed', status: 'skipped' }, ['skipped: it was not its turn']],
    [{ kind: 'vanished' }, ['vanished: the stored rows are not those that its run left']],
    [{ kind: 'stale-by-code' }, ['stale: the code that makes it has changed']],
    [{ kind: 'stale-by-input', change: 'nba_raw.nbac_player_boxscore 2025-01-26 changed' }, ['stale: nba_raw.nbac_player_boxscore 2025-01-26 changed']],
    [{ kind: 'to-be-emptied' }, ['to be emptied: no such game is on the date any more']],
  ])('says of %j why it is not complete', (state, why) => {
    expect(whyIncomplete(state, { run: run('no NOP'), documented: true })).toEqual(why);
  });

  it('says first what only people can do', () => {
    expect(whyIncomplete({ kind: 'missing' }, { run: undefined, documented: false })).toEqual(['missing: it has never run', 'the lake has no document for it: put it there first']);
  });
});
