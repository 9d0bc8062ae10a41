import { packageFault } from '@nba/kernel';

/**
 * Google's client library for Pub/Sub, loaded when a bus is made and not sooner: reading a push request needs no client.
 * @throws NbaError PACKAGE_MISSING when `@google-cloud/pubsub` is not installed
 */
export function openPubSub(): typeof import('@google-cloud/pubsub') {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- who only imports this library need not have it; and `import()` would make a bus's constructor asynchronous
    return require('@google-cloud/pubsub') as typeof import('@google-cloud/pubsub');
  } catch (fault) {
    throw packageFault(fault, '@google-cloud/pubsub@5', 'The event bus on Pub/Sub');
  }
}
