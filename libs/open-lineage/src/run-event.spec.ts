import type { RunEnd } from '@nba/kernel';
import { findFaults } from './published-schemas.fixture';
import { IN_CLOUD, PLACES, RUN } from './run.fixture';
import { type RunEvent, runEvent } from './run-event';
import { uuidOf } from './run-uuid';

const END: RunEnd = { kind: 'complete', at: '2024-10-30T12:00:09.000Z', rows: 42, fault: null };
const RAW = { ...RUN, documents: 'player-boxscores', sql: null } as const;

describe('an OpenLineage run event', () => {
  it.each<[string, RunEvent]>([
    ['START', runEvent(RUN, undefined, PLACES)], ['COMPLETE', runEvent(RUN, END, PLACES)], ['FAIL', runEvent(RUN, { ...END, kind: 'failed', fault: '2024-10-22: why' }, IN_CLOUD)],
    ['ABORT', runEvent(RUN, { ...END, kind: 'aborted', fault: 'interrupted' }, PLACES)], ['START', runEvent(RAW, undefined, IN_CLOUD)],
    ['COMPLETE', runEvent({ ...RAW, correlationId: 'my own', trigger: 'message 1 and 3 more' }, END, PLACES)],
  ])('%s keeps to the published schemas, its facets included', (type, event) => {
    expect(event.eventType).toBe(type);
    expect(findFaults(JSON.parse(JSON.stringify(event)) as RunEvent)).toEqual([]);
  });

  it('is found out when it does not', () => {
    const event = runEvent(RUN, END, PLACES);
    expect(findFaults({ ...event, eventTime: 'yesterday' }).join()).toContain('/eventTime must match format "date-time"');
    expect(findFaults({ ...event, run: { ...event.run, runId: RUN.runId } }).join()).toContain('/run/runId must match format "uuid"');
    const rename = { ...event, run: { ...event.run, facets: { nominal: event.run.facets['nominalTime'] as never } } };
    expect(findFaults(rename).join()).toContain('nominal is not what');
    const untimed = { ...event, run: { ...event.run, facets: { nominalTime: { ...(event.run.facets['nominalTime'] as never as object), nominalStartTime: 7 } as never } } };
    expect(findFaults(untimed).join()).toContain('/nominalStartTime must be string');
  });

  it('tells what was read and written, when and for which game dates', () => {
    const { eventTime, run, job, inputs, outputs } = runEvent(RUN, END, IN_CLOUD);
    expect(eventTime).toBe(END.at);
    expect(job).toMatchObject({ namespace: 'nba', name: 'FormProcessor', facets: { sql: { query: 'SELECT 1' } } });
    // Midnight in New York: summer time until 3 November.
    expect(run.facets).toMatchObject({
      nominalTime: { nominalStartTime: '2024-10-22T04:00:00Z', nominalEndTime: '2024-11-06T05:00:00Z' },
      parent: { run: { runId: RUN.correlationId }, job: { namespace: 'nba', name: 'request backfill all' } }, nba_run: { runId: RUN.runId, units: 9 },
    });
    expect(inputs).toMatchObject([{ namespace: 'bigquery', name: 'my-project.nba_raw.lines', inputFacets: { nba_columnsRead: { columns: ['game_id', 'game_date', 'points'] } } }]);
    expect(outputs).toMatchObject([{
      namespace: 'bigquery', name: 'my-project.nba_analytics.form', outputFacets: { outputStatistics: { rowCount: 42 } },
      facets: { dataSource: { name: 'bigquery', uri: 'bigquery:my-project' }, schema: { fields: [{ name: 'game_id', type: 'STRING', description: 'Game' }, { name: 'game_date', type: 'DATE' }, { name: 'points', type: 'INT64' }] } },
    }]);
  });

  it('names documents by their folder or bucket, and a DuckDB table by its file', () => {
    expect(runEvent(RAW, undefined, PLACES).inputs.at(-1)).toMatchObject({ namespace: 'file', name: '/data/lake/nba-com/player-boxscores' });
    expect(runEvent(RAW, undefined, IN_CLOUD).inputs.at(-1)).toMatchObject({ namespace: 'gs://my-lake', name: 'raw/nba-com/player-boxscores' });
    expect(runEvent(RUN, undefined, PLACES).outputs).toMatchObject([{ namespace: 'duckdb:///data/warehouse.duckdb', name: 'nba_analytics.form' }]);
  });

  it('says why a run failed, and of one that never began nothing of rows', () => {
    expect(runEvent(RUN, { ...END, kind: 'failed', fault: '2024-10-22: why' }, PLACES).run.facets['errorMessage']).toMatchObject({ message: '2024-10-22: why' });
    expect(runEvent(RUN, { ...END, kind: 'aborted', fault: 'interrupted' }, PLACES).outputs[0]?.outputFacets).toBeUndefined();
  });
});

describe('the UUID of a run', () => {
  it('is the same for the same id, another for another, and a UUID as it is', () => {
    expect(uuidOf(RUN.runId)).toBe(uuidOf(RUN.runId));
    expect(uuidOf(RUN.runId)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(Array.from({ length: 1000 }, (_, i) => uuidOf(`run ${i}`))).size).toBe(1000);
    expect(uuidOf(RUN.correlationId.toUpperCase())).toBe(RUN.correlationId);
  });
});
