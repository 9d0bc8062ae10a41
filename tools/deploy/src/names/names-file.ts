import { CLOUD_NAMES } from './cloud-names';

/** What Terraform reads by itself from its folder: the value of its variable `names`. */
export const NAMES_FILE = 'tools/deploy/terraform/names.auto.tfvars.json';

/** The text of that file. */
export function renderNames(): string {
  return `${JSON.stringify({ names: CLOUD_NAMES }, null, 2)}\n`;
}
