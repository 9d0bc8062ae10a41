import type { Topic } from '@nba/kernel';

/** The subscription of one kind of consumer, `handler` for example. Each gets every message once or more. */
export const subscriptionOf = (topic: Topic, consumer: string): string => `${topic}.${consumer}`;

/** Where the messages of a topic go that no attempt could handle. */
export const deadLetterTopicOf = (topic: Topic): string => `${topic}.dead`;

/** Keeps the dead letters until somebody looks: a topic alone forgets. */
export const deadLetterSubscriptionOf = (topic: Topic): string => `${topic}.dead.keep`;
