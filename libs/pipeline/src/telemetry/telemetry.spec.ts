import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { CompletionEvent, EventBus, MessageAttributes } from '@nba/kernel';
import { completionOf } from '../completion-event.fixture';
import type { UnitOutcome } from '../running/unit-outcome';
import { D3, DATES, ToyLeague, linesOn } from '../toy-league.fixture';
import { toyForm, toyPoints } from '../toy-processors.fixture';
import { Reaction } from '../reaction/reaction';
import { ATTRIBUTE, METRIC } from './names';
import { RecordingSdk } from './recording-sdk.fixture';
import { tracePlace } from './requests';
import { tracedBus } from './traced-bus';

const unitsOf = ({ phases }: Awaited<ReturnType<ToyLeague['run']>>): UnitOutcome[] => phases.flatMap(({ outcomes }) => [...outcomes]);

/** `<processor> <status>` with how many there are. */
function countedBy(units: readonly UnitOutcome[], value: (unit: UnitOutcome) => string | undefined, by: (unit: UnitOutcome) => number = () => 1): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const unit of units) {
    const key = value(unit);
    if (key !== undefined && by(unit) > 0) counts[key] = (counts[key] ?? 0) + by(unit);
  }
  return counts;
}

describe('a backfill in a process with an OpenTelemetry SDK', () => {
  let league: ToyLeague;
  let sdk: RecordingSdk;
  beforeEach(async () => {
    league = await ToyLeague.open();
    sdk = new RecordingSdk();
  });
  afterEach(async () => {
    await sdk.close();
    await league.close();
  });

  const pointsOf = async (metric: string, ...names: string[]): Promise<Record<string, number>> =>
    Object.fromEntries((await sdk.points(metric)).map(({ of, value }) => [names.map((name) => of[name]).join(' '), value]));

  it('is one trace: the request, plans and groups in it, statements in these', async () => {
    const outcome = await league.run({ correlationId: 'one-request' });
    const [request, ...others] = sdk.named('request');
    expect(others).toEqual([]);
    expect(request).toMatchObject({ name: 'request backfill', parentSpanContext: undefined, attributes: { [ATTRIBUTE.trigger]: 'spec', [ATTRIBUTE.correlationId]: 'one-request' } });
    expect(new Set(sdk.spans.map((span) => span.spanContext().traceId))).toEqual(new Set([request?.spanContext().traceId]));

    // A season is one group; every processor is planned once for the request and those of Phases 3 and 4 are not asked for again.
    const tables = ['nba_raw.nbac_schedule', 'nba_raw.toy_points', 'nba_analytics.toy_form', 'nba_precompute.toy_tiers'];
    expect(sdk.named('group').map((span) => sdk.pathOf(span))).toEqual(tables.map((table) => [`group ${table}`, 'request backfill']));
    expect(sdk.named('plan').map(({ name }) => name)).toEqual(tables.map((table) => `plan ${table}`));
    expect(sdk.named('statement REPLACE').map((span) => sdk.pathOf(span))).toEqual(tables.map((table) => [`statement REPLACE ${table}`, `group ${table}`, 'request backfill']));
    expect(sdk.spans.filter((span) => span.name !== 'request backfill' && sdk.pathOf(span).at(-1) !== 'request backfill')).toEqual([]);

    const form = sdk.named('group nba_analytics.toy_form')[0];
    const own = unitsOf(outcome).filter(({ processor }) => processor === toyForm);
    expect(form?.attributes).toEqual({
      'nba.processor': 'ToyFormProcessor', 'nba.phase': 3, 'nba.run_id': own[0]?.runId, 'nba.correlation_id': 'one-request', 'nba.game_dates.from': DATES[0], 'nba.game_dates.to': DATES.at(-1),
      'nba.units': 6, 'nba.rows': 24, 'nba.changes': own.reduce((sum, { changes }) => sum + changes, 0), 'nba.units.failed': 0,
    });
    expect(sdk.named('plan nba_analytics.toy_form')[0]?.attributes).toMatchObject({ 'nba.units.ready': 6, 'nba.groups': 1, 'nba.units.blocked': 0, 'nba.units.complete': 0 });
    const replaced = sdk.named('statement REPLACE nba_analytics.toy_form')[0];
    expect(replaced).toMatchObject({ kind: SpanKind.CLIENT, attributes: { 'db.system.name': 'duckdb', 'db.operation.name': 'REPLACE', 'db.collection.name': 'nba_analytics.toy_form' } });
    expect(replaced?.attributes['db.query.text']).toContain('points_last_2');
    expect(sdk.spans.every(({ status }) => status.code === SpanStatusCode.UNSET)).toBe(true);
  });

  it('counts what the run reports: units by status, rows, changes, and the time of every group and statement', async () => {
    await league.scrape(D3, 'no JSON');
    const outcome = await league.run();
    const units = unitsOf(outcome);
    expect(new Set(units.map(({ status }) => status))).toEqual(new Set(['success', 'failed', 'blocked']));
    expect(await pointsOf(METRIC.unitsEnded, ATTRIBUTE.processor, ATTRIBUTE.status)).toEqual(countedBy(units, ({ processor, status }) => `${processor.name} ${status}`));
    expect(await pointsOf(METRIC.unitsBlocked, ATTRIBUTE.processor)).toEqual(countedBy(units, ({ processor, status }) => (status === 'blocked' ? processor.name : undefined)));
    expect(await pointsOf(METRIC.rowsWritten, ATTRIBUTE.processor)).toEqual(countedBy(units, ({ processor }) => processor.name, ({ rows }) => rows));
    expect(await pointsOf(METRIC.changes, ATTRIBUTE.processor)).toEqual(countedBy(units, ({ processor }) => processor.name, ({ changes }) => changes));
    const groups = new Set(units.filter(({ status }) => status !== 'blocked').map(({ runId }) => runId)).size;
    expect((await sdk.points(METRIC.groupDuration)).reduce((sum, { value }) => sum + value, 0)).toBe(groups);
    expect((await sdk.points(METRIC.statementDuration)).reduce((sum, { value }) => sum + value, 0)).toBe(sdk.named('statement').length);
  });

  it('marks the group of a unit that fails, and the statements that failed under it', async () => {
    await league.scrape(D3, linesOn(D3, { 11: 666 }));
    const outcome = await league.run();
    const failed = unitsOf(outcome).filter(({ status }) => status === 'failed');
    expect(failed.map(({ date }) => date)).toEqual([D3]);
    const [group] = sdk.named('group nba_analytics.toy_form');
    expect(group?.status).toEqual({ code: SpanStatusCode.ERROR, message: expect.stringContaining(`1 of 6 units failed, the first ${D3}`) });
    expect(group?.attributes).toMatchObject({ 'nba.units.failed': 1, 'error.type': 'UNITS_FAILED' });
    const broken = sdk.named('statement REPLACE nba_analytics.toy_form').filter(({ status }) => status.code === SpanStatusCode.ERROR);
    expect(broken.length).toBeGreaterThan(1);
    expect(broken[0]).toMatchObject({ attributes: { 'error.type': 'WAREHOUSE_STATEMENT_FAILED' }, events: [{ name: 'exception' }] });
    expect(await pointsOf(METRIC.statementDuration, ATTRIBUTE.collection, ATTRIBUTE.errorType)).toMatchObject({ 'nba_analytics.toy_form WAREHOUSE_STATEMENT_FAILED': broken.length });
    expect(sdk.named('request')[0]?.status.code).toBe(SpanStatusCode.UNSET);
  });

  it('tells of every event that is published and consumed, the one under the other', async () => {
    await league.run();
    const published = sdk.named('event publish');
    expect(published.map(({ attributes }) => attributes['nba.run_id'])).toEqual(league.bus.published.map(({ runId }) => runId));
    expect(published[0]).toMatchObject({ kind: SpanKind.PRODUCER, attributes: { 'messaging.system': 'in_process', 'messaging.operation.name': 'publish', 'messaging.destination.name': 'nba-phase2-raw-complete' } });
    // Nobody consumes the completion of Phase 4.
    const consumed = sdk.named('event process');
    expect(consumed.map((span) => sdk.pathOf(span))).toEqual(
      published.filter(({ attributes }) => attributes['nba.phase'] !== 4).map(({ name }) => [name.replace('publish', 'process'), name, 'request backfill']),
    );
    expect((await sdk.points(METRIC.eventsPublished)).reduce((sum, { value }) => sum + value, 0)).toBe(published.length);
    expect((await sdk.points(METRIC.eventsConsumed)).reduce((sum, { value }) => sum + value, 0)).toBe(consumed.length);
  });

  it('goes on with the trace of the message that asks for it, and links the others', async () => {
    await league.run({ phases: [2], skipDownstreamTrigger: true });
    const sent: [CompletionEvent, MessageAttributes | undefined][] = [];
    const elsewhere: EventBus = { consumers: 'elsewhere', publish: async (event, attributes) => { sent.push([event, attributes]); }, subscribe: () => () => undefined, drain: async () => undefined };
    const event = completionOf(toyPoints, DATES);
    await tracedBus(elsewhere).publish(event);
    await tracedBus(elsewhere).publish(event);
    const [first, second] = sdk.named('event publish');
    expect(sent.map(([, attributes]) => attributes?.['traceparent'])).toEqual([first, second].map((span) => `00-${span?.spanContext().traceId}-${span?.spanContext().spanId}-01`));

    await new Reaction({ ...league.parts, bus: elsewhere }).react([event, event], { trigger: 'message 1', holder: 'spec', attributes: sent.map(([, attributes]) => attributes) });
    const [request] = sdk.named('request reaction');
    expect(request).toMatchObject({ kind: SpanKind.CONSUMER, parentSpanContext: { spanId: first?.spanContext().spanId }, links: [{ context: { spanId: second?.spanContext().spanId } }] });
    expect(sdk.named('group nba_analytics')[0]?.spanContext().traceId).toBe(first?.spanContext().traceId);
  });

  it('says where in a trace the work is', async () => {
    const places: (string | undefined)[] = [];
    await league.run({ phases: [2] }, undefined, () => places.push(tracePlace()?.traceId));
    expect(new Set(places)).toEqual(new Set([sdk.named('request')[0]?.spanContext().traceId]));
    expect(tracePlace()).toBeUndefined();
  });
});

