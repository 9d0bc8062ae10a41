import fc from 'fast-check';
import { type CompletionEvent, TOPICS, parseCompletionEvent } from './completion-event';
import { addDays, type GameDate } from './game-date';
import { NbaError } from './nba-error';

const event: CompletionEvent = {
  schemaVersion: 1, topic: 'nba-phase2-raw-complete', processor: 'NbacPlayerBoxscoreProcessor', phase: 2, runId: '20250127T110000Z-0123abcd', correlationId: 'c1',
  gameDates: ['2025-01-26' as GameDate], outputTable: 'nba_raw.nbac_player_boxscore', status: 'success', rowCount: 300, skipDownstreamTrigger: false,
};

function faultOf(message: unknown): NbaError {
  try {
    parseCompletionEvent(message);
  } catch (fault) {
    if (fault instanceof NbaError) return fault;
  }
  throw new Error('the message was accepted');
}

describe('parseCompletionEvent', () => {
  it('takes what the document\'s topics carry', () => {
    expect(parseCompletionEvent(event)).toEqual(event);
    expect(TOPICS).toEqual({
      2: 'nba-phase2-raw-complete', 3: 'nba-phase3-analytics-complete', 4: 'nba-phase4-precompute-complete', 5: 'nba-phase5-prediction-request',
    });
  });

  it.each([[null], [undefined], ['text'], [42], [[event]]])('refuses %j for a message', (message) => {
    expect(faultOf(message)).toMatchObject({ code: 'EVENT_INVALID', fields: { field: 'message' } });
  });

  const WRONG: Readonly<Record<keyof CompletionEvent, readonly unknown[]>> = {
    schemaVersion: [undefined, null, 0, 2, '1', true],
    topic: [undefined, null, '', 'nba-phase3-analytics-complete', 'nba-phase2-raw-complete ', 2],
    processor: [undefined, null, '', 7, {}],
    phase: [undefined, null, 1, 6, '2', 2.5, '__proto__'],
    runId: [undefined, null, '', 7, []],
    correlationId: [undefined, null, '', false],
    gameDates: [undefined, null, [], '2025-01-26', ['2025-02-30'], ['26.01.2025'], ['2025-01-26', null], [['2025-01-26', '2025-01-27']], [['2025-01-26']], { 0: '2025-01-26' }],
    outputTable: [undefined, null, '', 1],
    status: [undefined, null, '', 'failed', 'running', 'SUCCESS', ['success']],
    rowCount: [undefined, null, -1, 1.5, NaN, Infinity, '300', 2 ** 53],
    skipDownstreamTrigger: [undefined, null, 0, 1, 'false', ''],
  };
  const cases = Object.entries(WRONG).flatMap(([field, values]) => values.map((value) => [field, value] as const));

  it.each(cases)('names the field when %s is %p', (field, value) => {
    const fault = faultOf({ ...event, [field]: value });
    expect(fault).toMatchObject({ code: 'EVENT_INVALID', fields: { field } });
    expect(fault.message).toContain(`The message's ${field} must `);
  });

  it('says what it found, and no more of it than fits', () => {
    expect(faultOf({ ...event, schemaVersion: 2 }).message).toBe('The message\'s schemaVersion must be 1: this program knows no other, and is 2.');
    expect(faultOf({ ...event, status: 'x'.repeat(10_000) }).message.length).toBeLessThan(200);
    expect(faultOf({ ...event, gameDates: ['2025-02-30'] }).cause).toBeInstanceOf(NbaError);
  });

  const texts = fc.string({ minLength: 1 });
  const valid = fc.constantFrom(2 as const, 3 as const, 4 as const, 5 as const).chain((phase) => fc.record({
    schemaVersion: fc.constant(1 as const), topic: fc.constant(TOPICS[phase]), processor: texts, phase: fc.constant(phase), runId: texts, correlationId: texts,
    gameDates: fc.array(fc.nat(3000).map((days) => addDays('2020-01-01' as GameDate, days)), { minLength: 1, maxLength: 20 }),
    outputTable: texts, status: fc.constantFrom('success' as const, 'partial' as const, 'empty_ok' as const), rowCount: fc.maxSafeNat(), skipDownstreamTrigger: fc.boolean(),
  }, { noNullPrototype: true }));

  it('yields every valid event as it is, unknown fields aside, also after a journey as JSON', () => {
    const known = Object.keys(event);
    fc.assert(fc.property(valid, fc.dictionary(fc.string().filter((name) => !known.includes(name) && name !== '__proto__'), fc.jsonValue()), (made, more) => {
      expect(parseCompletionEvent({ ...more, ...made })).toStrictEqual(made);
      expect(parseCompletionEvent(JSON.parse(JSON.stringify({ ...made, ...more })))).toStrictEqual(made);
    }));
  });
});
