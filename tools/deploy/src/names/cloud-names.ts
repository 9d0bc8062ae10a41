import { STATE_TABLES, TOPICS, type Topic } from '@nba/kernel';
import { registry } from '@nba/wiring';

/** A topic with everything that hangs on it. */
export interface TopicNames {
  readonly topic: Topic;
  /** The push subscription of the handler. */
  readonly subscription: string;
  /** Where the handler takes the messages. */
  readonly path: string;
  /** Where messages go that no attempt could handle. */
  readonly deadLetterTopic: string;
  /** Keeps them until somebody looks: a topic alone forgets. */
  readonly deadLetterSubscription: string;
}

/** A call that the clock makes; idempotent, so that the later ones of a morning find nothing to do. */
export interface ScheduleNames {
  readonly name: string;
  /** As cron has it, in `timeZone`. */
  readonly cron: string;
  /** The handler's path, or the Cloud Run job that is run. */
  readonly path: string | null;
  readonly job: string | null;
  readonly description: string;
}

/** The clock of the league. */
export const TIME_ZONE = 'America/New_York';

const SERVICE = 'nba-handler';
const JOBS = { backfill: 'nba-backfill', fetch: 'nba-fetch', verifier: 'nba-verifier' } as const;

/** Tables on their way into a partition; each is gone when its transaction is through. */
const STAGING = 'nba_staging';

function topicNames(topic: Topic): TopicNames {
  return { topic, subscription: `${topic}.handler`, path: `/events/${topic}`, deadLetterTopic: `${topic}.dead`, deadLetterSubscription: `${topic}.dead.keep` };
}

function datasets(): string[] {
  return [...new Set([...registry.processors.map(({ table }) => table.dataset), ...STATE_TABLES.map(({ dataset }) => dataset)])].sort();
}

/** The morning of a game day. Fetching is over in minutes; who is late is caught by the next call. */
const SCHEDULES: readonly ScheduleNames[] = [
  { name: 'nba-morning-fetch', cron: '0 6 * * *', path: null, job: JOBS.fetch, description: 'Fetch yesterday\'s documents into the lake' },
  { name: 'nba-phase2', cron: '15,45 6-8 * * *', path: '/schedule/phase2', job: null, description: 'Load what has been fetched for yesterday; Phases 3 and 4 follow by its completion event' },
  { name: 'nba-contexts', cron: '30 6-8 * * *', path: '/schedule/contexts', job: null, description: 'Upcoming contexts and Phase 4 of today\'s games' },
  { name: 'nba-phase5', cron: '0 7-9 * * *', path: '/schedule/phase5', job: null, description: 'Request predictions for today, once all that they read is complete' },
];

/**
 * Everything in the cloud that has a name. Terraform reads it from `terraform/names.auto.tfvars.json`, which
 * `deploy names --json` writes; nothing else invents one.
 */
export const CLOUD_NAMES = {
  timeZone: TIME_ZONE,
  service: SERVICE,
  jobs: JOBS,
  /** The apps whose images they run. */
  images: { handler: 'handler', backfill: 'backfill', verifier: 'verifier' },
  repository: 'nba',
  accounts: { handler: 'nba-handler', backfill: 'nba-backfill', verifier: 'nba-verifier', scheduler: 'nba-scheduler', push: 'nba-push' },
  /** The lake's bucket is `<project>` and this. */
  bucketSuffix: 'nba-lake',
  /** Objects under it are leases, not documents. */
  leasePrefix: 'leases/',
  datasets: datasets(),
  stagingDataset: STAGING,
  topics: Object.values(TOPICS).map(topicNames),
  schedules: SCHEDULES,
  health: { alive: '/health', ready: '/ready' },
  /** An answer of the handler on this path with one of these outcomes says that Phase 2 of a morning is complete; the metric counts them in its log. */
  phase2: { path: '/schedule/phase2', outcomes: ['done', 'nothing-to-do'], metric: 'nba_phase2_complete' },
  alerts: { deadLetters: 'nba: messages in a dead-letter topic', jobFailed: 'nba: a job failed', serverErrors: 'nba: the handler answers 5xx', phase2Late: 'nba: Phase 2 is not complete by 09:00 Eastern' },
  label: 'nba-pipeline',
} as const;
