import { parseArgs } from 'node:util';
import { APPS, type App, isApp } from './apps';

/** What is asked for. */
export type Asked =
  | { readonly command: 'names'; readonly isWritten: boolean }
  | { readonly command: 'package'; readonly app: App }
  | { readonly command: 'images'; readonly project: string; readonly region: string }
  | { readonly command: 'deploy'; readonly app: App; readonly project: string | undefined; readonly region: string; readonly isReal: boolean; readonly isImageOnly: boolean }
  | { readonly command: 'costs'; readonly warehouse: string; readonly seasons: number };

/** Wrong usage: exit 2. */
export class UsageError extends Error {}

export const USAGE = `deploy: what lies in the cloud, and how it comes there

  deploy <app> [--project=ID] [--region=REGION] [--dry-run] [--yes] [--image-only]
      shows the commands that deploy the package of ${APPS.join(', ')}; runs them with --project and --yes
  deploy package <app>            the folder that becomes the image: dist/deploy/<app>
  deploy images --project=ID      the images' names as Terraform takes them
  deploy names [--json]           every name in the cloud; --json writes what Terraform reads
  deploy costs --warehouse=FILE [--seasons=4]
      what a backfill, a day and a month cost on BigQuery, from the bytes in a DuckDB warehouse

--project and --region are read from NBA_DEPLOY_PROJECT and NBA_DEPLOY_REGION as well.`;

const OPTIONS = {
  'project': { type: 'string' }, 'region': { type: 'string' }, 'dry-run': { type: 'boolean' }, 'yes': { type: 'boolean' }, 'image-only': { type: 'boolean' },
  'json': { type: 'boolean' }, 'warehouse': { type: 'string' }, 'seasons': { type: 'string' },
} as const;

/** @throws UsageError for what is not known, or does not go together */
export function parseArguments(argv: readonly string[], environment: Readonly<Record<string, string | undefined>>): Asked {
  const { values, positionals: [command, app, ...more] } = parsed(argv);
  if (more.length > 0) throw new UsageError(`${more.join(' ')}: one app at a time.`);
  const project = values.project ?? environment['NBA_DEPLOY_PROJECT'];
  const region = values.region ?? environment['NBA_DEPLOY_REGION'] ?? 'us-east1';
  if (project !== undefined && !/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(project)) throw new UsageError(`--project=${project} is no project id.`);
  if (!/^[a-z]+-[a-z]+[0-9]+$/.test(region)) throw new UsageError(`--region=${region} is no region, as us-east1 is.`);
  if (isApp(command)) {
    if (app !== undefined) throw new UsageError(`${app}: one app at a time.`);
    const isAsked = values.yes === true && values['dry-run'] !== true;
    if (isAsked && project === undefined) throw new UsageError('--yes deploys for real, and needs --project.');
    return { command: 'deploy', app: command, project, region, isReal: isAsked, isImageOnly: values['image-only'] === true };
  }
  switch (command) {
    case 'names':
      return { command, isWritten: values.json === true };
    case 'package':
      if (!isApp(app)) throw new UsageError(`package: name one of ${APPS.join(', ')}.`);
      return { command, app };
    case 'images':
      if (project === undefined) throw new UsageError('images: an image\'s name has its project in it; add --project.');
      return { command, project, region };
    case 'costs':
      return { command, warehouse: warehouseFile(values.warehouse), seasons: wholeNumber(values.seasons ?? '4') };
    default:
      throw new UsageError(command === undefined ? USAGE : `There is no command or app ${command}.\n\n${USAGE}`);
  }
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (fault) {
    throw new UsageError(`${(fault as Error).message}\n\n${USAGE}`);
  }
}

function warehouseFile(text: string | undefined): string {
  if (!text) throw new UsageError('costs: --warehouse names the DuckDB file whose bytes are counted.');
  return text.replace(/^duckdb:/, '');
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new UsageError(`--seasons=${text}: a whole number from 1.`);
  return value;
}
