import 'reflect-metadata';
import { parseChannels } from '@nba/alerts';
import { setEngineFlags, systemClock } from '@nba/command-line';
import { NbaError } from '@nba/kernel';
import { GoogleAuth } from 'google-auth-library';
import { type HandlerConfiguration, readHandlerConfiguration } from './configuration';
import { openApp } from './container';
import { certificatesAt, googleCertificates } from './identity/certificate-source';
import { CloudRunJobLauncher } from './jobs/cloud-run-job-launcher';
import { describe } from './routes/event-route';
import { createService } from './service';
import { StructuredLog } from './structured-log';

/** Cloud Run kills what is not gone ten seconds after SIGTERM. */
const GONE_MS = 9_000;

const log = new StructuredLog((line) => process.stdout.write(`${line}\n`));

async function main(): Promise<void> {
  setEngineFlags();
  const configuration = readHandlerConfiguration(process.env);
  const clock = systemClock();
  const channels = parseChannels(configuration.alerts, { write: (line) => log.log('ERROR', line), clock });
  const opened = await openApp(configuration.places, configuration.deadlineMs, clock, channels, (message) => log.log('WARNING', message));
  const certificates = configuration.certificatesUrl ? certificatesAt(configuration.certificatesUrl, clock) : googleCertificates();
  const service = createService({ app: opened.app, configuration, certificates, launcher: launcherOf(configuration), clock, log });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.log('INFO', `${signal}: taking nothing more.`);
      // A message that is not answered by then comes again. What a statement in flight has not committed is rolled back; on BigQuery its job goes on, and keeps its table.
      setTimeout(() => process.exit(0), GONE_MS).unref();
      void service.close().then(() => opened.close()).then(() => process.exit(0), (fault: unknown) => {
        log.log('ERROR', describe(fault));
        process.exit(4);
      });
    });
  }
  const address = await service.server.listen({ port: configuration.port, host: '0.0.0.0' });
  log.log('INFO', `Listening on ${address}.`, { warehouse: configuration.places.warehouse, lake: configuration.places.lake, events: configuration.places.events, job: configuration.job });
}

function launcherOf({ job }: HandlerConfiguration): CloudRunJobLauncher | undefined {
  if (!job) return undefined;
  const auth = new GoogleAuth({ scopes: ['https://www.googleapis.com/auth/cloud-platform'] });
  return new CloudRunJobLauncher({ job, accessToken: async () => (await auth.getAccessToken()) ?? '' });
}

main().catch((fault: unknown) => {
  log.log('ERROR', describe(fault));
  process.exitCode = fault instanceof NbaError && fault.code === 'INVALID_ARGUMENT' ? 2 : 4;
});
