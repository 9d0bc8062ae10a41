import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What is asked for. */
export interface Asked {
  readonly command: 'pack' | 'check';
  /** The folder of the tarballs, absolute. */
  readonly out: string;
}

/** Wrong usage: exit 2. */
export class UsageError extends Error {}

export const DEFAULT_OUT = 'dist/packages';

export const USAGE = `release: the packages that other teams install

  release pack [--out=FOLDER]     builds every library that is not private, and writes nba-<name>-<version>.tgz
  release check [--out=FOLDER]    publint and arethetypeswrong on every tarball; sizes and dependencies as a table; exit 1 on any finding

FOLDER is ${DEFAULT_OUT} unless said otherwise. Versions, changelog and publishing: npm run release, see CONTRIBUTING.md.`;

/** @throws UsageError for what is not known */
export function parseArguments(argv: readonly string[], root: string): Asked {
  const { values, positionals: [command, ...more] } = parsed(argv);
  if (more.length > 0) throw new UsageError(`${more.join(' ')} is not understood.\n\n${USAGE}`);
  if (command !== 'pack' && command !== 'check') throw new UsageError(command === undefined ? USAGE : `There is no command ${command}.\n\n${USAGE}`);
  if (values.out === '') throw new UsageError('--out is empty: name a folder.');
  return { command, out: resolve(root, values.out ?? DEFAULT_OUT) };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: { out: { type: 'string' } }, allowPositionals: true });
  } catch (fault) {
    throw new UsageError(`${(fault as Error).message}\n\n${USAGE}`);
  }
}