describe('a backfill in a process without an SDK', () => {
  it('comes to the same rows and outcomes, and records nothing', async () => {
    const [plain, traced] = [await ToyLeague.open(), await ToyLeague.open()];
    const told = (outcome: Awaited<ReturnType<ToyLeague['run']>>) => unitsOf(outcome).map(({ processor, date, status, rows, changes }) => [processor.name, date, status, rows, changes]);
    const recording: (boolean | undefined)[] = [];
    const without = told(await plain.run({}, undefined, () => recording.push(trace.getActiveSpan()?.isRecording() ?? false)));
    expect(new Set(recording)).toEqual(new Set([false]));
    const sdk = new RecordingSdk();
    const within = told(await traced.run({}, undefined, () => recording.push(trace.getActiveSpan()?.isRecording() ?? false)));
    expect(recording.at(-1)).toBe(true);
    await sdk.close();
    expect(within).toEqual(without);
    expect(await traced.rows(toyForm.table)).toEqual(await plain.rows(toyForm.table));
    for (const league of [plain, traced]) await league.close();
  });

  it('gives messages nothing to carry', async () => {
    const sent: unknown[] = [];
    await tracedBus({ consumers: 'elsewhere', publish: async (_event, attributes) => { sent.push(attributes); }, subscribe: () => () => undefined, drain: async () => undefined }).publish(completionOf(toyPoints, DATES));
    expect(sent).toEqual([{}]);
  });
});
