import { labelValue, runLabels } from './job-labels';
import { freshJobName, replacementJobName } from './job-identity';
import { aReplacement } from './replacement.fixture';

const lease = { version: 7 };

describe('names of jobs', () => {
  it('are the same for the same work, so that a retry finds its job', () => {
    expect(replacementJobName(aReplacement(), lease)('query', 1)).toBe(replacementJobName(aReplacement(), lease)('query', 1));
  });

  it.each([
    ['run', aReplacement({ runId: 'r2' }), lease],
    ['attempt', aReplacement({ attempt: 2 }), lease],
    ['range', { ...aReplacement(), range: { from: aReplacement().range.from, to: aReplacement().range.from } }, lease],
    ['table', { ...aReplacement(), table: { ...aReplacement().table, name: 'other' } }, lease],
    ['lease', aReplacement(), { version: 8 }],
  ])('differ with the %s', (_, replacement, held) => {
    expect(replacementJobName(replacement, held)('query', 1)).not.toBe(replacementJobName(aReplacement(), lease)('query', 1));
  });

  it('tell steps and tries apart, and are never the same for two questions', () => {
    const name = replacementJobName(aReplacement(), lease);
    expect(new Set([name('query', 1), name('query', 2), name('load', 1), freshJobName()('query', 1), freshJobName()('query', 1)]).size).toBe(5);
  });

  it('are as BigQuery allows', () => {
    for (const name of [replacementJobName(aReplacement(), lease)('query', 12), freshJobName()('load', 3)]) expect(name).toMatch(/^[A-Za-z0-9_-]{1,1024}$/);
  });
});

describe('labels', () => {
  it.each([
    ['PlayerGameSummaryProcessor', 'playergamesummaryprocessor'],
    ['20250128T110000Z-1a2b3c4d', '20250128t110000z-1a2b3c4d'],
    ['nba_raw.box', 'nba_raw-box'],
    ["D'Angelo Ñ 漢", 'd-angelo-ñ-漢'],
    ['x'.repeat(80), 'x'.repeat(63)],
    ['', ''],
  ])('of %p are %p', (text, label) => expect(labelValue(text)).toBe(label));

  it('name processor, phase and run', () => {
    expect(runLabels(aReplacement({ runId: 'Run 1' }).run)).toEqual({ application: 'nba-pipeline', processor: 'boxprocessor', phase: '2', 'run-id': 'run-1' });
  });
});
