import type { FastifyInstance } from 'fastify';
import type { Clock } from '@nba/kernel';
import { type HandlerApp } from './container';
import type { HandlerConfiguration } from './configuration';
import type { CertificateSource } from './identity/certificate-source';
import { TokenVerifier } from './identity/token-verifier';
import type { JobLauncher } from './jobs/job-launcher';
import { describe } from './routes/event-route';
import { createServer } from './server';
import type { StructuredLog } from './structured-log';
import { type Answer, isPassing } from './work/answer';
import { type Delivered, Reactor } from './work/reactor';
import { WorkQueue } from './work/work-queue';

export interface ServiceParts {
  readonly app: Pick<HandlerApp, 'warehouse' | 'reaction' | 'daily'> & Partial<Pick<HandlerApp, 'recovery' | 'incidents'>>;
  readonly configuration: Pick<HandlerConfiguration, 'audience' | 'pushAccounts' | 'schedulerAccounts' | 'maxUnits' | 'deadlineMs' | 'maxBodyBytes' | 'project'>;
  readonly certificates: CertificateSource;
  readonly launcher: JobLauncher | undefined;
  readonly clock: Clock;
  readonly log: StructuredLog;
}

export interface Service {
  readonly server: FastifyInstance;
  /** Takes nothing more, stops between units, answers those that wait, and resolves when all is quiet. */
  close(): Promise<void>;
}

/** As many as wait in one instance; Cloud Run sends at most as many at once as its concurrency says. */
const MAX_WAITING = 2_000;
/** How long a unit in flight may take after the deadline, before the sender is told to come again. */
const GRACE_MS = 15_000;

/** The service over an app: one piece of work at a time, and the routes before it. */
export function createService({ app, configuration, certificates, launcher, clock, log }: ServiceParts): Service {
  const onTrouble = () => tellOperator(app, log);
  const reactor = new Reactor({ reaction: app.reaction, launcher, maxUnits: configuration.maxUnits, log, onTrouble });
  const queue = new WorkQueue<Delivered, Answer>({
    answer: (delivered, signal) => reactor.answer(delivered, signal),
    isDivisible: (fault) => !isPassing(fault),
    deadlineMs: configuration.deadlineMs, graceMs: GRACE_MS, maxWaiting: MAX_WAITING,
  });
  const server = createServer({
    queue, onTrouble, clock, log, reaction: app.reaction, daily: app.daily, warehouse: app.warehouse,
    verifier: new TokenVerifier(certificates, configuration.audience), accounts: { push: configuration.pushAccounts, schedule: configuration.schedulerAccounts },
    maxBodyBytes: configuration.maxBodyBytes, project: configuration.project,
  });
  return {
    server,
    close: async () => {
      const quiet = queue.close();
      await server.close();
      await quiet;
    },
  };
}

/** What is wrong at the root, to those whom alerts go to. An alert that cannot be delivered never fails a request. */
async function tellOperator({ recovery, incidents }: ServiceParts['app'], log: StructuredLog): Promise<void> {
  if (!recovery || !incidents) return;
  try {
    const { undelivered, unheard } = await incidents.report(await recovery.rootCauses());
    for (const { channel, error } of undelivered) log.log('WARNING', `An alert could not be delivered on ${channel}: ${error}`);
    for (const { title, resolution } of unheard) log.log('ERROR', `Nobody has been told: ${title}`, { resolution });
  } catch (fault) {
    log.log('ERROR', `Alerts could not be kept: ${describe(fault)}`);
  }
}
