import type { App } from '../apps';
import { CLOUD_NAMES } from '../names/cloud-names';
import { packageFolder } from '../packaging/package-app';

/** Where an app is deployed to. */
export interface Target {
  readonly project: string;
  readonly region: string;
}

/** A command as its arguments; the program comes first. */
export type Command = readonly string[];

/** Stands for the project in commands that are only shown: set it, and they can be copied as they are. */
export const PROJECT_VARIABLE = '$PROJECT';

/** The image's full name. The tag is made from its content, so that the same content is the same image. */
export function imageName(app: App, { project, region }: Target, tag: string): string {
  return `${region}-docker.pkg.dev/${project}/${CLOUD_NAMES.repository}/${CLOUD_NAMES.images[app]}:${tag}`;
}

/**
 * What is to be run to have the app's package deployed, in order: the image is built and pushed, then whatever runs it is given
 * it. Everything else about service and jobs is Terraform's.
 */
export function planDeployment(app: App, target: Target, tag: string): Command[] {
  const image = imageName(app, target, tag);
  return [planImage(app, target, tag), ...placesOf(app).map((place) => [...place, ...inTarget(target), `--image=${image}`, '--quiet'])];
}

/** What builds and pushes the image, and nothing more. */
export function planImage(app: App, target: Target, tag: string): Command {
  return ['gcloud', 'builds', 'submit', packageFolder(app), ...inTarget(target), `--tag=${imageName(app, target, tag)}`, '--quiet'];
}

/** The service or the jobs that run an app's image, as commands that change them. */
function placesOf(app: App): Command[] {
  const { service, jobs } = CLOUD_NAMES;
  switch (app) {
    case 'handler':
      return [['gcloud', 'run', 'deploy', service]];
    case 'backfill':
      return [jobs.backfill, jobs.fetch].map((job) => ['gcloud', 'run', 'jobs', 'update', job]);
    case 'verifier':
      return [['gcloud', 'run', 'jobs', 'update', jobs.verifier]];
  }
}

const inTarget = ({ project, region }: Target): string[] => [`--project=${project}`, `--region=${region}`];

/** A command as one line for a shell. */
export function renderCommand(command: Command): string {
  return command.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : quoted(word))).join(' ');
}

/** Of all that a shell would replace only our own variable may be left. */
const quoted = (word: string): string =>
  word.includes(PROJECT_VARIABLE) ? `"${word.replace(/(["`\\])/g, '\\$1')}"` : `'${word.replaceAll('\'', '\'\\\'\'')}'`;
