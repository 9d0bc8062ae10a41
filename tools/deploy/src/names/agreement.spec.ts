import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from '@nba/command-line';
import { resourcesOf, terraformFiles } from '../terraform.fixture';
import { ROOT } from '../workspace-root.fixture';
import { CLOUD_NAMES } from './cloud-names';

const source = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('the names in the cloud', () => {
  // An app cannot be imported here, and a client library of Google's takes seconds: their text is read instead.
  it('are those by which the programs look for topics and subscriptions', () => {
    const names = source('libs/events-pubsub/src/names.ts');
    const made = (name: string, topic: string): string =>
      (new RegExp(`${name} = .* => \`(.*)\`;`).exec(names)?.[1] ?? '').replace('${topic}', topic).replace('${consumer}', 'handler');
    for (const { topic, subscription, deadLetterTopic, deadLetterSubscription } of CLOUD_NAMES.topics) {
      expect([made('subscriptionOf', topic), made('deadLetterTopicOf', topic), made('deadLetterSubscriptionOf', topic)]).toEqual([subscription, deadLetterTopic, deadLetterSubscription]);
    }
  });

  it('are those of the warehouse for staging and leases', () => {
    expect(source('libs/warehouse-bigquery/src/schema.ts')).toContain(`STAGING_DATASET = '${CLOUD_NAMES.stagingDataset}'`);
    const opening = source('libs/warehouse-bigquery/src/open-bigquery-warehouse.ts');
    expect(opening).toContain(`leasePrefix = '${CLOUD_NAMES.leasePrefix}'`);
    expect(opening).toContain(`-${CLOUD_NAMES.bucketSuffix}\``);
  });

  it('set what the programs read, and everything that the handler cannot do without', () => {
    const set = [...new Set(terraformFiles().flatMap(({ text }) => [...text.matchAll(/^ +((?:NBA|GOOGLE)_[A-Z_]+) +=/gm)].map(([, name]) => name ?? '')))].sort();
    const read = source('apps/handler/src/configuration.ts') + source('libs/command-line/src/configuration.ts');
    expect(set).toEqual(['GOOGLE_CLOUD_PROJECT', 'NBA_ALERTS', 'NBA_AUDIENCE', 'NBA_EVENTS', 'NBA_JOB', 'NBA_LAKE', 'NBA_PUSH_ACCOUNTS', 'NBA_SCHEDULER_ACCOUNTS', 'NBA_WAREHOUSE']);
    for (const name of set) expect(read).toContain(`environment['${name}']`);
  });

  it('make settings that the programs understand', () => {
    const names = terraformFiles().find(({ file }) => file === 'names.tf')?.text ?? '';
    const value = (name: string): string => (new RegExp(`${name} += "([^"]+)"`).exec(names)?.[1] ?? '')
      .replaceAll('${var.project}', 'some-project').replaceAll('${var.location}', 'us-east1').replaceAll('${local.bucket}', `some-project-${CLOUD_NAMES.bucketSuffix}`);
    const places = readConfiguration({}, { NBA_WAREHOUSE: value('NBA_WAREHOUSE'), NBA_LAKE: value('NBA_LAKE'), NBA_EVENTS: value('NBA_EVENTS') });
    expect([places.warehousePlace, places.lakePlace, places.eventsPlace]).toMatchObject([
      { kind: 'bigquery', project: 'some-project', location: 'us-east1' }, { kind: 'cloud-storage', bucket: 'some-project-nba-lake' }, { kind: 'pubsub', project: 'some-project' },
    ]);
  });

  it('are paths that the handler has, and outcomes that it logs', () => {
    const answers = source('apps/handler/src/work/answer.ts');
    for (const outcome of CLOUD_NAMES.phase2.outcomes) expect(answers).toContain(`outcome: '${outcome}'`);
    expect(CLOUD_NAMES.schedules.map(({ path }) => path)).toContain(CLOUD_NAMES.phase2.path);
    const routes = source('apps/handler/src/routes/schedule-routes.ts');
    for (const { path } of CLOUD_NAMES.schedules) if (path) expect(routes).toMatch(new RegExp(`^ +${path.split('/').at(-1)}: `, 'm'));
    for (const path of Object.values(CLOUD_NAMES.health)) expect(source('apps/handler/src/routes/health-routes.ts')).toContain(`'${path}'`);
    expect(source('apps/handler/src/routes/event-route.ts')).toContain('`/events/${topic}`');
  });

  it('give a request as long as Pub/Sub waits for it', () => {
    expect(resourcesOf('google_cloud_run_v2_service')[0]).toMatch(/timeout += "600s"/);
    expect(resourcesOf('google_pubsub_subscription')[0]).toMatch(/ack_deadline_seconds += 600/);
  });
});
