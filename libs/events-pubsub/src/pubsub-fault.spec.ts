import { busFault } from './pubsub-fault';

/** gRPC's codes by name, as its specification numbers them. */
const CODES = { CANCELLED: 1, UNKNOWN: 2, INVALID_ARGUMENT: 3, DEADLINE_EXCEEDED: 4, NOT_FOUND: 5, PERMISSION_DENIED: 7, RESOURCE_EXHAUSTED: 8, FAILED_PRECONDITION: 9, ABORTED: 10, INTERNAL: 13, UNAVAILABLE: 14, UNAUTHENTICATED: 16 };

describe('a fault of Pub/Sub', () => {
  it.each(['CANCELLED', 'UNKNOWN', 'DEADLINE_EXCEEDED', 'RESOURCE_EXHAUSTED', 'ABORTED', 'INTERNAL', 'UNAVAILABLE'] as const)('may be over in a moment: %s', (name) => {
    expect(busFault(Object.assign(new Error(`${CODES[name]} ${name}`), { code: CODES[name] }), 'The topic t', 'p')).toMatchObject({ code: 'EVENTS_UNAVAILABLE', message: expect.stringContaining('The topic t (Pub/Sub of project p)') });
  });

  it.each([['INVALID_ARGUMENT', 'is refused'], ['NOT_FOUND', 'terraform'], ['PERMISSION_DENIED', 'roles/pubsub.publisher'], ['UNAUTHENTICATED', 'roles/pubsub.publisher'], ['FAILED_PRECONDITION', 'is refused']] as const)('will not get better: %s', (name, said) => {
    expect(busFault(Object.assign(new Error(name), { code: CODES[name] }), 'The topic t', 'p')).toMatchObject({ code: 'INVALID_ARGUMENT', message: expect.stringContaining(said) });
  });

  it('of the machine itself may be over in a moment', () => {
    expect(busFault(new Error('socket hang up'), 'The topic t', 'p')).toMatchObject({ code: 'EVENTS_UNAVAILABLE' });
  });
});
