import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../workspace-root.fixture';
import { CLOUD_NAMES } from './cloud-names';
import { NAMES_FILE, renderNames } from './names-file';

describe('the names in the cloud', () => {
  it('are in the file that Terraform reads', () => {
    expect(readFileSync(join(ROOT, NAMES_FILE), 'utf8')).toBe(renderNames());
  });

  it('are those that have been agreed', () => {
    expect(CLOUD_NAMES).toMatchObject({
      service: 'nba-handler', jobs: { backfill: 'nba-backfill', fetch: 'nba-fetch' }, bucketSuffix: 'nba-lake', timeZone: 'America/New_York',
      accounts: { handler: 'nba-handler', backfill: 'nba-backfill', scheduler: 'nba-scheduler', push: 'nba-push' },
      datasets: ['nba_analytics', 'nba_precompute', 'nba_raw', 'nba_reference'], stagingDataset: 'nba_staging', health: { alive: '/health', ready: '/ready' },
    });
    expect(CLOUD_NAMES.topics.map(({ topic }) => topic)).toEqual(['nba-phase2-raw-complete', 'nba-phase3-analytics-complete', 'nba-phase4-precompute-complete', 'nba-phase5-prediction-request']);
    expect(CLOUD_NAMES.topics[0]).toEqual({
      topic: 'nba-phase2-raw-complete', subscription: 'nba-phase2-raw-complete.handler', path: '/events/nba-phase2-raw-complete',
      deadLetterTopic: 'nba-phase2-raw-complete.dead', deadLetterSubscription: 'nba-phase2-raw-complete.dead.keep',
    });
  });

  it('are names that Google allows', () => {
    for (const { topic, subscription, deadLetterTopic, deadLetterSubscription } of CLOUD_NAMES.topics) {
      for (const name of [topic, subscription, deadLetterTopic, deadLetterSubscription]) expect(name).toMatch(/^(?!goog)[A-Za-z][\w.~+%-]{2,254}$/);
    }
    for (const account of Object.values(CLOUD_NAMES.accounts)) expect(account).toMatch(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/);
    for (const name of [CLOUD_NAMES.service, ...Object.values(CLOUD_NAMES.jobs)]) expect(name).toMatch(/^[a-z][a-z0-9-]{0,47}[a-z0-9]$/);
    for (const dataset of [...CLOUD_NAMES.datasets, CLOUD_NAMES.stagingDataset]) expect(dataset).toMatch(/^\w{1,1024}$/);
    expect(CLOUD_NAMES.label).toMatch(/^[a-z][a-z0-9_-]{0,62}$/);
  });

  it('begin the day at six, and ask for predictions after everything else has been asked for', () => {
    const firstCall = new Map(CLOUD_NAMES.schedules.map(({ name, cron }) => [name, Number(cron.split(' ')[1]?.split('-')[0]) * 60 + Number(cron.split(' ')[0]?.split(',')[0])]));
    expect(Object.fromEntries(firstCall)).toEqual({ 'nba-morning-fetch': 360, 'nba-phase2': 375, 'nba-contexts': 390, 'nba-phase5': 420 });
    // Each is either a path of the handler or a job, and runs every day of the year.
    for (const { path, job, cron } of CLOUD_NAMES.schedules) {
      expect([path, job].filter((one) => one !== null)).toHaveLength(1);
      expect(cron).toMatch(/^[\d,]+ \d+(-\d+)? \* \* \*$/);
    }
    expect(CLOUD_NAMES.schedules.map(({ path }) => path)).toEqual([null, '/schedule/phase2', '/schedule/contexts', '/schedule/phase5']);
  });
});
