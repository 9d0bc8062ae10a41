export { decodePush, type Delivery, type PushedEvent } from './decode-push';
export { decodeEvent, type Decoded, type Refusal } from './decode-event';
export { ensureTopics, type TopicsToEnsure } from './ensure-topics';
export { deadLetterSubscriptionOf, deadLetterTopicOf, subscriptionOf } from './names';
export { PubSubEventBus, type PubSubEventBusOptions } from './pubsub-event-bus';
