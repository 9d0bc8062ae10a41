import { labelsOfRows, QUESTION_LABELS } from './job-labels';

const row = (runId: string) => ({ processor_name: 'BoxProcessor', phase: 2, run_id: runId, status: 'running' });

describe('the labels of the job that appends rows', () => {
  it('are those of the run that the rows tell of', () =>
    expect(labelsOfRows([row('20250127T120000Z-ab'), row('20250127T120000Z-ab')])).toEqual({ application: 'nba-pipeline', processor: 'boxprocessor', phase: '2', 'run-id': '20250127t120000z-ab' }));

  it.each([['of several runs', [row('a'), row('b')]], ['of none', [{ run_id: 'a', published_at: '2025-01-27' }]], ['that are none', []]])('name no run for rows %s', (_, rows) =>
    expect(labelsOfRows(rows)).toEqual(QUESTION_LABELS));
});
