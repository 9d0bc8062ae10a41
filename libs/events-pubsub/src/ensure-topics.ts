import type { PubSub, CreateSubscriptionOptions } from '@google-cloud/pubsub';
import { TOPICS, type Topic } from '@nba/kernel';
import { deadLetterSubscriptionOf, deadLetterTopicOf, subscriptionOf } from './names';
import { openPubSub } from './open-pubsub';
import { existsAlready } from './pubsub-fault';

export interface TopicsToEnsure {
  readonly project: string;
  /** Default is `handler`. */
  readonly consumer?: string;
  /** Where the messages of a topic are pushed to; undefined for subscriptions that are pulled. */
  readonly pushEndpoint?: (topic: Topic) => string;
  /** The account whose token push requests carry, and for whom. Only with `pushEndpoint`. */
  readonly oidcToken?: { readonly serviceAccountEmail: string; readonly audience: string };
  /** Deliveries before a message is a dead letter. Default is 5, the fewest that Pub/Sub allows. */
  readonly maxDeliveryAttempts?: number;
}

/** Makes topics, dead letters and subscriptions where they are missing: for tests and emulators. In production Terraform makes them. @throws NbaError PACKAGE_MISSING without `@google-cloud/pubsub` */
export async function ensureTopics(wanted: TopicsToEnsure): Promise<void> {
  const { PubSub } = openPubSub();
  const client = new PubSub({ projectId: wanted.project });
  try {
    await Promise.all(Object.values(TOPICS).map((topic) => ensureTopic(client, topic, wanted)));
  } finally {
    await client.close();
  }
}

async function ensureTopic(client: PubSub, topic: Topic, { project, consumer = 'handler', pushEndpoint, oidcToken, maxDeliveryAttempts = 5 }: TopicsToEnsure): Promise<void> {
  const dead = deadLetterTopicOf(topic);
  for (const name of [dead, topic]) await unlessItExists(client.createTopic(name));
  const kept: CreateSubscriptionOptions = { ackDeadlineSeconds: 600, expirationPolicy: { ttl: null } };
  await unlessItExists(client.topic(dead).createSubscription(deadLetterSubscriptionOf(topic), kept));
  await unlessItExists(client.topic(topic).createSubscription(subscriptionOf(topic, consumer), {
    ...kept,
    enableMessageOrdering: true,
    deadLetterPolicy: { deadLetterTopic: `projects/${project}/topics/${dead}`, maxDeliveryAttempts },
    retryPolicy: { minimumBackoff: { seconds: 10 }, maximumBackoff: { seconds: 600 } },
    ...(pushEndpoint && { pushConfig: { pushEndpoint: pushEndpoint(topic), ...(oidcToken && { oidcToken }) } }),
  }));
}

async function unlessItExists(making: Promise<unknown>): Promise<void> {
  await making.catch((fault: unknown) => {
    if (!existsAlready(fault)) throw fault;
  });
}
