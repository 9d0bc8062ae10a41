import { type CompletionEvent, NbaError, TOPICS, parseCompletionEvent } from '@nba/kernel';
import fc from 'fast-check';
import { completionEvent } from './completion-event.fixture';
import { decodeEvent } from './decode-event';

const FIELDS = Object.keys(completionEvent()) as (keyof CompletionEvent)[];
const decode = (value: unknown) => decodeEvent(Buffer.from(JSON.stringify(value)));

/** What the kernel says: the event, or the field that is wrong. */
function judgementOf(message: unknown): { event: CompletionEvent } | { field: string | undefined } {
  try {
    return { event: parseCompletionEvent(message) };
  } catch (fault) {
    return { field: (fault as NbaError).fields.field };
  }
}
function ownJudgementOf(message: unknown) {
  const decoded = decode(message);
  return 'event' in decoded ? { event: decoded.event } : { field: decoded.refused.field };
}

/** What could stand in a field: right somewhere, wrong elsewhere. */
const VALUES: readonly unknown[] = [
  undefined, null, true, false, 0, -0, 1, 2, 3, 4, 5, 6, -1, 1.5, 1e21, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER + 1, '', ' ', '1', '2', 'text', ...Object.values(TOPICS),
  'success', 'partial', 'empty_ok', 'Success', 'failed', {}, { length: 1 }, { toString: false }, [], [null], [''], ['2025-01-26'], ['2025-01-26', '2024-12-31'], ['2025-02-30'], ['2025-1-26'],
  ['2025-01-26T00:00:00Z'], [20250126], [['2025-01-26']], ['2025-01-26', 'x'], '2025-01-26',
];

describe('a message is judged as the kernel judges it', () => {
  it.each(FIELDS)('whatever stands in %s', (field) => {
    for (const value of VALUES) {
      const message = JSON.parse(JSON.stringify({ ...completionEvent(), [field]: value })) as unknown;
      expect({ value, judgement: ownJudgementOf(message) }).toEqual({ value, judgement: judgementOf(message) });
    }
  });

  it('whatever stands in several fields at once, or in none', () => {
    const changes = fc.dictionary(fc.constantFrom(...FIELDS, 'unknown'), fc.oneof(fc.constantFrom(...VALUES), fc.jsonValue()), { maxKeys: 4 });
    fc.assert(fc.property(changes, (changed) => {
      const message = JSON.parse(JSON.stringify({ ...completionEvent(), ...changed })) as unknown;
      expect(ownJudgementOf(message)).toEqual(judgementOf(message));
    }), { numRuns: 500 });
  });

  it('whatever JSON it is', () => {
    fc.assert(fc.property(fc.jsonValue(), (message) => expect(ownJudgementOf(message)).toEqual(judgementOf(JSON.parse(JSON.stringify(message))))));
  });

  it.each(Object.entries(TOPICS))('phase %s with its topic', (phase, topic) => {
    const event = completionEvent('r', { phase: Number(phase) as CompletionEvent['phase'], topic });
    expect(decode(event)).toEqual({ event });
  });
});

describe('decodeEvent', () => {
  it.each([['nothing', Buffer.alloc(0)], ['half an object', Buffer.from('{"schemaVersion":1')], ['what is not UTF-8', Buffer.from([0x22, 0xff, 0x22])]])('refuses %s', (_what, data) => {
    expect(decodeEvent(data)).toEqual({ refused: { field: 'message', reason: expect.stringContaining('JSON in UTF-8') } });
  });

  it('says which version it knows, and shows no more of a value than fits a line', () => {
    expect(decode({ ...completionEvent(), schemaVersion: 2 })).toEqual({ refused: { field: 'schemaVersion', reason: "The message's schemaVersion must be 1: this program knows no other, and is 2." } });
    const long = decode({ ...completionEvent(), status: 'x'.repeat(10_000) });
    expect('refused' in long && long.refused.reason.length).toBeLessThan(200);
  });
});
