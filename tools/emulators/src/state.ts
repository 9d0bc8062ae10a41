import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Running } from './servers';

/** What runs on behalf of whom. */
export interface State {
  readonly servers: readonly Running[];
}

/** Each run has a folder: `.nba/emulators` for `start`, one beside it for every `with`. */
export const stateFileIn = (folder: string): string => join(folder, 'state.json');

export function readState(folder: string): State | undefined {
  const file = stateFileIn(folder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as State) : undefined;
}

export function writeState(folder: string, state: State): void {
  const file = stateFileIn(folder);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(state, null, 2)}\n`);
}

export function removeState(folder: string): void {
  rmSync(stateFileIn(folder), { force: true });
}

/** The folders of all `with` runs that have not been tidied away. */
export function foldersOfWith(made: string): string[] {
  return existsSync(made) ? readdirSync(made).filter((name) => name.startsWith('with-')).map((name) => join(made, name)) : [];
}

/** The process that such a folder belongs to. */
export const ownerOf = (folder: string): number => Number(basename(folder).slice('with-'.length));
