import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './workspace-root.fixture';

export const TERRAFORM_FOLDER = join(ROOT, 'tools/deploy/terraform');

/** The configuration without its comments: one text a file. */
export function terraformFiles(): { readonly file: string; readonly text: string }[] {
  return readdirSync(TERRAFORM_FOLDER).filter((name) => name.endsWith('.tf')).map((file) => ({
    file, text: readFileSync(join(TERRAFORM_FOLDER, file), 'utf8').split('\n').filter((line) => !line.trimStart().startsWith('#')).join('\n'),
  }));
}

/** The bodies of all resources of a type. */
export function resourcesOf(type: string): string[] {
  return terraformFiles().flatMap(({ text }) => [...text.matchAll(new RegExp(`^resource "${type}" "\\w+" \\{\\n([\\s\\S]*?)^\\}`, 'gm'))].map(([, body]) => body ?? ''));
}
