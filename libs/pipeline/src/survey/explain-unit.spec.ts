import type { UnitState } from '../planning/unit-state';
import { explainUnit } from './explain-unit';
import type { UnitRun } from './pipeline-survey';

const run = (errors: string | null): UnitRun => ({ runId: 'r1', status: 'failed', startedAt: '2025-01-27T11:00:00.000Z', statementMs: 10, unitsTogether: 1, keys: null, coverageGaps: null, errors });

describe('explainUnit', () => {
  it.each<[UnitState, string[]]>([
    [{ kind: 'complete' }, []],
    [{ kind: 'missing' }, ['it has never run']],
    [{ kind: 'partial' }, ['a part of it is stored', 'no NOP']],
    [{ kind: 'failed', status: 'failed' }, ['its newest run failed', 'no NOP']],
    // What it waited for at that time is no news any more.
    [{ kind: 'failed', status: 'blocked' }, ['it was blocked, and nothing holds it any more']],
    [{ kind: 'failed', status: 'running' }, ['its run died']],
    [{ kind: 'failed', status: 'skipped' }, ['it was skipped']],
    [{ kind: 'vanished' }, ['7 rows are stored, which is not what its newest run left']],
    [{ kind: 'stale-by-code' }, ['its query, or what it is made by, has changed since it ran']],
    [{ kind: 'stale-by-input', change: 'nba_raw.nbac_player_boxscore 2025-01-26 changed' }, ['nba_raw.nbac_player_boxscore 2025-01-26 changed']],
    [{ kind: 'to-be-emptied' }, ['7 rows are stored for a date that has no such games any more']],
    [{ kind: 'news' } as unknown as UnitState, ['news']],
  ])('says of %j why it is not complete', (state, why) => {
    expect(explainUnit(state, { storedRows: 7, run: run('no NOP'), documented: true })).toEqual(why);
  });

  it('says first what only people can do', () => {
    expect(explainUnit({ kind: 'missing' }, { storedRows: 0, run: undefined, documented: false })).toEqual(['it has never run', 'the lake has no document for it: put it there first']);
  });
});
