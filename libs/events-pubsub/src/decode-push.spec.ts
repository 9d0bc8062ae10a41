import { completionEvent } from './completion-event.fixture';
import { decodePush } from './decode-push';

const SUBSCRIPTION = 'projects/nba/subscriptions/nba-phase2-raw-complete.handler';
const base64 = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64');

/** As the service sends it, both spellings of some names included. */
const body = (message: object = {}, outer: object = {}): unknown => ({
  message: {
    data: base64(completionEvent()), attributes: { phase: '2' }, messageId: '136969346945', message_id: '136969346945', publishTime: '2025-01-27T11:00:00.5Z',
    publish_time: '2025-01-27T11:00:00.5Z', orderingKey: '2025-01-26', ...message,
  },
  subscription: SUBSCRIPTION, deliveryAttempt: 3, ...outer,
});

describe('decodePush', () => {
  it('yields the event and what is known of the delivery', () => {
    expect(decodePush(body())).toEqual({ event: completionEvent(), messageId: '136969346945', subscription: SUBSCRIPTION, deliveryAttempt: 3, attributes: { phase: '2' } });
  });

  it('yields of the attributes those that are texts, as all of them should be', () => {
    expect(decodePush(body({ attributes: { traceparent: '00-1', phase: 2 } })).attributes).toEqual({ traceparent: '00-1' });
  });

  it('does without what the service may leave out', () => {
    const lean = body({ attributes: undefined, orderingKey: undefined, publishTime: undefined }, { deliveryAttempt: undefined });
    expect(decodePush(JSON.parse(JSON.stringify(lean)))).toEqual({ event: completionEvent(), messageId: '136969346945', subscription: SUBSCRIPTION });
  });

  it.each([
    ['body', null], ['body', []], ['body', 'text'], ['message', { subscription: SUBSCRIPTION }], ['message', body({}, { message: 'text' })], ['message', body({}, { message: [] })],
    ['subscription', body({}, { subscription: undefined })], ['subscription', body({}, { subscription: 'nba-phase2-raw-complete.handler' })], ['subscription', body({}, { subscription: 7 })],
    ['deliveryAttempt', body({}, { deliveryAttempt: 0 })], ['deliveryAttempt', body({}, { deliveryAttempt: '3' })], ['deliveryAttempt', body({}, { deliveryAttempt: 1.5 })],
    ['message.messageId', body({ messageId: undefined })], ['message.messageId', body({ messageId: '' })], ['message.messageId', body({ messageId: 7 })],
    ['message.data', body({ data: undefined })], ['message.data', body({ data: '{"schemaVersion":1}' })], ['message.data', body({ data: 7 })],
    ['message.attributes', body({ attributes: 'text' })], ['message.orderingKey', body({ orderingKey: 7 })],
    ['message', body({ data: base64('not JSON') })], ['message', body({ data: base64('null') })], ['schemaVersion', body({ data: base64({ ...completionEvent(), schemaVersion: 2 }) })],
    ['gameDates', body({ data: base64({ ...completionEvent(), gameDates: ['26.1.2025'] }) })],
  ])('refuses a wrong %s: %j', (field, pushed) => {
    const decoded = decodePush(pushed);
    expect(decoded.event).toBeUndefined();
    expect(decoded.refused).toEqual({ field, reason: expect.stringContaining(field) });
  });

  it('tells which message it refuses, as far as it is known', () => {
    expect(decodePush(body({ data: base64('{}') }))).toMatchObject({ messageId: '136969346945', subscription: SUBSCRIPTION, deliveryAttempt: 3 });
  });
});
